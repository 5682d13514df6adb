package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lifeboat.integrity.Fingerprint;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.items.ItemFingerprints;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.KeySchema;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TableFingerprintContractTest {
    private static final KeySchema KEY = ItemTables.key("p", KeySchema.Type.S, "s", KeySchema.Type.N);

    private final DynamoDbClient dynamoDb = ItemTables.client();

    @Test
    void tablesOfTheSameItemsHaveTheSameFingerprintAndOneChangedItemAnother() {
        var items = items();
        var one = table(items);
        var other = table(items.reversed());

        assertThat(fingerprint(one, 1)).isEqualTo(fingerprint(other, 1));
        assertThat(fingerprint(one, 1).count()).isEqualTo(items.size());

        var changed = new HashMap<>(items.getFirst());
        changed.put("added", AttributeValue.fromS(""));
        ItemTables.put(dynamoDb, other, List.of(changed));
        assertThat(fingerprint(one, 1)).isNotEqualTo(fingerprint(other, 1));
    }

    @Test
    void fingerprintsOfAnotherSeedAreOfAnotherRule() {
        var table = table(items().subList(0, 5));
        assertThat(fingerprint(table, 1).rule())
                .isNotEqualTo(fingerprint(table, 2).rule());
    }

    @Test
    void oneTableObjectDigestsBySeedsOfTwoRuns() {
        var table = new DynamoDbItemTable(dynamoDb, table(items().subList(0, 5)), true);

        assertThat(fingerprint(table, 1).sum())
                .isNotEqualTo(fingerprint(table, 2).sum());
        assertThat(fingerprint(table, 1)).isEqualTo(fingerprint(table, 1));
    }

    @Test
    void contentCountsWhatTheFingerprintCounts() {
        var table = new DynamoDbItemTable(dynamoDb, table(items()), true);

        assertThat(content(table, "updatedAt").count())
                .isEqualTo(fingerprint(table, 1).count());
        assertThat(content(table, "updatedAt")).isEqualTo(content(table, "updatedAt"));
        assertThat(content(table, "changedAt").rule())
                .isNotEqualTo(content(table, "updatedAt").rule());
    }

    @Test
    void newestWriteIsKnownWhereAnItemTellsIt() {
        var key = ItemTables.key("id", KeySchema.Type.S);
        var name = ItemTables.table(dynamoDb, "written", key);
        ItemTables.put(dynamoDb, name, List.of(written("a", "2026-11-20T05:00:00Z")));
        var table = new DynamoDbItemTable(dynamoDb, name, true);

        assertThat(content(table, "updatedAt").newest()).contains(Instant.parse("2026-11-20T05:00:00Z"));
        assertThat(content(table, "changedAt, updatedAt").newest()).contains(Instant.parse("2026-11-20T05:00:00Z"));
        assertThat(content(table, "changedAt").newest()).isEmpty();

        ItemTables.put(dynamoDb, name, List.of(written("a", "some time")));
        assertThat(content(table, "updatedAt").newest()).isEmpty();
    }

    private static Map<String, AttributeValue> written(String id, String at) {
        return Map.of("id", AttributeValue.fromS(id), "updatedAt", AttributeValue.fromS(at));
    }

    private static TableContent content(DynamoDbItemTable table, String writtenAt) {
        var prints = new ItemFingerprints(table, new ItemScans(1, 2, 1));
        return prints.segments().stream()
                .map(piece -> prints.content(
                        "products",
                        piece,
                        Optional.of(writtenAt),
                        Optional.empty(),
                        InstantSource.fixed(Instant.EPOCH)))
                .reduce(TableContent::plus)
                .orElseThrow();
    }

    private static List<Map<String, AttributeValue>> items() {
        var random = new RandomItems(new SplittableRandom(9));
        var items = new ArrayList<Map<String, AttributeValue>>();
        IntStream.range(0, 100).forEach(id -> items.add(random.item(KEY, id)));
        return items;
    }

    private String table(List<Map<String, AttributeValue>> items) {
        var table = ItemTables.table(dynamoDb, "print", KEY);
        ItemTables.put(dynamoDb, table, items);
        return table;
    }

    private Fingerprint fingerprint(String table, long seed) {
        return fingerprint(new DynamoDbItemTable(dynamoDb, table, true), seed);
    }

    private static Fingerprint fingerprint(DynamoDbItemTable table, long seed) {
        var prints = new ItemFingerprints(table, new ItemScans(seed, 2, 1));
        return prints.segments().stream()
                .map(prints::of)
                .reduce(Fingerprint::plus)
                .orElseThrow();
    }
}
