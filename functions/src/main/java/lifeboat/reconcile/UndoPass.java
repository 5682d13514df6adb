package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// The way back: batches of an undo log, the last one first, and those of which a constraint refuses a row again after
/// the rest, for as long as that gets anywhere.
///
/// It can be cut: a pass over some batches says which are open, and another pass takes them on.
public final class UndoPass {
    private final Repairs store;
    private final ArchiveUndoLog log;
    private final Progress progress;
    private final Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
    private final List<String> open = new ArrayList<>();

    public UndoPass(Repairs store, ArchiveUndoLog log, Progress progress) {
        this.store = store;
        this.log = log;
        this.progress = progress;
    }

    /// Takes batches back; one that a constraint refuses a row of stays open.
    ///
    /// @param files batches of the log, in the order in which they are taken back
    /// @return whether anything was written
    public boolean run(List<String> files) {
        boolean moved = false;
        int done = 0;
        for (String file : files) {
            progress.at("take back", done++, files.size());
            moved |= takeBack(log.batch(file), file);
        }
        return moved;
    }

    /// The batches that are open.
    public List<String> open() {
        return List.copyOf(open);
    }

    /// Takes on batches that another pass left open.
    public void takeOn(List<String> files) {
        open.addAll(files);
    }

    /// What is open, again and again while that gets anywhere, at last all at once; the rest is reported.
    public void again() {
        boolean moved = true;
        boolean triedTogether = false;
        while (moved && !open.isEmpty()) {
            List<String> files = open();
            open.clear();
            moved = run(files);
            if (!moved && !open.isEmpty()) {
                moved = together() || !triedTogether; // once it was tried, the store takes batches apart
                triedTogether = true;
            }
        }
        open.forEach(file -> report(log.batch(file)));
        open.clear();
    }

    /// What no order of batches takes back.
    private boolean together() {
        Map<TableName, Map<RowKey, UndoRow>> rows = new LinkedHashMap<>();
        for (String file : open) {
            ArchiveUndoLog.Batch batch = log.batch(file);
            Map<RowKey, UndoRow> some = rows.computeIfAbsent(batch.table(), table -> new LinkedHashMap<>());
            batch.rows().forEach(row -> some.putIfAbsent(row.key(), row));
        }
        Map<TableName, List<UndoRow>> waiting = new LinkedHashMap<>();
        rows.forEach((table, some) -> waiting.put(table, List.copyOf(some.values())));
        Map<TableName, BatchOutcome> written =
                waiting.isEmpty() ? Map.of() : store.undoTogether(waiting).orElse(Map.of());
        written.forEach(
                (table, outcome) -> Repair.add(outcomes, table, new BatchOutcome(outcome.written(), 0, List.of())));
        return written.values().stream().anyMatch(outcome -> outcome.written() > 0);
    }

    /// What became of the rows so far, but for those of open batches.
    public Map<TableName, BatchOutcome> outcomes() {
        return Map.copyOf(outcomes);
    }

    private boolean takeBack(ArchiveUndoLog.Batch batch, String file) {
        BatchOutcome outcome = batch.rows().isEmpty() ? BatchOutcome.NOTHING : store.undo(batch.table(), batch.rows());
        List<Skipped> ended = new ArrayList<>(outcome.skipped());
        if (ended.removeIf(skipped -> skipped.why() == Why.REFUSED_BY_CONSTRAINT)) {
            open.add(file);
            ended.clear();
        }
        Repair.add(outcomes, batch.table(), new BatchOutcome(outcome.written(), outcome.alreadyDone(), ended));
        return outcome.written() > 0;
    }

    /// The last word on a batch that still holds refused rows.
    private void report(ArchiveUndoLog.Batch batch) {
        BatchOutcome last = store.undo(batch.table(), batch.rows());
        Set<Skipped> known = outcomes.getOrDefault(batch.table(), BatchOutcome.NOTHING).skipped().stream()
                .collect(Collectors.toSet());
        List<Skipped> ended = last.skipped().stream()
                .filter(skipped -> !known.contains(skipped))
                .toList();
        Repair.add(outcomes, batch.table(), new BatchOutcome(last.written(), 0, ended));
    }
}
