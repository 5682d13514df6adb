package lifeboat.reconcile.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;

/// What of two databases is compared.
///
/// @param tables only these; empty: all
/// @param explainedBy columns with the time of the last write, commas between; empty: none
/// @param purges rules whose columns are read as well
public record Scope(Set<TableName> tables, Optional<String> explainedBy, List<PurgeRule> purges) {
    public Scope {
        tables = Set.copyOf(tables);
        purges = List.copyOf(purges);
    }

    /// Every table, without any times.
    public static final Scope ALL = new Scope(Set.of(), Optional.empty(), List.of());

    Times times() {
        return Times.of(explainedBy, purges);
    }
}
