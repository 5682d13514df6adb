package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lifeboat.integrity.Digest;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.TableOutcome;
import org.junit.jupiter.api.Test;

/// What AWS does not promise about scans, by tables that break it.
class ItemComparisonTest {
    private static final KeySchema KEY = new KeySchema(new KeySchema.Part("id", KeySchema.Type.S), Optional.empty());

    @Test
    void aKeyInAnotherPieceOfTheOtherTableIsToldOnceWhereItDiffersAndElseNotAtAll() {
        var copy = new MemoryTable("copy", 1);
        var live = new MemoryTable("live", 2);
        IntStream.range(0, 500).forEach(id -> {
            copy.put(id, "same");
            live.put(id, id % 100 == 0 ? "other" : "same");
        });
        copy.put(1000, "missing");
        live.put(2000, "unexpected");

        var keys = told(copy, live).stream()
                .map(one -> one.kind() + " " + one.key())
                .sorted()
                .toList();

        assertThat(keys)
                .containsExactly(
                        "CHANGED 0",
                        "CHANGED 100",
                        "CHANGED 200",
                        "CHANGED 300",
                        "CHANGED 400",
                        "MISSING_IN_LIVE 1000",
                        "UNEXPECTED_IN_LIVE 2000");
    }

    @Test
    void whatIsPutRightBetweenTheTwoLooksIsNoDifference() {
        var copy = new MemoryTable("copy", 1);
        var live = new MemoryTable("live", 1);
        copy.put(1, "good");
        live.put(1, "bad");
        live.beforeRead = () -> live.put(1, "good");
        assertThat(told(copy, live)).isEmpty();
    }

    @Test
    void tablesWithOtherKeysAreNotComparedAndNeverEqual() {
        var other = new MemoryTable("live", 1) {
            @Override
            public TableShape shape() {
                var key = new KeySchema(new KeySchema.Part("other", KeySchema.Type.S), Optional.empty());
                return new TableShape(new StoreIdentity("live"), "live", key, Optional.empty(), 0, 0);
            }
        };
        try (var comparison = comparison(new MemoryTable("copy", 1), other)) {
            assertThat(comparison.compare(comparison.segments().getFirst(), one -> {}))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TableOutcome.NotCompared.class,
                            not -> assertThat(not.why()).isEqualTo(TableOutcome.Why.SCHEMA_DIFFERS));
        }
    }

    private static List<Difference> told(ItemTable copy, ItemTable live) {
        var told = new ArrayList<Difference>();
        try (var comparison = comparison(copy, live)) {
            assertThat(comparison.segments()).hasSizeGreaterThan(1);
            comparison.segments().forEach(piece -> comparison.compare(piece, told::add));
        }
        return told;
    }

    private static ItemComparison comparison(ItemTable copy, ItemTable live) {
        return new ItemComparison(copy, live, Optional.empty(), List.of(), new ItemScans(1, 2, 10));
    }

    /// A table that puts its items into segments and orders of its own.
    private static class MemoryTable implements ItemTable {
        private final String name;
        private final int salt;
        private final Map<ItemKey, Item> items = new HashMap<>();
        private Runnable beforeRead = () -> {};

        MemoryTable(String name, int salt) {
            this.name = name;
            this.salt = salt;
        }

        final void put(int id, String value) {
            var attributes = new TreeMap<String, Attribute>();
            attributes.put("id", new Attribute.Text("" + id));
            attributes.put("v", new Attribute.Text(value));
            items.put(ItemKey.of(KEY, attributes), new Item(attributes));
        }

        @Override
        public TableShape shape() {
            return new TableShape(new StoreIdentity(name), name, KEY, Optional.empty(), 3_000_000, 0);
        }

        @Override
        public SegmentScan scan(ScanSegment segment, long seed, Set<String> told) {
            return new SegmentScan() {
                @Override
                public boolean next(PageDigester.Sink sink) {
                    items.forEach((key, item) -> {
                        if (new SplittableRandom(key.hashCode() * 31L + salt).nextInt(segment.total())
                                == segment.index()) {
                            sink.item(key, new Digest(0, item.hashCode()));
                        }
                    });
                    return false;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Map<ItemKey, Item> read(Collection<ItemKey> keys) {
            beforeRead.run();
            var found = new HashMap<>(items);
            found.keySet().retainAll(keys);
            return found;
        }

        @Override
        public Optional<Instant> newestWrite(String attributes) {
            return Optional.empty();
        }

        @Override
        public Optional<Refusal> refusesWrites() {
            return Optional.empty();
        }

        @Override
        public Written write(GuardedWrite write) {
            throw new UnsupportedOperationException("a comparison only reads");
        }
    }
}
