package lifeboat.catalog;

/// The name of a workload in the environment file: what a person types to recover it.
///
/// @param value lower-case letters, digits and single hyphens; 1 to 32 characters, starts with a letter
public record WorkloadName(String value) implements Comparable<WorkloadName> {
    static final Pattern FORM = new Pattern(
            "(?=.{1,32}$)[a-z](-?[a-z0-9])*",
            "lower-case letters, digits and single hyphens, 1 to 32 characters, starting with a letter");

    public WorkloadName {
        Invalid.unless(FORM, "workload", value);
    }

    @Override
    public int compareTo(WorkloadName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
