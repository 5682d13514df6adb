package lifeboat.recording;

/// What carries recordings out.
public interface Recordings {
    /// Starts one; one that was started before goes on, or has ended, as it is.
    void start(Recording recording);
}
