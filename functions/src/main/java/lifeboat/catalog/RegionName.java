package lifeboat.catalog;

/// An AWS region by its code.
///
/// @param value for example `us-east-1`
public record RegionName(String value) {
    static final Pattern FORM =
            new Pattern("(?=.{1,30}$)[a-z]{2}(-[a-z]+)+-[0-9]", "the code of an AWS region, for example us-east-1");

    public RegionName {
        Invalid.unless(FORM, "region", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
