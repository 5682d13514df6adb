package lifeboat.catalog;

/// An AWS account.
///
/// @param value twelve digits
public record AccountId(String value) {
    static final Pattern FORM = new Pattern("[0-9]{12}", "twelve digits, quoted");

    public AccountId {
        Invalid.unless(FORM, "account", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
