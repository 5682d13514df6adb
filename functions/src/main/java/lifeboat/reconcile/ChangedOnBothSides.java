package lifeboat.reconcile;

/// What to do with a row that differs and whose live version was written after the point in time, or later than the
/// version in the copy: damage may lie below a good write.
public enum ChangedOnBothSides {
    /// The good write stays: not touched, and counted as expected.
    KEEP_LIVE,
    /// The copy's version overwrites it. Rows that are only in live stay.
    TAKE_COPY,
    /// The version with the later write stays; a tie or a missing time keeps live.
    NEWEST_WINS
}
