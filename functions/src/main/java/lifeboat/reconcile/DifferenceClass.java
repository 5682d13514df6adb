package lifeboat.reconcile;

/// The three ways in which live can differ from the copy.
public enum DifferenceClass {
    /// In the copy, not in live.
    MISSING_IN_LIVE,
    /// In both, with another content.
    CHANGED,
    /// In live, not in the copy.
    UNEXPECTED_IN_LIVE
}
