package lifeboat.aws;

import lifeboat.catalog.RegionName;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/// The clients of the AWS services, each made when it is first asked for.
public interface Clients {
    DynamoDbClient dynamoDb();

    /// DynamoDB for reading and repairing whole tables: built with [ItemClients].
    DynamoDbClient items();

    BackupClient backup();

    /// AWS Backup in another region than the function runs in.
    BackupClient backup(RegionName region);

    RdsClient rds();

    SnsClient sns();

    SecretsManagerClient secrets();

    /// Secrets Manager in another region than the function runs in.
    SecretsManagerClient secrets(RegionName region);

    SfnClient stepFunctions();

    S3Client s3();

    CloudWatchClient cloudWatch();

    ApplicationAutoScalingClient autoScaling();
}
