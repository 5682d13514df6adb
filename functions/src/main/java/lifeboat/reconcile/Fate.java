package lifeboat.reconcile;

/// How a transaction ended that no longer runs.
public enum Fate {
    /// Everything that it wrote is there.
    COMMITTED,
    /// Nothing that it wrote is there.
    ROLLED_BACK,
    /// The store cannot tell, or it still runs.
    UNKNOWN
}
