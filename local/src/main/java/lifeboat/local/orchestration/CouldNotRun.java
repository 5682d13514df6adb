package lifeboat.local.orchestration;

/// Something that this machine must have is missing. The message is one sentence and a hint.
public final class CouldNotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CouldNotRun(String message) {
        super(message);
    }

    public CouldNotRun(String message, Throwable cause) {
        super(message, cause);
    }
}
