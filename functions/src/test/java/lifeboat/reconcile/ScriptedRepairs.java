package lifeboat.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// A store that writes every row but those that wait for others, and remembers in which order it was asked.
class ScriptedRepairs implements Repairs {
    static final EnvironmentName HERE = new EnvironmentName("prod");
    static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    final List<String> asked = new ArrayList<>();
    final Set<RowKey> written = new HashSet<>();
    final Set<RowKey> changedSince = new HashSet<>();
    final Set<RowKey> alreadyDone = new HashSet<>();
    final Map<RowKey, RowKey> waitsFor;
    Optional<Refusal> refusal = Optional.empty();
    Optional<String> holder = Optional.empty();
    boolean knowsTogether;
    int batchRows = 2;

    /// @param waitsFor rows that a constraint refuses until another one is written
    ScriptedRepairs(Map<RowKey, RowKey> waitsFor) {
        this.waitsFor = waitsFor;
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        return refusal;
    }

    @Override
    public Optional<String> take(String who) {
        return holder;
    }

    @Override
    public int batchRows() {
        return batchRows;
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        List<String> keys = rows.stream().map(row -> row.key().toString()).toList();
        asked.add("%s %s %s".formatted(table, kind, String.join(" ", keys)));
        return write(rows, false);
    }

    private BatchOutcome write(List<PlannedRow> rows, boolean atOnce) {
        long done = 0;
        long already = 0;
        List<Skipped> skipped = new ArrayList<>();
        for (PlannedRow row : rows) {
            RowKey other = waitsFor.get(row.key());
            if (alreadyDone.contains(row.key())) {
                already++;
            } else if (changedSince.contains(row.key())) {
                skipped.add(new Skipped(row.key(), Why.LIVE_CHANGED_SINCE));
            } else if (other != null
                    && !written.contains(other)
                    && !(atOnce && rows.stream().anyMatch(one -> one.key().equals(other)))) {
                skipped.add(new Skipped(row.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                written.add(row.key());
                done++;
            }
        }
        return new BatchOutcome(done, already, skipped);
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> together(Map<TableName, List<PlannedRow>> rows, UndoLog undo) {
        asked.add("together " + rows.values().stream().mapToInt(List::size).sum());
        if (!knowsTogether) {
            return Optional.empty();
        }
        List<PlannedRow> all = rows.values().stream().flatMap(List::stream).toList();
        TableName first = rows.keySet().iterator().next();
        return Optional.of(Map.of(first, write(all, true)));
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        throw new AssertionError("not asked for");
    }

    @Override
    public List<String> settle(RepairPlan plan) {
        asked.add("settle");
        return List.of("settled");
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        asked.add("look at %d".formatted(rows.size()));
        return rows.stream().filter(row -> !written.contains(row.key())).toList();
    }

    @Override
    public void close() {}

    /// A plan with so many rows of each table and class, whose keys name both.
    static RepairPlan plan(Archive archive, List<TableName> order, Map<TableName, Map<DifferenceClass, Integer>> rows) {
        List<TableOutcome> tables = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        for (TableName table : order) {
            Map<DifferenceClass, Integer> some = rows.getOrDefault(table, Map.of());
            for (DifferenceClass kind : DifferenceClass.values()) {
                int count = some.getOrDefault(kind, 0);
                var writer = new ChunkWriter(archive, "drafts/" + System.nanoTime());
                IntStream.range(0, count).forEach(i -> writer.add(difference(table, kind, i)));
                chunks.addAll(writer.done());
                Counts counts = new Counts(10, 10, Map.of(kind, (long) count), Map.of());
                tables.add(new TableOutcome.Compared(table, counts, List.of(), List.of()));
            }
        }
        var header = new RepairPlan.Header(
                HERE, new StoreIdentity("copy"), new StoreIdentity("live"), NOW, Rules.plain(NOW), "s");
        return new PlanStore(archive).seal(header, tables, chunks, StructureFindings.NONE, List.of());
    }

    private static Difference difference(TableName table, DifferenceClass kind, int i) {
        RowKey key = RowKey.of("%s-%s-%d".formatted(table, kind, i));
        return switch (kind) {
            case MISSING_IN_LIVE -> new Difference.MissingInLive(table, key, Image.of("c"));
            case CHANGED -> new Difference.Changed(table, key, Image.of("c"), Image.of("l"));
            case UNEXPECTED_IN_LIVE -> new Difference.UnexpectedInLive(table, key, Image.of("l"));
        };
    }
}
