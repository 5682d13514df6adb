package lifeboat.aws;

import lifeboat.catalog.AccountId;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;

/// The ARNs of one account and region.
///
/// @param account the account
/// @param region the region that the resources are in
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
public record Arns(AccountId account, RegionName region) {

    /// The ARN of a resource.
    public String of(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable table -> table(table.table());
            case Resource.RdsInstance instance -> instance(instance.instance());
            case Resource.AuroraCluster cluster -> arn("rds", "cluster:" + cluster.cluster());
            case Resource.S3Bucket bucket -> "arn:%s:s3:::%s".formatted(partition(), bucket.bucket());
            case Resource.EfsFileSystem files -> arn("elasticfilesystem", "file-system/" + files.fileSystem());
            case Resource.EbsVolume volume -> arn("ec2", "volume/" + volume.volume());
        };
    }

    /// Whether two ARNs are of the same region.
    public static boolean sameRegion(String one, String other) {
        return one.split(":", 5)[3].equals(other.split(":", 5)[3]);
    }

    /// The ARN of a DynamoDB table.
    public String table(String name) {
        return arn("dynamodb", "table/" + name);
    }

    /// The ARN of an RDS instance.
    public String instance(String identifier) {
        return arn("rds", "db:" + identifier);
    }

    private String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition(), service, region, account, resource);
    }

    private String partition() {
        if (region.value().startsWith("cn-")) {
            return "aws-cn";
        }
        return region.value().startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
