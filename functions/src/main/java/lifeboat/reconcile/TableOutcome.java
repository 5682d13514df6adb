package lifeboat.reconcile;

import java.util.List;

/// What the comparison of one table found.
public sealed interface TableOutcome {
    TableName table();

    /// Compared to the last row.
    ///
    /// @param counts what was counted
    /// @param samples a few differences a class, with before and after
    /// @param rules how values were compared where that is not the store's own equality, one sentence each
    record Compared(TableName table, Counts counts, List<Difference.Sample> samples, List<String> rules)
            implements TableOutcome {
        public Compared {
            samples = List.copyOf(samples);
            rules = List.copyOf(rules);
        }
    }

    /// Not compared, so never equal.
    ///
    /// @param why what kept it from being compared
    /// @param detail the columns, the permission or the message that a person needs
    record NotCompared(TableName table, Why why, String detail) implements TableOutcome {}

    /// What keeps a table from being compared.
    enum Why {
        SCHEMA_DIFFERS,
        ONLY_IN_COPY,
        ONLY_IN_LIVE,
        NOT_PERMITTED,
        UNREADABLE,
        UNSUPPORTED
    }
}
