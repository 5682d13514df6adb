package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.KeySchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the comparison of two tables says, held against an oracle that reads both through the SDK's typed items.
class TableComparisonContractTest {
    private static final List<KeySchema> KEYS = List.of(
            ItemTables.key("id", KeySchema.Type.S),
            ItemTables.key("id", KeySchema.Type.N),
            ItemTables.key("id", KeySchema.Type.B),
            ItemTables.key("#k \"é\"", KeySchema.Type.S, "so.rt", KeySchema.Type.N),
            ItemTables.key("p", KeySchema.Type.B, "s", KeySchema.Type.S));

    private final DynamoDbClient dynamoDb = ItemTables.client();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRandomDamageIsToldExactlyAndNothingElse(long seed) {
        var random = new SplittableRandom(seed);
        var key = KEYS.get((int) (seed % KEYS.size()));
        var copy = ItemTables.table(dynamoDb, "copy", key);
        var live = ItemTables.table(dynamoDb, "live", key);
        fill(random, key, copy, live);

        assertThat(differences(copy, live)).isEqualTo(oracle(key, copy, live));
    }

    private void fill(RandomGenerator random, KeySchema key, String copy, String live) {
        var items = new RandomItems(random);
        var inCopy = new ArrayList<Map<String, AttributeValue>>();
        var inLive = new ArrayList<Map<String, AttributeValue>>();
        IntStream.range(0, 150).forEach(id -> {
            var item = items.item(key, id);
            switch (random.nextInt(20)) {
                case 0 -> inCopy.add(item);
                case 1 -> inLive.add(item);
                case 2 -> {
                    inCopy.add(item);
                    inLive.add(damaged(items, random, key, item));
                }
                default -> {
                    inCopy.add(item);
                    inLive.add(rewritten(item));
                }
            }
        });
        ItemTables.put(dynamoDb, copy, inCopy);
        ItemTables.put(dynamoDb, live, inLive);
    }

    private static Map<String, AttributeValue> damaged(
            RandomItems items, RandomGenerator random, KeySchema key, Map<String, AttributeValue> item) {
        var damaged = new HashMap<>(item);
        switch (random.nextInt(3)) {
            case 0 -> damaged.put("updatedAt", AttributeValue.fromS("1700000000"));
            case 1 -> damaged.remove("updatedAt");
            default -> damaged.put(items.name(), items.value(2));
        }
        key.parts().forEach(part -> damaged.put(part.name(), item.get(part.name())));
        return damaged;
    }

    /// The same item written in another way: attributes and sets in another order, numbers in another notation.
    private static Map<String, AttributeValue> rewritten(Map<String, AttributeValue> item) {
        var rewritten = new LinkedHashMap<String, AttributeValue>();
        new TreeMap<>(item)
                .reversed()
                .forEach((name, value) -> rewritten.put(
                        name,
                        switch (value.type()) {
                            case N -> AttributeValue.fromN(new java.math.BigDecimal(value.n()).toPlainString());
                            case SS -> AttributeValue.fromSs(value.ss().reversed());
                            case NS -> AttributeValue.fromNs(value.ns().reversed());
                            case BS -> AttributeValue.fromBs(value.bs().reversed());
                            default -> value;
                        }));
        return rewritten;
    }

    private Map<List<String>, DifferenceClass> differences(String copy, String live) {
        var found = new HashMap<List<String>, DifferenceClass>();
        var told = new ArrayList<Difference>();
        try (var comparison = new ItemComparison(
                new DynamoDbItemTable(dynamoDb, copy, false),
                new DynamoDbItemTable(dynamoDb, live, true),
                Optional.empty(),
                List.of(),
                new ItemScans(7, 3, 64))) {
            comparison.segments().forEach(segment -> comparison.compare(segment, told::add));
        }
        told.forEach(difference -> found.put(difference.key().parts(), difference.kind()));
        assertThat(found).as("each key told once").hasSameSizeAs(told);
        return found;
    }

    private Map<List<String>, DifferenceClass> oracle(KeySchema key, String copy, String live) {
        var inCopy = typed(key, copy);
        var inLive = typed(key, live);
        var expected = new HashMap<List<String>, DifferenceClass>();
        inCopy.forEach((id, item) -> {
            if (!inLive.containsKey(id)) {
                expected.put(id, DifferenceClass.MISSING_IN_LIVE);
            } else if (!inLive.get(id).equals(item)) {
                expected.put(id, DifferenceClass.CHANGED);
            }
        });
        inLive.keySet().stream()
                .filter(id -> !inCopy.containsKey(id))
                .forEach(id -> expected.put(id, DifferenceClass.UNEXPECTED_IN_LIVE));
        assertThat(expected).isNotEmpty();
        return expected;
    }

    private static Map<List<String>, Object> typed(KeySchema key, String table) {
        var found = new HashMap<List<String>, Object>();
        ItemTables.plainClient()
                .scanPaginator(scan -> scan.tableName(table))
                .items()
                .forEach(item -> found.put(
                        key.parts().stream()
                                .map(part -> text(item.getOrDefault(part.name(), AttributeValue.fromNul(true))))
                                .toList(),
                        Oracle.normal(item)));
        return found;
    }

    private static String text(AttributeValue value) {
        return Optional.ofNullable(value.s())
                .or(() -> Optional.ofNullable(value.n())
                        .map(n ->
                                new java.math.BigDecimal(n).stripTrailingZeros().toPlainString()))
                .orElseGet(() ->
                        java.util.Base64.getEncoder().encodeToString(value.b().asByteArray()));
    }
}
