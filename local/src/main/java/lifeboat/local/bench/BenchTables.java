package lifeboat.local.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Two tables of products, of which the second is damaged at random.
final class BenchTables {
    private static final int BATCH = 25;

    private final DynamoDbClient dynamoDb;
    private final int items;
    private final double damage;
    private final SplittableRandom random = new SplittableRandom(42);

    BenchTables(DynamoDbClient dynamoDb, int items, double damage) {
        this.dynamoDb = dynamoDb;
        this.items = items;
        this.damage = damage;
    }

    /// What was loaded.
    ///
    /// @param differing items that differ
    /// @param inLive items that live holds
    record Loaded(long differing, long inLive) {}

    /// Creates and fills both.
    Loaded load(String copy, String live) {
        List.of(copy, live).forEach(this::create);
        var differing = 0L;
        var held = 0L;
        for (var from = 0; from < items; from += BATCH) {
            var inCopy = new ArrayList<Map<String, AttributeValue>>();
            var inLive = new ArrayList<Map<String, AttributeValue>>();
            for (var id = from; id < Math.min(items, from + BATCH); id++) {
                var item = product(id);
                inCopy.add(item);
                var damaged = random.nextDouble() < damage;
                differing += damaged ? 1 : 0;
                if (!damaged || random.nextInt(3) > 0) {
                    inLive.add(damaged ? with(item, "price", AttributeValue.fromN("0")) : item);
                }
            }
            held += inLive.size();
            put(copy, inCopy);
            put(live, inLive);
        }
        return new Loaded(differing, held);
    }

    private void create(String table) {
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

    private Map<String, AttributeValue> product(int id) {
        return Map.of(
                "id", AttributeValue.fromS("product-%08d".formatted(id)),
                "name", AttributeValue.fromS("Shirt " + random.nextInt(1000)),
                "price", AttributeValue.fromN(1 + random.nextInt(9999) + "." + random.nextInt(10, 99)),
                "stock", AttributeValue.fromN("" + random.nextInt(500)),
                "tags", AttributeValue.fromSs(List.of("summer", "t" + random.nextInt(40))),
                "size", AttributeValue.fromM(Map.of("chest", AttributeValue.fromN("" + random.nextInt(120)))),
                "updatedAt", AttributeValue.fromN("" + (1_790_000_000L + random.nextInt(1_000_000))));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String name, AttributeValue value) {
        var changed = new HashMap<>(item);
        changed.put(name, value);
        return changed;
    }

    private void put(String table, List<Map<String, AttributeValue>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<WriteRequest> writes = batch.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(table, writes)));
    }
}
