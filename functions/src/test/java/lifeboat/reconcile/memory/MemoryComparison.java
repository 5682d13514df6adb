package lifeboat.reconcile.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Counts;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.FieldChange;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.KeyForm;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.TableFacts;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// Two sides in memory, compared in two pieces a table.
final class MemoryComparison implements Comparison {
    static final StoreIdentity COPY = new StoreIdentity("memory:copy");
    static final StoreIdentity LIVE = new StoreIdentity("memory:live");
    static final String STRUCTURE = "structure";

    /// No row is removed by an earlier time.
    private static final Instant LONG_AGO = Instant.parse("2021-12-01T00:00:00Z");

    private final MemorySide copy;
    private final MemorySide live;
    private final Rules rules;
    private final Mortal mortal;
    private final List<TableName> unreadable;
    private final BiConsumer<Place, Optional<Rows>> seen;

    /// @param unreadable tables of which one piece cannot be read
    /// @param seen told what live held where when it was compared
    MemoryComparison(
            MemorySide copy,
            MemorySide live,
            Rules rules,
            Mortal mortal,
            List<TableName> unreadable,
            BiConsumer<Place, Optional<Rows>> seen) {
        this.copy = copy;
        this.live = live;
        this.rules = rules;
        this.mortal = mortal;
        this.unreadable = unreadable;
        this.seen = seen;
    }

    @Override
    public StoreIdentity copy() {
        return COPY;
    }

    @Override
    public StoreIdentity live() {
        return LIVE;
    }

    @Override
    public String structure() {
        return STRUCTURE;
    }

    @Override
    public List<TableName> tables() {
        return copy.tables().stream().map(MemoryTable::name).toList();
    }

    @Override
    public Optional<TableFacts> facts(TableName table) {
        return tables().contains(table) ? Optional.of(TableFacts.ofKey(KeyForm.TEXT)) : Optional.empty();
    }

    @Override
    public List<Segment> segments() {
        mortal.step();
        List<Segment> segments = new ArrayList<>();
        for (int table = 0; table < copy.tables().size(); table++) {
            segments.add(new Segment(table + "/0"));
            segments.add(new Segment(table + "/1"));
        }
        return segments;
    }

    @Override
    public List<TableOutcome> compare(Segment segment, Consumer<Difference> differences) {
        mortal.step();
        String[] parts = segment.label().split("/", 2);
        MemoryTable table = copy.tables().get(Integer.parseInt(parts[0]));
        int half = Integer.parseInt(parts[1]);
        long copyRows = 0;
        long liveRows = 0;
        for (RowKey key : keys(table.name())) {
            if (Math.floorMod(key.hashCode(), 2) == half) {
                Place place = new Place(table.name(), key);
                Optional<Rows> inCopy = copy.at(place);
                Optional<Rows> inLive = live.at(place);
                copyRows += inCopy.map(Rows::count).orElse(0L);
                liveRows += inLive.map(Rows::count).orElse(0L);
                seen.accept(place, inLive);
                difference(place, inCopy, inLive).ifPresent(differences);
            }
        }
        if (half == 1 && unreadable.contains(table.name())) {
            return List.of(new TableOutcome.NotCompared(table.name(), TableOutcome.Why.UNREADABLE, "drawn"));
        }
        Counts counts = new Counts(copyRows, liveRows, Map.of(), Map.of());
        return List.of(new TableOutcome.Compared(table.name(), counts, List.of(), List.of()));
    }

    private Set<RowKey> keys(TableName table) {
        Set<RowKey> keys = new LinkedHashSet<>(copy.keys(table));
        keys.addAll(live.keys(table));
        return keys;
    }

    private Optional<Difference> difference(Place place, Optional<Rows> inCopy, Optional<Rows> inLive) {
        if (inCopy.equals(inLive)) {
            return Optional.empty();
        }
        Optional<Image> one = inCopy.map(rows -> image(place.table(), rows));
        Optional<Image> other = inLive.map(rows -> image(place.table(), rows));
        if (one.isEmpty()) {
            return other.map(image -> new Difference.UnexpectedInLive(place.table(), place.key(), image));
        }
        return Optional.of(
                other.isEmpty()
                        ? new Difference.MissingInLive(place.table(), place.key(), one.get())
                        : new Difference.Changed(place.table(), place.key(), one.get(), other.get()));
    }

    private Image image(TableName name, Rows rows) {
        MemoryTable table = copy.table(name);
        return new Image(
                rows.row().digest(),
                rows.count(),
                table.hasTime() ? rules.explainedBy().flatMap(rows.row()::time) : Optional.empty(),
                table.hasExpiry() ? rows.row().time(MemoryTable.EXPIRY).filter(LONG_AGO::isBefore) : Optional.empty(),
                rules.purges().stream()
                        .filter(rule -> rule.table().equals(name))
                        .findFirst()
                        .flatMap(rule -> rows.row().time(rule.field())));
    }

    @Override
    public List<Difference.Sample> explain(List<Difference> differences) {
        return differences.stream()
                .map(one -> new Difference.Sample(
                        one.key(), one.kind(), List.of(new FieldChange("v", Optional.of("a"), Optional.empty()))))
                .toList();
    }

    @Override
    public Optional<Instant> newestInCopy() {
        return Optional.empty();
    }

    @Override
    public StructureFindings structureFindings() {
        return StructureFindings.NONE;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public void close() {}
}
