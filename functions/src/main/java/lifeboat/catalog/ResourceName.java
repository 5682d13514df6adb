package lifeboat.catalog;

/// The name of a resource inside its workload. It becomes the last part of the name of every restored copy, so it is
/// short enough to fit the 63 characters of an RDS identifier behind the recovery's prefix.
///
/// @param value lower-case letters, digits and single hyphens; 1 to 24 characters, starts with a letter
public record ResourceName(String value) implements Comparable<ResourceName> {
    static final Pattern FORM = new Pattern(
            "(?=.{1,24}$)[a-z](-?[a-z0-9])*",
            "lower-case letters, digits and single hyphens, 1 to 24 characters, starting with a letter");

    public ResourceName {
        Invalid.unless(FORM, "resource", value);
    }

    @Override
    public int compareTo(ResourceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
