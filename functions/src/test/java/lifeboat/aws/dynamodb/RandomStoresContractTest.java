package lifeboat.aws.dynamodb;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.GuardedWrite;
import lifeboat.reconcile.items.Item;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.ItemTable;
import lifeboat.reconcile.items.KeySchema;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.items.ScanSegment;
import lifeboat.reconcile.items.TableShape;
import lifeboat.reconcile.memory.EngineRun;
import lifeboat.reconcile.memory.EngineStore;
import lifeboat.reconcile.memory.MemoryRow;
import lifeboat.reconcile.memory.MemorySide;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;
import lifeboat.reconcile.memory.MemoryTable;
import lifeboat.reconcile.memory.Mortal;
import lifeboat.reconcile.memory.Seeds;
import lifeboat.reconcile.memory.Traits;
import lifeboat.reconcile.memory.World;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Random tables, damage, writers, time to live and kills on DynamoDB Local, by the oracle of the stores in memory.
class RandomStoresContractTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final DynamoDbClient CLIENT = ItemTables.client();

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.some(15);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRepairedOrListedGoodWritesStayAndUndoBringsBackJustThat(long seed) {
        var name = "random-live-" + NUMBER.incrementAndGet();
        var traits = new Traits("", List.of(name), false, false, true, 100_000, 40);
        var archive = new LocalArchive(folder);
        EngineRun.run(seed, traits, archive, world -> new Tables(world, archive));
    }

    /// What chance drew, as items.
    private static final class Tables implements EngineStore {
        private final MemoryTable table;
        private final KeySchema key;
        private final String live;
        private final String copy;
        private final LocalArchive archive;

        Tables(World world, LocalArchive archive) {
            this.table = world.tables().getFirst();
            this.archive = archive;
            this.key = table.keyParts() == 1
                    ? ItemTables.key(MemoryTable.KEY, KeySchema.Type.S)
                    : ItemTables.key(MemoryTable.KEY, KeySchema.Type.S, MemoryTable.SECOND_KEY, KeySchema.Type.S);
            this.live = table.name().name();
            this.copy = ItemTables.table(CLIENT, "random-copy", key);
            ItemTables.table(CLIENT, key, live);
            fill(copy, world.copy());
            fill(live, world.live());
        }

        private static void fill(String name, MemorySide side) {
            ItemTables.put(
                    CLIENT,
                    name,
                    side.all().values().stream().map(rows -> item(rows.row())).toList());
        }

        private static Map<String, AttributeValue> item(MemoryRow row) {
            var item = new HashMap<String, AttributeValue>();
            row.columns()
                    .forEach((column, value) -> item.put(
                            column,
                            column.equals(MemoryTable.EXPIRY)
                                    ? AttributeValue.fromN(
                                            "" + Instant.parse(value).getEpochSecond())
                                    : AttributeValue.fromS(value)));
            return item;
        }

        private static MemoryRow row(Map<String, AttributeValue> item) {
            var columns = new HashMap<String, String>();
            item.forEach((name, value) -> columns.put(
                    name,
                    value.n() == null
                            ? value.s()
                            : Instant.ofEpochSecond(Long.parseLong(value.n())).toString()));
            return MemoryRow.of(columns);
        }

        @Override
        public List<MemoryTable> tables() {
            return List.of(table);
        }

        @Override
        public Map<Place, Rows> all() {
            var all = new LinkedHashMap<Place, Rows>();
            CLIENT.scanPaginator(scan -> scan.tableName(live).consistentRead(true)).items().stream()
                    .map(Tables::row)
                    .sorted(java.util.Comparator.comparing(row -> row.key(table).toString()))
                    .forEach(row -> all.put(new Place(table.name(), row.key(table)), new Rows(row, 1)));
            return all;
        }

        @Override
        public Optional<Rows> at(Place place) {
            return Optional.ofNullable(all().get(place));
        }

        @Override
        public Set<RowKey> keys(TableName name) {
            var keys = new LinkedHashSet<RowKey>();
            all().keySet().forEach(place -> keys.add(place.key()));
            return keys;
        }

        @Override
        public boolean write(Place place, Optional<Rows> next) {
            if (next.isPresent()) {
                CLIENT.putItem(put -> put.tableName(live).item(item(next.get().row())));
            } else {
                var names = List.of(MemoryTable.KEY, MemoryTable.SECOND_KEY);
                var parts = new HashMap<String, AttributeValue>();
                for (var i = 0; i < table.keyParts(); i++) {
                    parts.put(
                            names.get(i),
                            AttributeValue.fromS(place.key().parts().get(i)));
                }
                CLIENT.deleteItem(delete -> delete.tableName(live).key(parts));
            }
            return true;
        }

        @Override
        public boolean isBusy() {
            return false;
        }

        @Override
        public boolean isLocked(Place place) {
            return false;
        }

        @Override
        public Comparison comparison(Rules rules) {
            return new ItemComparison(
                    items(copy, Optional.empty()),
                    items(live, Optional.empty()),
                    rules.explainedBy(),
                    rules.purges(),
                    new ItemScans(3, 2, 100));
        }

        @Override
        public Repairs repairs(Mortal process) {
            var items = items(live, Optional.of(process));
            var lease = new RepairLease(
                    archive, items.shape().identity(), InstantSource.fixed(TwoTables.NOW), died -> true);
            return new ItemRepairs(items(copy, Optional.empty()), items, lease, Optional.empty(), 1);
        }

        private ItemTable items(String name, Optional<Mortal> process) {
            var expiry = table.hasExpiry() ? Optional.of(MemoryTable.EXPIRY) : Optional.<String>empty();
            return new MortalItems(new DynamoDbItemTable(CLIENT, name, true), process, expiry);
        }

        @Override
        public Optional<RowKey> key(MemoryTable of, RowKey named) {
            return Optional.of(named);
        }

        @Override
        public boolean knowsFates() {
            return false;
        }
    }

    /// A table whose reader and writer can be killed, and whose items expire though nothing removes them meanwhile.
    private record MortalItems(ItemTable table, Optional<Mortal> process, Optional<String> expiry)
            implements ItemTable {
        @Override
        public TableShape shape() {
            var shape = table.shape();
            return new TableShape(shape.identity(), shape.name(), shape.key(), expiry, shape.items(), shape.bytes());
        }

        @Override
        public SegmentScan scan(ScanSegment segment, long seed, Set<String> told) {
            return table.scan(segment, seed, told);
        }

        @Override
        public Map<ItemKey, Item> read(Collection<ItemKey> keys) {
            process.ifPresent(Mortal::step);
            return table.read(keys);
        }

        @Override
        public Optional<Instant> newestWrite(String attributes) {
            return table.newestWrite(attributes);
        }

        @Override
        public Optional<Refusal> refusesWrites() {
            return table.refusesWrites();
        }

        @Override
        public Written write(GuardedWrite write) {
            process.ifPresent(Mortal::step);
            var written = table.write(write);
            process.ifPresent(Mortal::step);
            return written;
        }
    }
}
