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
        while (moved && !open.isEmpty()) {
            List<String> refused = new ArrayList<>();
            moved = false;
            for (String file : open) {
                progress.at("take back", files.size() - open.size(), files.size());
                moved |= takeBack(log.batch(file), file, refused, outcomes);
            }
            open = refused;
        }
        takeBackAtOnce(open.stream().map(log::batch).toList(), outcomes);
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

    /// The last word on batches that still hold refused rows.
    private void takeBackAtOnce(List<ArchiveUndoLog.Batch> batches, Map<TableName, BatchOutcome> outcomes) {
        int rows = batches.stream().mapToInt(batch -> batch.rows().size()).sum();
        if (rows == 0 || rows > RepairPass.MOST_AT_ONCE) {
            batches.forEach(batch -> report(batch.table(), store.undo(batch.table(), batch.rows()), outcomes));
            return;
        }
        List<BatchOutcome> last = store.undoAtOnce(batches.stream()
                .map(batch -> new Repairs.Written(batch.table(), batch.rows()))
                .toList());
        for (int i = 0; i < last.size(); i++) {
            report(batches.get(i).table(), last.get(i), outcomes);
        }
    }

    private static void report(TableName table, BatchOutcome last, Map<TableName, BatchOutcome> outcomes) {
        Set<Skipped> known = outcomes.getOrDefault(table, BatchOutcome.NOTHING).skipped().stream()
                .collect(Collectors.toSet());
        List<Skipped> ended = last.skipped().stream()
                .filter(skipped -> !known.contains(skipped))
                .toList();
        Repair.add(outcomes, table, new BatchOutcome(last.written(), 0, ended));
    }
}
