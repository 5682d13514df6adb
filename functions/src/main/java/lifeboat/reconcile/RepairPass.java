package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// The writes of one repair in an order that constraints allow: inserts and changes parents first, deletes children
/// first, and what a constraint refused again after the rest, for as long as that gets anywhere.
final class RepairPass {
    /// Refused rows that are kept for another try; more are only reported.
    private static final int MOST_REFUSED = 200_000;

    /// Refused rows that fit one transaction.
    static final int MOST_AT_ONCE = 2_000;

    private final Repairs store;
    private final PlanStore plans;
    private final RepairPlan plan;
    private final UndoLog undo;
    private final Progress progress;
    private final Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
    private final Map<Target, List<PlannedRow>> refused = new LinkedHashMap<>();
    private int kept;
    private long done;

    RepairPass(Repairs store, PlanStore plans, RepairPlan plan, UndoLog undo, Progress progress) {
        this.store = store;
        this.plans = plans;
        this.plan = plan;
        this.undo = undo;
        this.progress = progress;
    }

    /// What is written together: rows of one table and class.
    private record Target(TableName table, DifferenceClass kind) {
        static Target of(Chunk chunk) {
            return new Target(chunk.table(), chunk.kind());
        }
    }

    void run() throws Refused {
        List<Chunk> order = inOrder(plan.chunks());
        for (Chunk chunk : order) {
            plans.rows(plan.id(), chunk, store.batchRows(), rows -> batch(Target.of(chunk), rows));
        }
        List<Target> targets = order.stream().map(Target::of).distinct().toList();
        while (retry(targets)) {
            progress.at("repair what waited for other rows", done, plan.counts().repairs());
        }
        if (kept <= MOST_AT_ONCE) {
            repairAtOnce();
        }
        refused.forEach(this::report);
    }

    private void repairAtOnce() {
        List<Repairs.Planned> waiting = refused.entrySet().stream()
                .map(entry -> new Repairs.Planned(
                        entry.getKey().table(), entry.getKey().kind(), entry.getValue()))
                .toList();
        refused.clear();
        if (!waiting.isEmpty()) {
            List<BatchOutcome> ended = store.repairAtOnce(waiting, undo);
            for (int i = 0; i < ended.size(); i++) {
                Repair.add(outcomes, waiting.get(i).table(), ended.get(i));
            }
        }
    }

    /// Chunks come parents first; deletes are moved to the end and turned round.
    private static List<Chunk> inOrder(List<Chunk> chunks) {
        List<Chunk> order = new ArrayList<>(chunks.stream()
                .filter(chunk -> chunk.kind() != DifferenceClass.UNEXPECTED_IN_LIVE)
                .toList());
        chunks.reversed().stream()
                .filter(chunk -> chunk.kind() == DifferenceClass.UNEXPECTED_IN_LIVE)
                .forEach(order::add);
        return order;
    }

    private boolean retry(List<Target> targets) {
        long before = done;
        for (Target target : targets) {
            List<PlannedRow> rows = refused.remove(target);
            if (rows != null) {
                kept -= rows.size();
                for (int from = 0; from < rows.size(); from += store.batchRows()) {
                    batch(target, rows.subList(from, Math.min(from + store.batchRows(), rows.size())));
                }
            }
        }
        return done > before && !refused.isEmpty();
    }

    private void batch(Target target, List<PlannedRow> rows) {
        progress.at("repair " + target.table(), done, plan.counts().repairs());
        BatchOutcome outcome = store.repair(target.table(), target.kind(), rows, undo);
        Set<RowKey> again = outcome.skipped().stream()
                .filter(skipped -> skipped.why() == Why.REFUSED_BY_CONSTRAINT)
                .map(Skipped::key)
                .collect(Collectors.toSet());
        List<Skipped> ended = new ArrayList<>(outcome.skipped());
        if (kept + again.size() <= MOST_REFUSED) {
            ended.removeIf(skipped -> again.contains(skipped.key()));
            keep(target, rows, again);
        }
        done += outcome.written() + outcome.alreadyDone();
        Repair.add(outcomes, target.table(), new BatchOutcome(outcome.written(), outcome.alreadyDone(), ended));
    }

    private void keep(Target target, List<PlannedRow> rows, Set<RowKey> again) {
        if (!again.isEmpty()) {
            kept += again.size();
            List<PlannedRow> waiting = refused.computeIfAbsent(target, ignored -> new ArrayList<>());
            rows.stream().filter(row -> again.contains(row.key())).forEach(waiting::add);
        }
    }

    private void report(Target target, List<PlannedRow> rows) {
        List<Skipped> skipped = rows.stream()
                .map(row -> new Skipped(row.key(), Why.REFUSED_BY_CONSTRAINT))
                .toList();
        Repair.add(outcomes, target.table(), new BatchOutcome(0, 0, skipped));
    }

    Map<TableName, BatchOutcome> outcomes() {
        return new HashMap<>(outcomes);
    }

    Set<RowKey> skippedKeys(TableName table) {
        return outcomes.getOrDefault(table, BatchOutcome.NOTHING).skipped().stream()
                .map(Skipped::key)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
