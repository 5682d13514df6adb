package lifeboat.reconcile;

import java.util.List;

/// What a whole comparison says.
public enum Verdict {
    /// Every table was compared, and nothing differs but what is explained. Things beside the rows that were not
    /// compared are named in [StructureFindings#notCompared].
    EQUAL,
    /// Every table was compared, and something differs: rows, or what is beside them.
    DIFFERENT,
    /// Something could not be compared: never equal, whatever the rest says.
    INCOMPLETE;

    /// The verdict.
    ///
    /// @param findings what differs beside the rows counts like a row that differs
    public static Verdict of(List<TableOutcome> outcomes, StructureFindings findings) {
        if (outcomes.isEmpty() || outcomes.stream().anyMatch(TableOutcome.NotCompared.class::isInstance)) {
            return INCOMPLETE;
        }
        boolean differs = !findings.differences().isEmpty() || outcomes.stream().anyMatch(Verdict::differs);
        return differs ? DIFFERENT : EQUAL;
    }

    private static boolean differs(TableOutcome outcome) {
        return switch (outcome) {
            case TableOutcome.Compared compared -> compared.counts().unexplained() > 0;
            case TableOutcome.NotCompared ignored -> true;
        };
    }
}
