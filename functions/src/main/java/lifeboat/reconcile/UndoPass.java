package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.failure.Failure;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// The way back: files of an undo log, the last one first, and rows that a constraint refuses again after the rest, for
/// as long as that gets anywhere. A file that cannot be read is reported and stops no other.
///
/// It can be cut: a pass over some files says which rows wait, and another pass takes them on.
public final class UndoPass {
    private final Repairs store;
    private final ArchiveUndoLog log;
    private final Progress progress;
    private final Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
    private final Map<UndoTarget, Waiting> waiting = new LinkedHashMap<>();
    private final List<LeftEntry> unreadable = new ArrayList<>();

    public UndoPass(Repairs store, ArchiveUndoLog log, Progress progress) {
        this.store = store;
        this.log = log;
        this.progress = progress;
    }

    /// Rows of one file that a constraint refused and that may be undone once others are.
    public record Waiting(UndoTarget target, TableName table, Set<RowKey> rows) {
        public Waiting {
            rows = Set.copyOf(rows);
        }
    }

    /// Undoes files; rows that a constraint refuses wait.
    ///
    /// @param targets files of the log, in the order in which they are undone
    public void run(List<UndoTarget> targets) {
        int done = 0;
        for (UndoTarget target : targets) {
            progress.at("undo", done++, targets.size());
            read(target, batch -> undo(target, batch, batch.rows()));
        }
    }

    /// The rows that wait.
    public List<Waiting> waiting() {
        return List.copyOf(waiting.values());
    }

    /// Takes on rows that another pass left waiting.
    public void takeOn(Waiting rows) {
        waiting.put(rows.target(), rows);
    }

    /// What waits, again and again while that gets anywhere, at last all at once; the rest is reported.
    public void again() {
        boolean moved = true;
        boolean triedTogether = false;
        while (moved && !waiting.isEmpty()) {
            moved = retry();
            if (!moved && !waiting.isEmpty()) {
                moved = together() || !triedTogether; // once it was tried, the store takes batches apart
                triedTogether = true;
            }
        }
        waiting().forEach(this::report);
        waiting.clear();
    }

    /// What became of the rows so far, but for those that wait.
    public Map<TableName, BatchOutcome> outcomes() {
        return Map.copyOf(outcomes);
    }

    /// Files that could not be read.
    public List<LeftEntry> unreadable() {
        return List.copyOf(unreadable);
    }

    private boolean retry() {
        List<Waiting> rows = waiting();
        waiting.clear();
        boolean[] moved = {false};
        for (Waiting some : rows) {
            read(some.target(), batch -> moved[0] |= undo(some.target(), batch, only(batch, some.rows())));
        }
        return moved[0];
    }

    /// @return whether anything was written
    private boolean undo(UndoTarget target, ArchiveUndoLog.Batch batch, List<UndoRow> rows) {
        if (rows.isEmpty()) {
            return false;
        }
        BatchOutcome outcome = store.undo(batch.table(), rows);
        settle(target, batch, rows, outcome.skipped());
        Repair.add(outcomes, batch.table(), outcome.skipping(ended(outcome.skipped())));
        return outcome.written() > 0;
    }

    /// Notes what is undone, and what waits.
    private void settle(UndoTarget target, ArchiveUndoLog.Batch batch, List<UndoRow> rows, List<Skipped> skipped) {
        Set<RowKey> undone = keys(rows);
        skipped.forEach(row -> undone.remove(row.key()));
        if (!undone.isEmpty()) {
            log.noteUndone(target, batch, undone);
        }
        Set<RowKey> refused = skipped.stream()
                .filter(row -> row.why() == Why.REFUSED_BY_CONSTRAINT)
                .map(Skipped::key)
                .collect(Collectors.toSet());
        refused.retainAll(keys(rows));
        if (refused.isEmpty()) {
            waiting.remove(target);
        } else {
            waiting.put(target, new Waiting(target, batch.table(), refused));
        }
    }

    private static List<Skipped> ended(List<Skipped> skipped) {
        return skipped.stream()
                .filter(row -> row.why() != Why.REFUSED_BY_CONSTRAINT)
                .toList();
    }

    /// What no order of batches undoes.
    private boolean together() {
        Map<TableName, Map<RowKey, UndoRow>> rows = new LinkedHashMap<>();
        for (Waiting some : waiting()) {
            read(some.target(), batch -> {
                Map<RowKey, UndoRow> table = rows.computeIfAbsent(batch.table(), name -> new LinkedHashMap<>());
                only(batch, some.rows()).forEach(row -> table.putIfAbsent(row.key(), row));
            });
        }
        Map<TableName, List<UndoRow>> all = new LinkedHashMap<>();
        rows.forEach((table, some) -> all.put(table, List.copyOf(some.values())));
        Map<TableName, BatchOutcome> written =
                all.isEmpty() ? Map.of() : store.undoTogether(all).orElse(Map.of());
        for (Waiting some : waiting()) {
            read(some.target(), batch -> {
                BatchOutcome outcome = written.get(batch.table());
                if (outcome != null) {
                    settle(some.target(), batch, only(batch, some.rows()), outcome.skipped());
                }
            });
        }
        written.forEach((table, outcome) -> Repair.add(outcomes, table, outcome.skipping(ended(outcome.skipped()))));
        return written.values().stream().anyMatch(outcome -> outcome.written() > 0);
    }

    private void report(Waiting rows) {
        List<Skipped> skipped = rows.rows().stream()
                .map(key -> new Skipped(key, Why.REFUSED_BY_CONSTRAINT))
                .toList();
        Repair.add(outcomes, rows.table(), new BatchOutcome(0, 0, skipped));
    }

    private interface Use {
        void of(ArchiveUndoLog.Batch batch);
    }

    /// One file that cannot be read is no reason to leave the others.
    private void read(UndoTarget target, Use use) {
        ArchiveUndoLog.Batch batch;
        try {
            batch = log.batch(target);
        } catch (UndoFile.Damaged e) {
            waiting.remove(target);
            unreadable.add(LeftEntry.unreadable(log.number(target), Failure.text(e)));
            return;
        }
        use.of(batch);
    }

    private static List<UndoRow> only(ArchiveUndoLog.Batch batch, Set<RowKey> keys) {
        return batch.rows().stream().filter(row -> keys.contains(row.key())).toList();
    }

    private static Set<RowKey> keys(List<UndoRow> rows) {
        return rows.stream().map(UndoRow::key).collect(Collectors.toCollection(HashSet::new));
    }
}
