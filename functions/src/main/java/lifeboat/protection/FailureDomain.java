package lifeboat.protection;

/// What is lost at once.
public enum FailureDomain {
    /// Data, or the resource that holds it; region and account stand.
    IN_REGION("in the region"),
    /// The region with everything in it.
    REGION_LOST("region lost"),
    /// The account with everything in it, in every region.
    ACCOUNT_LOST("account lost");

    private final String label;

    FailureDomain(String label) {
        this.label = label;
    }

    /// As a person calls it.
    public String label() {
        return label;
    }
}
