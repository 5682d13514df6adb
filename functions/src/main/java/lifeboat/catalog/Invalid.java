package lifeboat.catalog;

/// A value that the caller gave and that cannot be used: names the field, the value and what is allowed.
///
/// The one exception for wrong input. It is thrown before anything is touched.
public final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String reason;
    private final String withoutKeys;

    /// @param code stable code of the refusal, `LB-nnn`, listed in `docs/reference/errors.md`
    /// @param message field, quoted value and what is allowed, in lower case
    public Invalid(String code, String message) {
        this(code, message, message);
    }

    /// A refusal that quotes the key of a row, or what may be one.
    ///
    /// @param withoutKeys the same message with nothing quoted, for where keys may not be shown
    public Invalid(String code, String message, String withoutKeys) {
        super(code + " " + message);
        this.code = code;
        this.reason = message;
        this.withoutKeys = withoutKeys;
    }

    /// The same refusal, quoting no keys.
    public Invalid withoutKeys() {
        if (withoutKeys.equals(reason)) {
            return this;
        }
        Invalid refused = new Invalid(code, withoutKeys);
        refused.setStackTrace(getStackTrace());
        return refused;
    }

    /// The stable code, `LB-nnn`.
    public String code() {
        return code;
    }

    /// The message without the code.
    public String reason() {
        return reason;
    }

    /// Refuses a value that is not of a form.
    static void unless(Pattern form, String field, String value) {
        if (!form.fits(value)) {
            throw new Invalid("LB-001", "%s \"%s\" is not allowed: %s".formatted(field, value, form.allowed()));
        }
    }
}
