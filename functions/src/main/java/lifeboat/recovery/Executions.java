package lifeboat.recovery;

/// Starts executions of the recovery's state machine and knows whether one runs.
public interface Executions {
    /// Starts the recovery of that id; starting it again with the same request changes nothing.
    ///
    /// @param request the request as JSON, exactly as the state machine receives it
    void start(RecoveryId id, String request);

    /// Whether an execution of that name is at work, or waits to be.
    boolean running(String execution);
}
