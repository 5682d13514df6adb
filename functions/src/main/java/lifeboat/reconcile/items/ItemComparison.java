package lifeboat.reconcile.items;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Counts;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.FieldChange;
import lifeboat.reconcile.KeyForm;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.TableFacts;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;

/// A restored table beside the live one: both scanned in step for keys and digests, then only what does not match
/// read again, item by item, from both.
///
/// What is told rests on the second look, which reads consistently: an item that is written, or turns up in another
/// segment, between the scans makes work but no false difference. Each key of the copy is told by the piece whose scan
/// of the copy met it, every other key by the piece whose scan of live did; so none is told twice.
public final class ItemComparison implements Comparison {
    private final ItemTable copy;
    private final ItemTable live;
    private final Optional<String> explainedBy;
    private final ItemTimes times;
    private final ItemScans scans;

    /// @param explainedBy attribute with the time of the last write; several with commas: the first that an item has
    /// @param purges rules whose attributes are times; those of other tables are left aside
    /// @param scans how the tables are read
    /// @throws Invalid where both are one table, which equals itself however damaged it is
    public ItemComparison(
            ItemTable copy, ItemTable live, Optional<String> explainedBy, List<PurgeRule> purges, ItemScans scans) {
        if (copy.shape().identity().equals(live.shape().identity())) {
            throw new Invalid(
                    "LB-421",
                    "copy \"%s\" is not allowed: it is live itself"
                            .formatted(copy.shape().identity()));
        }
        this.copy = copy;
        this.live = live;
        this.scans = scans;
        this.explainedBy = explainedBy;
        var name = TableName.of(live.shape().name());
        this.times = new ItemTimes(
                explainedBy,
                live.shape().timeToLive(),
                purges.stream().filter(rule -> rule.table().equals(name)).findFirst());
    }

    @Override
    public StoreIdentity copy() {
        return copy.shape().identity();
    }

    @Override
    public StoreIdentity live() {
        return live.shape().identity();
    }

    @Override
    public Optional<Instant> newestInCopy() {
        return explainedBy.flatMap(copy::newestWrite);
    }

    @Override
    public String structure() {
        return live.shape().key().toString();
    }

    @Override
    public List<TableName> tables() {
        return List.of(table());
    }

    /// The live table's name stands for both: the copy's is another.
    private TableName table() {
        return TableName.of(live.shape().name());
    }

    @Override
    public Optional<TableFacts> facts(TableName table) {
        return table.equals(table())
                ? Optional.of(TableFacts.ofKey(
                        switch (live.shape().key().partition().type()) {
                            case S -> KeyForm.TEXT;
                            case N -> KeyForm.NUMBER;
                            case B -> KeyForm.EXACT;
                        }))
                : Optional.empty();
    }

    @Override
    public List<Segment> segments() {
        return ScanPiece.plan(List.of(copy.shape(), live.shape()));
    }

    @Override
    public List<TableOutcome> compare(Segment segment, Consumer<Difference> differences) {
        if (!copy.shape().key().equals(live.shape().key())) {
            return List.of(new TableOutcome.NotCompared(
                    table(),
                    TableOutcome.Why.SCHEMA_DIFFERS,
                    "the copy's key is %s, live's %s"
                            .formatted(copy.shape().key(), live.shape().key())));
        }
        var read = new Read(new AtomicLong(), new AtomicLong());
        try (var matcher = new KeyMatcher(scans.mostWaiting())) {
            var look = new SecondLook(table(), copy, live, times, differences);
            Workers.each(ScanPiece.parse(segment).parts(), scans.atOnce(), part -> match(part, matcher, look, read));
            look.at(matcher::rest);
        }
        var counts = new Counts(read.copy.get(), read.live.get(), Map.of(), Map.of());
        return List.of(new TableOutcome.Compared(table(), counts, List.of(), rules()));
    }

    private record Read(AtomicLong copy, AtomicLong live) {}

    private void match(ScanSegment part, KeyMatcher matcher, SecondLook look, Read read) {
        look.at(suspects -> {
            try (var ofCopy = copy.scan(part, scans.seed());
                    var ofLive = live.scan(part, scans.seed())) {
                var moreOfCopy = true;
                var moreOfLive = true;
                while (moreOfCopy || moreOfLive) {
                    moreOfCopy = moreOfCopy
                            && ofCopy.next((key, digest) -> {
                                read.copy.incrementAndGet();
                                matcher.offer(true, key, digest).ifPresent(suspects);
                            });
                    moreOfLive = moreOfLive
                            && ofLive.next((key, digest) -> {
                                read.live.incrementAndGet();
                                matcher.offer(false, key, digest).ifPresent(suspects);
                            });
                }
            }
        });
    }

    private List<String> rules() {
        var same = "items are the same where their attributes are: numbers by value, sets and maps without order, "
                + "binary byte by byte; digest xxh3-128 in the scan, SHA-256 where items differ";
        return Stream.concat(Stream.of(same), times.sentences().stream()).toList();
    }

    @Override
    public List<Difference.Sample> explain(List<Difference> differences) {
        return differences.stream().map(this::explain).toList();
    }

    private Difference.Sample explain(Difference difference) {
        var key = RowKeys.itemKey(live.shape().key(), difference.key());
        var inCopy = Optional.ofNullable(copy.read(List.of(key)).get(key));
        var inLive = Optional.ofNullable(live.read(List.of(key)).get(key));
        var nothing = Item.of(Map.of());
        var names = ItemDifference.between(inLive.orElse(nothing), inCopy.orElse(nothing))
                .names();
        var fields = names.stream()
                .map(name -> new FieldChange(name, text(inCopy, name), text(inLive, name)))
                .toList();
        return new Difference.Sample(difference.key(), difference.kind(), fields);
    }

    private static Optional<String> text(Optional<Item> item, String name) {
        return item.flatMap(there -> there.attribute(name)).map(ItemText::of);
    }

    @Override
    public StructureFindings structureFindings() {
        return StructureFindings.notCompared(List.of(
                "settings of the table: indexes, time to live, streams, capacity, protection, tags, policies, alarms"));
    }

    @Override
    public List<String> notes() {
        return List.of(
                "a repair writes to the live table: its streams, and whatever listens to them, see every write",
                "indexes follow the table");
    }

    @Override
    public void close() {
        // The clients belong to whoever made the tables.
    }
}
