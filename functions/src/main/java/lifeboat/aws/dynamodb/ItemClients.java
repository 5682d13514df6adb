package lifeboat.aws.dynamodb;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Clients for reading and repairing whole tables: scans pass their pages raw, and throttling slows the client down.
///
/// @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Adaptive retries:
/// one client, one table or little more, which is so here</a>
public final class ItemClients {
    private static final int ATTEMPTS = 10;

    private ItemClients() {}

    /// A builder with everything but credentials, region and endpoint.
    public static DynamoDbClientBuilder builder() {
        return scanning(DynamoDbClient.builder()).httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    static DynamoDbClientBuilder scanning(DynamoDbClientBuilder builder) {
        return builder.overrideConfiguration(client -> client.addExecutionInterceptor(new RawScan())
                .addExecutionInterceptor(new RefusalsWithoutValues())
                .retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()));
    }
}
