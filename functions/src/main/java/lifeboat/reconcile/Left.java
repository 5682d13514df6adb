package lifeboat.reconcile;

/// Why a difference is not repaired.
public enum Left {
    /// Written after the point in time, or later than the version in the copy: expected.
    WRITTEN_SINCE(true, "written after the point in time"),
    /// Written so shortly before the point in time that its transaction may have ended after it: expected.
    IN_FLIGHT(true, "written just before the point in time, may have been in flight"),
    /// Removed by the store's time to live: expected.
    EXPIRED(true, "expired by time to live"),
    /// Removed by a purge that a rule names: expected.
    PURGED(true, "removed by a purge rule"),
    /// The table has no column that tells good writes from damage, though the caller named one.
    NO_TIME(false, "no time of the last write: a good write cannot be told from damage"),
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
