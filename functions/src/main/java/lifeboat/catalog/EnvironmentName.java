package lifeboat.catalog;

/// The name of an environment: the name of its file, and part of every stack's name.
///
/// @param value lower-case letters, digits and single hyphens; 1 to 20 characters, starts with a letter
public record EnvironmentName(String value) {
    static final Pattern FORM = new Pattern(
            "(?=.{1,20}$)[a-z](-?[a-z0-9])*",
            "lower-case letters, digits and single hyphens, 1 to 20 characters, starting with a letter");

    public EnvironmentName {
        Invalid.unless(FORM, "environment", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
