package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoRowsInMemory;
import lifeboat.reconcile.items.GuardedWrite;
import lifeboat.reconcile.items.Item;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.ItemTable;
import lifeboat.reconcile.items.KeySchema;
import lifeboat.reconcile.items.RepairLease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A copy and a live table, ways to damage, compare and repair them, and what they hold by the SDK's typed path.
class TwoTables {
    static final Instant NOW = Instant.ofEpochSecond(1_700_002_000L);
    static final TableName TABLE = TableName.of("live");
    static final KeySchema KEY = ItemTables.key("id", KeySchema.Type.S);

    final DynamoDbClient dynamoDb = ItemTables.client();

    @TempDir
    Path folder = Path.of(".");

    String copy = "";
    String live = "";
    LocalArchive archive = new LocalArchive(Path.of("."));
    final UndoRowsInMemory undo = new UndoRowsInMemory();

    @BeforeEach
    void tables() {
        copy = ItemTables.table(dynamoDb, "copy", KEY);
        live = ItemTables.table(dynamoDb, "live", KEY);
        archive = new LocalArchive(folder);
    }

    static Rules rulesBy(String attribute) {
        return rulesBy(attribute, Selection.ALL);
    }

    static Rules rulesBy(String attribute, Selection selection) {
        var plain = Rules.plain(NOW);
        return new Rules(
                Optional.of(Instant.ofEpochSecond(1_700_001_000L)),
                NOW,
                plain.grace(),
                Optional.of(attribute),
                true,
                List.of(),
                selection,
                plain.bothSides());
    }

    void damage(int items) {
        var random = new SplittableRandom(items);
        var values = new RandomItems(random);
        var inCopy = new ArrayList<Map<String, AttributeValue>>();
        var inLive = new ArrayList<Map<String, AttributeValue>>();
        IntStream.range(0, items).forEach(id -> {
            var item = values.item(KEY, id);
            if (random.nextInt(6) > 0) {
                inCopy.add(item);
            }
            if (random.nextInt(6) > 0) {
                var damaged = new HashMap<>(item);
                damaged.put("damage", random.nextInt(4) == 0 ? values.value(2) : AttributeValue.fromBool(true));
                inLive.add(random.nextInt(4) == 0 ? damaged : item);
            }
        });
        ItemTables.put(dynamoDb, copy, inCopy);
        ItemTables.put(dynamoDb, live, inLive);
    }

    RepairPlan plan(Rules rules) {
        try (var comparison = new ItemComparison(
                table(copy), table(live), rules.explainedBy(), rules.purges(), new ItemScans(3, 2, 100))) {
            return new Diff(comparison, archive, Progress.SILENT)
                    .plan(new EnvironmentName("lab"), rules, "draft-" + System.nanoTime(), 3, NOW);
        }
    }

    DynamoDbItemTable table(String name) {
        return new DynamoDbItemTable(dynamoDb, name, true);
    }

    ItemRepairs repairs(ItemTable live) {
        return repairs(table(copy), live);
    }

    ItemRepairs repairs(ItemTable copy, ItemTable live) {
        var lease = new RepairLease(archive, live.shape().identity(), InstantSource.fixed(NOW));
        return new ItemRepairs(copy, live, lease, Optional.empty(), 4);
    }

    BatchOutcome repair(RepairPlan plan, ItemTable table) {
        return repair(plan, table, new RepairLease(archive, table.shape().identity(), InstantSource.fixed(NOW)));
    }

    BatchOutcome repair(RepairPlan plan, ItemTable table, RepairLease lease) {
        var total = new ArrayList<>(List.of(BatchOutcome.NOTHING));
        try (var repairs = new ItemRepairs(table(copy), table, lease, Optional.empty(), 4)) {
            assertThat(repairs.refuses(plan)).isEmpty();
            assertThat(repairs.take("test")).isEmpty();
            for (var chunk : plan.chunks()) {
                new PlanStore(archive)
                        .rows(
                                plan.id(),
                                chunk,
                                repairs.batchRows(),
                                rows -> total.set(
                                        0,
                                        total.getFirst()
                                                .plus(repairs.repair(chunk.table(), chunk.kind(), rows, undo))));
            }
        } catch (Refused refused) {
            throw new AssertionError(refused);
        }
        return total.getFirst();
    }

    void rows(RepairPlan plan, Consumer<PlannedRow> row) {
        try {
            for (var chunk : plan.chunks()) {
                new PlanStore(archive).rows(plan.id(), chunk, 100, rows -> rows.forEach(row));
            }
        } catch (Refused refused) {
            throw new AssertionError(refused);
        }
    }

    GuardedWrite write(String id, String seen, Optional<String> wanted) {
        var from = Attributes.item(item(id, "v", AttributeValue.fromS(seen)));
        Optional<Item> to = wanted.map(v -> Attributes.item(item(id, "v", AttributeValue.fromS(v))));
        var guarded =
                GuardedWrite.between(KEY, ItemKey.of(KEY, from.attributes()), Optional.of(from), to, Optional.empty());
        return ((GuardedWrite.Guarded.By) guarded).write();
    }

    void addAttribute(String id) {
        dynamoDb.updateItem(update -> update.tableName(live)
                .key(Map.of("id", AttributeValue.fromS(id)))
                .updateExpression("SET late = :x")
                .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("x"))));
    }

    /// Triples of key, attribute and text.
    void put(String table, String... triples) {
        for (var i = 0; i < triples.length; i += 3) {
            ItemTables.put(
                    dynamoDb, table, List.of(item(triples[i], triples[i + 1], AttributeValue.fromS(triples[i + 2]))));
        }
    }

    static Map<String, AttributeValue> item(String id, String name, AttributeValue value) {
        return Map.of("id", AttributeValue.fromS(id), name, value);
    }

    Map<String, Map<String, Object>> items(String table) {
        var items = new HashMap<String, Map<String, Object>>();
        ItemTables.plainClient().scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .forEach(item -> items.put(String.valueOf(Oracle.normal(item).get("id")), Oracle.normal(item)));
        return items;
    }
}
