package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// Takes a repair back from its undo log, the last batch first: each row only if live still is what the repair wrote.
public final class Undo {
    private final Repairs store;
    private final Archive archive;
    private final Progress progress;

    public Undo(Repairs store, Archive archive, Progress progress) {
        this.store = store;
        this.archive = archive;
        this.progress = progress;
    }

    /// Takes back what the undo log holds; can be called again after it was broken off anywhere.
    ///
    /// @throws Refused before the first write when anything speaks against it
    public RepairReport run(RepairRequest request) throws Refused {
        RepairPlan plan = new PlanStore(archive).plan(request.plan());
        Repair.refuse(plan.refuses(request.environment(), plan.header().createdAt(), request.maxAge()));
        Repair.refuse(store.refuses(plan));
        ArchiveUndoLog log = new ArchiveUndoLog(archive, plan.id());
        List<String> files = log.files();
        if (files.isEmpty()) {
            throw new Refused(new Refusal(
                    "LB-416",
                    "plan \"%s\" was never carried out from here".formatted(plan.id()),
                    "check the id and --plans"));
        }
        Repair.lock(store, "undo of plan %s by %s".formatted(plan.id(), request.who()));
        Map<TableName, BatchOutcome> outcomes = takeBack(log, files);
        return new RepairReport(plan.id(), outcomes, List.of(), new RepairReport.Verification.NotAsked());
    }

    private Map<TableName, BatchOutcome> takeBack(ArchiveUndoLog log, List<String> files) {
        Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
        List<String> open = files.reversed();
        boolean moved = true;
        boolean triedTogether = false;
        while (moved && !open.isEmpty()) {
            List<String> refused = new ArrayList<>();
            moved = false;
            for (String file : open) {
                progress.at("take back", files.size() - open.size(), files.size());
                moved |= takeBack(log.batch(file), file, refused, outcomes);
            }
            open = refused;
            if (!moved && !open.isEmpty()) {
                moved = together(log, open, outcomes) || !triedTogether;
                triedTogether = true;
            }
        }
        open.forEach(file -> report(log.batch(file), outcomes));
        return outcomes;
    }

    /// One batch; a batch that a constraint refuses a row of comes again.
    private boolean takeBack(
            ArchiveUndoLog.Batch batch, String file, List<String> refused, Map<TableName, BatchOutcome> outcomes) {
        BatchOutcome outcome = batch.rows().isEmpty() ? BatchOutcome.NOTHING : store.undo(batch.table(), batch.rows());
        List<Skipped> ended = new ArrayList<>(outcome.skipped());
        if (ended.removeIf(skipped -> skipped.why() == Why.REFUSED_BY_CONSTRAINT)) {
            refused.add(file);
            ended.clear();
        }
        Repair.add(outcomes, batch.table(), new BatchOutcome(outcome.written(), outcome.alreadyDone(), ended));
        return outcome.written() > 0;
    }

    /// What no order of batches takes back, at once.
    private boolean together(ArchiveUndoLog log, List<String> open, Map<TableName, BatchOutcome> outcomes) {
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

    /// The last word on a batch that still holds refused rows.
    private void report(ArchiveUndoLog.Batch batch, Map<TableName, BatchOutcome> outcomes) {
        BatchOutcome last = store.undo(batch.table(), batch.rows());
        Set<Skipped> known = outcomes.getOrDefault(batch.table(), BatchOutcome.NOTHING).skipped().stream()
                .collect(Collectors.toSet());
        List<Skipped> ended = last.skipped().stream()
                .filter(skipped -> !known.contains(skipped))
                .toList();
        Repair.add(outcomes, batch.table(), new BatchOutcome(last.written(), 0, ended));
    }
}
