package lifeboat.catalog;

/// How often a workload's recovery is rehearsed, and from what.
///
/// @param every the cadence
/// @param from what the drill restores from
public record Drill(Cadence every, Source from) {
    /// How often.
    public enum Cadence {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /// What a drill restores from: the latest restorable time of the store, or the newest recovery point in the vault.
    public enum Source {
        LATEST,
        RECOVERY_POINT
    }
}
