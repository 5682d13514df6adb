package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lifeboat.integrity.Fingerprint;
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
        var prints = new ItemFingerprints(new DynamoDbItemTable(dynamoDb, table, true), new ItemScans(seed, 2, 1));
        return prints.segments().stream()
                .map(prints::of)
                .reduce(Fingerprint::plus)
                .orElseThrow();
    }
}
