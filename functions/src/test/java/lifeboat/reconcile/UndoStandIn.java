package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// Live as an undo sees it: digests of rows by key, a unique value a row, and what is known of transactions.
final class UndoStandIn implements Repairs {
    final Map<RowKey, String> live = new HashMap<>();
    final Map<String, Fate> fates = new HashMap<>();
    final List<RowKey> asked = new ArrayList<>();

    /// Values that only one row may have.
    final Set<String> unique = new HashSet<>();

    boolean takesTogether = true;

    @Override
    public Fate fate(TransactionName transaction) {
        return fates.getOrDefault(transaction.value(), Fate.UNKNOWN);
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        long written = 0;
        long alreadyDone = 0;
        List<Skipped> skipped = new ArrayList<>();
        for (UndoRow row : rows) {
            asked.add(row.key());
            Optional<String> now = Optional.ofNullable(live.get(row.key()));
            if (now.equals(row.beforeDigest())) {
                alreadyDone++;
            } else if (!now.equals(row.after())) {
                skipped.add(new Skipped(row.key(), Why.LIVE_CHANGED_SINCE));
            } else if (row.before().filter(value -> taken(row.key(), value)).isPresent()) {
                skipped.add(new Skipped(row.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                put(row);
                written++;
            }
        }
        return new BatchOutcome(written, alreadyDone, skipped);
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> undoTogether(Map<TableName, List<UndoRow>> rows) {
        if (!takesTogether) {
            return Optional.empty();
        }
        Map<TableName, BatchOutcome> outcomes = new HashMap<>();
        rows.forEach((table, some) -> {
            some.forEach(this::put);
            outcomes.put(table, new BatchOutcome(some.size(), 0, List.of()));
        });
        return Optional.of(outcomes);
    }

    private void put(UndoRow row) {
        row.before().ifPresentOrElse(value -> live.put(row.key(), value), () -> live.remove(row.key()));
    }

    private boolean taken(RowKey key, String value) {
        return unique.contains(value)
                && live.entrySet().stream()
                        .anyMatch(other ->
                                !other.getKey().equals(key) && other.getValue().equals(value));
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        return Optional.empty();
    }

    @Override
    public Optional<String> take(String who) {
        return Optional.empty();
    }

    @Override
    public int batchRows() {
        return 100;
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> settle(RepairPlan plan) {
        return List.of();
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        return List.of();
    }

    @Override
    public void close() {}
}
