package lifeboat.reconcile;

/// Watches a comparison, a repair or an undo as it goes.
public interface Progress {
    /// Nobody watches.
    Progress SILENT = (step, done, of) -> {};

    /// A step went on.
    ///
    /// @param step what is being done, as a person reads it
    /// @param done units done: rows, or pieces
    /// @param of units in all; 0: unknown
    void at(String step, long done, long of);
}
