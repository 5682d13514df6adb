package lifeboat.reconcile.flow;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lifeboat.aws.dynamodb.DynamoDbItemTable;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.catalog.Resource;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// What leaves a reconcile of DynamoDB, whose items hold marked values in every type of attribute.
class DynamoDbSecrecyTest extends Secrecy {
    private static final Refusing REFUSING = new Refusing();
    private static final DynamoDbClient ITEMS = client(LocalDynamoDb.endpoint());

    private final String copy = LocalDynamoDb.tableName("cards-copy");
    private final String live = LocalDynamoDb.tableName("cards");

    @Override
    Shop filled(Path archive) {
        REFUSING.now = false;
        for (String table : List.of(copy, live)) {
            ITEMS.createTable(create -> create.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                    .keySchema(id -> id.attributeName("id").keyType(KeyType.HASH)));
            IntStream.rangeClosed(1, 9).forEach(number -> put(table, card(number)));
        }
        return new Shop(archive, sides(ITEMS));
    }

    private static Map<String, AttributeValue> card(int number) {
        AttributeValue text = AttributeValue.fromS("hiddentext " + number);
        AttributeValue digits = AttributeValue.fromN("41114111410" + number);
        AttributeValue bytes = AttributeValue.fromB(bytes(0xde, 0xad, 0xbe, 0xef));
        Map<String, AttributeValue> card = new HashMap<>();
        card.put("id", AttributeValue.fromS(KEY + "-" + number));
        card.put("holder", text);
        card.put("number", digits);
        card.put("raw", bytes);
        card.put("names", AttributeValue.fromSs(List.of("hiddentext", "a1a1a1a1")));
        card.put("numbers", AttributeValue.fromNs(List.of("4111411141", "7")));
        card.put("raws", AttributeValue.fromBs(List.of(bytes.b(), bytes(1))));
        card.put("list", AttributeValue.fromL(List.of(text, digits, bytes)));
        card.put("map", AttributeValue.fromM(Map.of("hiddenfield", AttributeValue.fromM(Map.of("deep", text)))));
        card.put("yes", AttributeValue.fromBool(true));
        card.put("none", AttributeValue.fromNul(true));
        card.put("updatedAt", AttributeValue.fromS("1977-07-07T00:00:00Z"));
        return card;
    }

    private static SdkBytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
        return SdkBytes.fromByteArray(bytes);
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        ITEMS.putItem(put -> put.tableName(table).item(item));
    }

    @Override
    void damage() {
        ITEMS.deleteItem(delete -> delete.tableName(live).key(Map.of("id", AttributeValue.fromS(KEY + "-1"))));
        Map<String, AttributeValue> changed = new HashMap<>();
        changed.put("id", AttributeValue.fromS(KEY + "-2"));
        changed.put("holder", AttributeValue.fromS("hiddentext other"));
        changed.put("list", AttributeValue.fromL(List.of(AttributeValue.fromS("hiddentext other"))));
        put(live, changed);
        put(live, card(77));
    }

    @Override
    void damageAgain() {
        Map<String, AttributeValue> changed = card(2);
        changed.put("holder", AttributeValue.fromS("hiddentext again"));
        put(live, changed);
    }

    @Override
    void refuseWrites() {
        REFUSING.now = true;
    }

    @Override
    Sides unreachable() {
        return sides(client(URI.create("http://127.0.0.1:1")));
    }

    @Override
    String table() {
        return live;
    }

    private Sides sides(DynamoDbClient client) {
        return new Sides() {
            @Override
            public Comparison comparison(
                    Resource resource,
                    CopyName name,
                    Set<TableName> tables,
                    Optional<String> explainedBy,
                    List<PurgeRule> purges) {
                return new ItemComparison(
                        new DynamoDbItemTable(client, copy, false),
                        new DynamoDbItemTable(client, live, true),
                        explainedBy,
                        purges,
                        ItemScans.usual(7));
            }

            @Override
            public Repairs repairs(
                    Resource resource, CopyName name, Set<TableName> tables, Triggers triggers, RepairLease lease) {
                return new ItemRepairs(
                        new DynamoDbItemTable(client, copy, false),
                        new DynamoDbItemTable(client, live, true),
                        lease,
                        Optional.empty(),
                        2);
            }

            @Override
            public TableName table(Resource resource, String typed) {
                return TableName.of(typed);
            }
        };
    }

    private static DynamoDbClient client(URI endpoint) {
        var builder = ItemClients.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        return builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(REFUSING)
                        .build())
                .build();
    }

    /// Makes writes of marked values such that DynamoDB refuses them and quotes the value: a set that holds it twice.
    private static final class Refusing implements ExecutionInterceptor {
        private static final AttributeValue TWICE = AttributeValue.fromSs(List.of("hiddentext", "hiddentext"));
        private volatile boolean now;

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (!now || !context.request().toString().contains("hiddentext")) {
                return context.request();
            }
            return switch (context.request()) {
                case PutItemRequest put ->
                    put.toBuilder().item(with(put.item(), "twice")).build();
                case UpdateItemRequest update ->
                    update.toBuilder()
                            .expressionAttributeValues(with(update.expressionAttributeValues(), ":twice"))
                            .build();
                case DeleteItemRequest delete ->
                    delete.toBuilder()
                            .expressionAttributeValues(with(delete.expressionAttributeValues(), ":twice"))
                            .build();
                default -> context.request();
            };
        }

        private static Map<String, AttributeValue> with(Map<String, AttributeValue> values, String name) {
            Map<String, AttributeValue> more = new HashMap<>(values);
            more.put(name, TWICE);
            return more;
        }
    }
}
