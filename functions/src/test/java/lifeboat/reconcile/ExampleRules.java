package lifeboat.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rules that several tests share.
public final class ExampleRules {
    private ExampleRules() {}

    /// The time of a row's last write explains differences; nothing else does.
    ///
    /// @param point the point in time of the copy
    public static Rules byTime(String column, Instant point, Instant comparedAt) {
        return new Rules(
                Optional.of(point),
                comparedAt,
                Rules.DEFAULT_GRACE,
                Optional.of(column),
                false,
                List.of(),
                Selection.ALL,
                ChangedOnBothSides.KEEP_LIVE);
    }

    /// Rows may have fallen to one purge; every other difference counts.
    public static Rules purging(Rules.PurgeRule rule, Instant comparedAt) {
        Rules plain = Rules.plain(comparedAt);
        return new Rules(
                plain.pointInTime(),
                comparedAt,
                plain.grace(),
                plain.explainedBy(),
                plain.repairWithoutTime(),
                List.of(rule),
                plain.selection(),
                plain.bothSides());
    }

    /// The same rules for another selection.
    public static Rules selecting(Selection selection, Rules rules) {
        return new Rules(
                rules.pointInTime(),
                rules.comparedAt(),
                rules.grace(),
                rules.explainedBy(),
                rules.repairWithoutTime(),
                rules.purges(),
                selection,
                rules.bothSides());
    }
}
