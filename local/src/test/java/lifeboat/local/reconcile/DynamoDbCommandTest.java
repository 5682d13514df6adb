package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The three commands, between two tables in DynamoDB Local.
class DynamoDbCommandTest {
    @TempDir
    private Path plans = Path.of(".");

    private final StringWriter said = new StringWriter();

    @Test
    void aTableIsComparedRepairedAndTakenBackFromTheCommandLine() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var server = ServerRunner.createServerFromCommandLineArgs(
                Stream.of("-inMemory", "-port", "" + port, "-disableTelemetry").toArray(String[]::new));
        server.start();
        try (var dynamoDb = client(port)) {
            create(dynamoDb, "orders-restored");
            create(dynamoDb, "orders");
            IntStream.range(0, 20).forEach(id -> {
                put(dynamoDb, "orders-restored", "same" + id, "good");
                put(dynamoDb, "orders", "same" + id, "good");
            });
            put(dynamoDb, "orders-restored", "a", "good");
            put(dynamoDb, "orders-restored", "missing", "good");
            put(dynamoDb, "orders", "a", "bad");
            put(dynamoDb, "orders", "unexpected", "bad");
            var damaged = items(dynamoDb, "orders");
            var endpoints = new String[] {
                "--copy", "dynamodb://127.0.0.1:" + port + "/orders-restored",
                "--live", "dynamodb://127.0.0.1:" + port + "/orders",
                "--plans", plans.toString()
            };

            assertThat(run("diff", endpoints)).as(said::toString).isEqualTo(1);
            assertThat(items(dynamoDb, "orders")).isEqualTo(damaged);
            var plan = said.toString().replaceAll("(?s).*--plan ([0-9a-f]{32}).*", "$1");
            assertThat(run("repair", endpoints, "--plan", plan, "--cap", "100"))
                    .as(said::toString)
                    .isZero();
            assertThat(items(dynamoDb, "orders")).isEqualTo(items(dynamoDb, "orders-restored"));
            assertThat(run("diff", endpoints)).as(said::toString).isZero();
            assertThat(run("undo", endpoints, "--plan", plan))
                    .as(said::toString)
                    .isZero();
            assertThat(items(dynamoDb, "orders")).isEqualTo(damaged);
        } finally {
            server.stop();
        }
    }

    private int run(String command, String[] endpoints, String... more) {
        var out = new PrintWriter(said);
        var commands = new CommandLine(CommandLine.Model.CommandSpec.create())
                .addSubcommand(new DiffCommand(out, out))
                .addSubcommand(new RepairCommand(out, out))
                .addSubcommand(new UndoCommand(out, out));
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(out)
                .execute(Stream.of(new String[] {command}, endpoints, more)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    private static DynamoDbClient client(int port) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static void create(DynamoDbClient dynamoDb, String table) {
        dynamoDb.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static void put(DynamoDbClient dynamoDb, String table, String id, String value) {
        dynamoDb.putItem(put ->
                put.tableName(table).item(Map.of("id", AttributeValue.fromS(id), "v", AttributeValue.fromS(value))));
    }

    private static Map<String, String> items(DynamoDbClient dynamoDb, String table) {
        var items = new HashMap<String, String>();
        dynamoDb.scan(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(item -> items.put(
                        item.getOrDefault("id", AttributeValue.fromS("")).s(),
                        item.getOrDefault("v", AttributeValue.fromS("")).s()));
        return items;
    }
}
