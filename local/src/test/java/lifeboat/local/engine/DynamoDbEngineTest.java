package lifeboat.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// A table rebuilt from its stream, at seconds that this test chooses.
@NullUnmarked
class DynamoDbEngineTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);
    private static DynamoDbEngine engine;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        engine = DynamoDbEngine.start(NOW::get);
        client = engine.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        engine.close();
    }

    @Test
    void everySecondCanBeRebuiltExactly() {
        table("seconds");
        put("seconds", "before", 0);
        Instant earliest = engine.keepHistory("seconds");
        assertThat(earliest).isEqualTo(START.plusSeconds(1));
        at(1, 300);
        put("seconds", "a", 1);
        at(1, 999);
        put("seconds", "b", 1);
        at(2, 0);
        put("seconds", "a", 2);
        at(4, 1);
        delete("seconds", "b");
        put("seconds", "before", 4);
        at(9, 0);

        assertThat(rebuilt("seconds", 1)).isEqualTo(Map.of("before", 0));
        assertThat(rebuilt("seconds", 2)).isEqualTo(Map.of("before", 0, "a", 1, "b", 1));
        assertThat(rebuilt("seconds", 3)).isEqualTo(Map.of("before", 0, "a", 2, "b", 1));
        assertThat(rebuilt("seconds", 4)).isEqualTo(Map.of("before", 0, "a", 2, "b", 1));
        assertThat(rebuilt("seconds", 5)).isEqualTo(Map.of("before", 4, "a", 2));
        assertThat(rebuilt("seconds", 9)).isEqualTo(Map.of("before", 4, "a", 2));
    }

    @Test
    void aTableThatWasEmptyIsRebuiltThoughAnotherWasWrittenFirst() {
        table("empty");
        table("busy");
        engine.keepHistory("empty");
        engine.keepHistory("busy");
        at(1001, 0);
        put("busy", "a", 1);
        at(1002, 0);
        put("empty", "b", 2);
        at(1003, 0);
        put("busy", "a", 3);
        at(1004, 0);
        put("empty", "c", 4);

        assertThat(rebuilt("empty", 1002)).isEmpty();
        assertThat(rebuilt("empty", 1003)).isEqualTo(Map.of("b", 2));
        assertThat(rebuilt("busy", 1003)).isEqualTo(Map.of("a", 1));
        assertThat(rebuilt("empty", 1005)).isEqualTo(Map.of("b", 2, "c", 4));
    }

    @Test
    void anImageIsNotTouchedByLaterWrites() {
        table("imaged");
        put("imaged", "a", 1);
        TableImage image = engine.image("imaged");
        put("imaged", "a", 2);
        table("imaged-copy");

        assertThat(engine.fill("imaged-copy", image)).isEqualTo(1);
        assertThat(contents("imaged-copy")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aTableWithoutHistoryCannotBeRebuilt() {
        table("forgetful");
        assertThatThrownBy(() -> engine.rebuild("forgetful", START, "forgetful-copy"))
                .isInstanceOf(EngineFailure.class)
                .hasMessage("table \"forgetful\" has no history");
    }

    private static void at(long seconds, long millis) {
        NOW.set(START.plusSeconds(seconds).plusMillis(millis));
    }

    private static Map<String, Integer> rebuilt(String source, long second) {
        String target = source + "-as-of-" + second;
        table(target);
        engine.rebuild(source, START.plusSeconds(second), target);
        return contents(target);
    }

    private static Map<String, Integer> contents(String table) {
        Map<String, Integer> contents = new TreeMap<>();
        client.scanPaginator(scan -> scan.tableName(table))
                .items()
                .forEach(item -> contents.put(
                        item.get("id").s(), Integer.valueOf(item.get("n").n())));
        return contents;
    }

    private static void put(String table, String id, int n) {
        Map<String, AttributeValue> item =
                Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN(Integer.toString(n)));
        client.putItem(put -> put.tableName(table).item(item));
    }

    private static void delete(String table, String id) {
        client.deleteItem(delete -> delete.tableName(table).key(Map.of("id", AttributeValue.fromS(id))));
    }

    private static void table(String name) {
        client.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(List.of(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())));
    }
}
