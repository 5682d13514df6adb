package lifeboat.engines;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One DynamoDB Local for all tests of a JVM, spoken to over HTTP as DynamoDB itself is. Tests take tables of their
/// own.
public final class LocalDynamoDb {
    private static final URI ENDPOINT = start();
    private static final DynamoDbClient CLIENT = newClient();

    private LocalDynamoDb() {}

    /// Where it listens.
    public static URI endpoint() {
        return ENDPOINT;
    }

    /// A client that all tests share.
    public static DynamoDbClient client() {
        return CLIENT;
    }

    /// A table name that no other test uses.
    public static String tableName(String stem) {
        return stem + "-" + UUID.randomUUID();
    }

    private static URI start() {
        try {
            var port = freePort();
            var server = ServerRunner.createServerFromCommandLineArgs(
                    List.of("-inMemory", "-port", Integer.toString(port), "-disableTelemetry")
                            .toArray(String[]::new));
            server.start();
            return URI.create("http://127.0.0.1:" + port);
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamoDbClient newClient() {
        return DynamoDbClient.builder()
                .endpointOverride(ENDPOINT)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
