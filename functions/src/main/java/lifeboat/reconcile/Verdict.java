package lifeboat.reconcile;

import java.util.List;

/// What a whole comparison says.
public enum Verdict {
    /// Every table was compared, and nothing differs but what is explained.
    EQUAL,
    /// Every table was compared, and something differs.
    DIFFERENT,
    /// Something could not be compared: never equal, whatever the rest says.
    INCOMPLETE;

    public static Verdict of(List<TableOutcome> outcomes) {
        if (outcomes.isEmpty() || outcomes.stream().anyMatch(TableOutcome.NotCompared.class::isInstance)) {
            return INCOMPLETE;
        }
        return outcomes.stream().anyMatch(Verdict::differs) ? DIFFERENT : EQUAL;
    }

    private static boolean differs(TableOutcome outcome) {
        return switch (outcome) {
            case TableOutcome.Compared compared -> compared.counts().unexplained() > 0;
            case TableOutcome.NotCompared ignored -> true;
        };
    }
}
