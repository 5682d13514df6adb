package lifeboat.local.aws;

/// The account and region that the stand-ins say they are.
///
/// @param id twelve digits
/// @param region for example `us-east-1`
public record Account(String id, String region) {
    /// The ARN of something of a service in this account and region.
    ///
    /// @param resource for example `table/orders` or `db:orders`
    public String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, region, id, resource);
    }
}
