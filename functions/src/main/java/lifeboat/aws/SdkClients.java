package lifeboat.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.catalog.RegionName;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/// Clients of the region that the function runs in, over one plain HTTP client.
///
/// A client is built when it is first asked for, so that a cold start pays only for those that its handler needs.
public final class SdkClients implements Clients {
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final Map<Class<?>, SdkClient> built = new ConcurrentHashMap<>();

    @Override
    public DynamoDbClient dynamoDb() {
        return client(DynamoDbClient.class, DynamoDbClient::builder);
    }

    @Override
    public DynamoDbClient items() {
        return (DynamoDbClient) built.computeIfAbsent(
                ItemClients.class, _ -> ItemClients.builder().build());
    }

    @Override
    public BackupClient backup() {
        return client(BackupClient.class, BackupClient::builder);
    }

    @Override
    public BackupClient backup(RegionName region) {
        return BackupClient.builder()
                .httpClient(http)
                .region(Region.of(region.value()))
                .build();
    }

    @Override
    public RdsClient rds() {
        return client(RdsClient.class, RdsClient::builder);
    }

    @Override
    public SnsClient sns() {
        return client(SnsClient.class, SnsClient::builder);
    }

    @Override
    public SecretsManagerClient secrets() {
        return client(SecretsManagerClient.class, SecretsManagerClient::builder);
    }

    @Override
    public SecretsManagerClient secrets(RegionName region) {
        return SecretsManagerClient.builder()
                .httpClient(http)
                .region(Region.of(region.value()))
                .build();
    }

    @Override
    public SfnClient stepFunctions() {
        return client(SfnClient.class, SfnClient::builder);
    }

    @Override
    public S3Client s3() {
        return client(S3Client.class, S3Client::builder);
    }

    @Override
    public CloudWatchClient cloudWatch() {
        return client(CloudWatchClient.class, CloudWatchClient::builder);
    }

    @Override
    public ApplicationAutoScalingClient autoScaling() {
        return client(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder);
    }

    private <
                    B extends AwsSyncClientBuilder<B, C> & software.amazon.awssdk.utils.builder.SdkBuilder<B, C>,
                    C extends SdkClient>
            C client(Class<C> type, Supplier<B> builder) {
        return type.cast(
                built.computeIfAbsent(type, _ -> builder.get().httpClient(http).build()));
    }
}
