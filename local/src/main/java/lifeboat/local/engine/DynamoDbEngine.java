package lifeboat.local.engine;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import lifeboat.aws.dynamodb.ItemClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// DynamoDB Local, kept in memory behind a port of this machine, which can rebuild a table as of any whole second.
///
/// DynamoDB Local has no point-in-time recovery. The history of a table is read from its stream; since the stream
/// gives times by the minute only, every write passes a [WriteGate], which notes where the stream stood at the turn
/// of each second.
public final class DynamoDbEngine implements AutoCloseable {
    // The level set on one would be lost with the logger if nobody held it.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    // Says once that it does without JAXB, in the middle of a progress bar.
    private static final Logger BASE64 = Logger.getLogger("com.amazonaws.util.Base64");

    private final WriteGate gate;
    private final DynamoDBProxyServer server;
    private final URI endpoint;

    private DynamoDbEngine(WriteGate gate, DynamoDBProxyServer server, URI endpoint) {
        this.gate = gate;
        this.server = server;
        this.endpoint = endpoint;
    }

    /// Starts an empty engine on a free port.
    ///
    /// @param clock stamps the writes
    public static DynamoDbEngine start(InstantSource clock) {
        SQLITE.setLevel(Level.OFF);
        BASE64.setLevel(Level.SEVERE);
        int port = freePort();
        WriteGate gate = new WriteGate(clock);
        DynamoDBProxyServer server = new DynamoDBProxyServer(port, new LocalDynamoDBServerHandler(gate, null));
        try {
            server.start();
        } catch (Exception failure) { // what DynamoDB Local declares
            throw new EngineFailure("DynamoDB Local did not start on port " + port, failure);
        }
        return new DynamoDbEngine(gate, server, URI.create("http://127.0.0.1:" + port));
    }

    /// Where other programs reach it; any credentials will do.
    public URI endpoint() {
        return endpoint;
    }

    /// A client of its own; the caller closes it.
    ///
    /// @param interceptors see every request before it is sent
    public DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return here(DynamoDbClient.builder())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.executionInterceptors(List.of(interceptors)))
                .build();
    }

    /// A client for reading and repairing whole tables; the caller closes it.
    public DynamoDbClient items() {
        return here(ItemClients.builder()).build();
    }

    private DynamoDbClientBuilder here(DynamoDbClientBuilder builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    /// Begins the history of a table.
    ///
    /// @return the earliest instant it can be rebuilt to
    public Instant keepHistory(String table) {
        return gate.keepHistory(table);
    }

    /// Forgets the history of a table.
    public void dropHistory(String table) {
        gate.dropHistory(table);
    }

    /// Writes what a table held at an instant into another table, which must exist and be empty.
    ///
    /// @param at rounded up to a whole second
    /// @return how many items were written
    /// @throws EngineFailure where the table has no history
    public long rebuild(String source, Instant at, String target) {
        return gate.fill(target, gate.contents(source, at));
    }

    /// Keeps what a table holds now.
    public TableImage image(String table) {
        return gate.image(table);
    }

    /// Writes an image into a table, which must exist and be empty.
    ///
    /// @return how many items were written
    public long fill(String target, TableImage image) {
        return gate.fill(target, image.items());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) { // what DynamoDB Local declares
            throw new EngineFailure("DynamoDB Local did not stop", failure);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
