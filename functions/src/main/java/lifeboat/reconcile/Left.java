package lifeboat.reconcile;

/// Why a difference is not repaired.
public enum Left {
    /// Written after the point in time: expected.
    WRITTEN_SINCE(true, "written after the point in time"),
    /// Written so shortly before the point in time that its transaction may have ended after it: expected.
    IN_FLIGHT(true, "written just before the point in time, may have been in flight"),
    /// Removed by the store's time to live: expected.
    EXPIRED(true, "expired by time to live"),
    /// Removed by a purge that a rule names: expected.
    PURGED(true, "removed by a purge rule"),
    /// The row has no time that tells good writes from damage, though the caller named a column, or there is no
    /// point in time to hold it against.
    NO_TIME(false, "no time of the last write, or no point in time: a good write cannot be distinguished from damage"),
    /// The version in live has a time before the point in time, and the copy does not hold it: a difference,
    /// repaired only where [TimeAnomaly#STAMPED_BEFORE] is selected.
    STAMPED_BEFORE(
            false,
            "stamped before the point in time, absent from the copy: damage, or a transaction that was stamped at its start"
                    + " and committed late; repaired only where class stamped-before is named"),
    /// The version in live has a time that had not come: a difference, repaired only where
    /// [TimeAnomaly#STAMPED_AHEAD] is selected.
    STAMPED_AHEAD(
            false,
            "stamped with a time that has not come: no clock wrote it; repaired only where class stamped-ahead is named"),
    /// Outside of what was selected.
    NOT_SELECTED(false, "not selected"),
    /// The store cannot repair the table safely; the plan's notes say why.
    NOT_REPAIRABLE(false, "cannot be repaired row by row");

    private final boolean expected;
    private final String text;

    Left(boolean expected, String text) {
        this.expected = expected;
        this.text = text;
    }

    /// Whether such a difference is no damage.
    public boolean expected() {
        return expected;
    }

    /// As a person reads it.
    public String text() {
        return text;
    }
}
