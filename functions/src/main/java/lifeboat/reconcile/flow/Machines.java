package lifeboat.reconcile.flow;

/// What carries runs out.
public interface Machines {
    /// Starts a run; one that was started before goes on as it is.
    ///
    /// @param action which way it takes
    void start(RunId run, String action);

    /// Whether it is under way.
    boolean running(RunId run);
}
