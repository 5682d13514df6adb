package lifeboat.reconcile;

/// What to do with a row that differs and whose live version was written after the point in time, or may have been in
/// flight then: damage may lie below a good write. A time that explains nothing is a [TimeAnomaly] under each of them.
public enum ChangedOnBothSides {
    /// The good write stays: not touched, and counted as expected.
    KEEP_LIVE,
    /// The copy's version overwrites it. Rows that are only in live stay.
    TAKE_COPY,
    /// The version with the later write stays; a missing time keeps live. Only a write after the point in time can
    /// be the newest: damage that bears an earlier time never is.
    NEWEST_WINS
}
