package lifeboat.aws;

/// AWS refuses something for good: trying again cannot help, somebody has to change something.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Refused(String code, String message, Throwable cause) {
        super(code + " " + message, cause);
        this.code = code;
    }

    /// The stable code, `LB-5nn`.
    public String code() {
        return code;
    }
}
