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
///
/// It can be cut: a pass over one chunk says which rows wait, and another pass takes them on.
public final class RepairPass {
    /// Refused rows that are kept for another try; more are only reported.
    private static final int MOST_REFUSED = 200_000;

    private final Repairs store;
    private final PlanStore plans;
    private final RepairPlan plan;
    private final UndoLog undo;
    private final Progress progress;
    private final Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
    private final Map<Target, List<PlannedRow>> refused = new LinkedHashMap<>();
    private int kept;
    private long done;

    public RepairPass(Repairs store, PlanStore plans, RepairPlan plan, UndoLog undo, Progress progress) {
        this.store = store;
        this.plans = plans;
        this.plan = plan;
        this.undo = undo;
        this.progress = progress;
    }

    /// Rows that a constraint refused and that may be taken once others are written.
    ///
    /// @param rows all of one table and class
    public record Waiting(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        public Waiting {
            rows = List.copyOf(rows);
        }
    }

    /// What is written together: rows of one table and class.
    private record Target(TableName table, DifferenceClass kind) {
        static Target of(Chunk chunk) {
            return new Target(chunk.table(), chunk.kind());
        }
    }

    /// Everything, from the first row to the last.
    void run() throws Refused {
        for (Chunk chunk : inOrder(plan.chunks())) {
            run(chunk);
        }
        again();
    }

    /// One chunk; what a constraint refuses waits for [#again].
    public void run(Chunk chunk) throws Refused {
        plans.rows(plan.id(), chunk, store.batchRows(chunk.table()), rows -> batch(Target.of(chunk), rows));
    }

    /// What was refused, again and again while that gets anywhere; the rest is reported.
    public void again() {
        List<Target> targets =
                inOrder(plan.chunks()).stream().map(Target::of).distinct().toList();
        do {
            progress.at("repair what waited for other rows", done, plan.counts().repairs());
            together();
        } while (retry(targets));
        refused.forEach(this::report);
        refused.clear();
        kept = 0;
    }

    /// The rows that wait.
    public List<Waiting> waiting() {
        return refused.entrySet().stream()
                .map(entry -> new Waiting(entry.getKey().table(), entry.getKey().kind(), entry.getValue()))
                .toList();
    }

    /// Takes on rows that another pass left waiting.
    public void takeOn(Waiting waiting) {
        refused.computeIfAbsent(new Target(waiting.table(), waiting.kind()), ignored -> new ArrayList<>())
                .addAll(waiting.rows());
        kept += waiting.rows().size();
    }

    /// Chunks come parents first; deletes are moved to the end and turned round.
    public static List<Chunk> inOrder(List<Chunk> chunks) {
        List<Chunk> order = new ArrayList<>(chunks.stream()
                .filter(chunk -> chunk.kind() != DifferenceClass.UNEXPECTED_IN_LIVE)
                .toList());
        chunks.reversed().stream()
                .filter(chunk -> chunk.kind() == DifferenceClass.UNEXPECTED_IN_LIVE)
                .forEach(order::add);
        return order;
    }

    /// Everything that waits, at once; what is still refused keeps waiting.
    private void together() {
        Map<TableName, List<PlannedRow>> waiting = new LinkedHashMap<>();
        refused.forEach((target, rows) -> waiting.computeIfAbsent(target.table(), table -> new ArrayList<>())
                .addAll(rows));
        if (waiting.isEmpty()) {
            return;
        }
        store.together(waiting, undo).orElse(Map.of()).forEach((table, outcome) -> {
            Map<Boolean, List<Skipped>> skipped = outcome.skipped().stream()
                    .collect(Collectors.partitioningBy(row -> row.why() == Why.REFUSED_BY_CONSTRAINT));
            Set<RowKey> open = skipped.getOrDefault(true, List.of()).stream()
                    .map(Skipped::key)
                    .collect(Collectors.toSet());
            keepOnly(table, open);
            done += outcome.written() + outcome.alreadyDone();
            Repair.add(outcomes, table, outcome.skipping(skipped.getOrDefault(false, List.of())));
        });
    }

    private void keepOnly(TableName table, Set<RowKey> open) {
        refused.replaceAll((target, rows) -> target.table().equals(table)
                ? new ArrayList<>(
                        rows.stream().filter(row -> open.contains(row.key())).toList())
                : rows);
        refused.values().removeIf(List::isEmpty);
        kept = refused.values().stream().mapToInt(List::size).sum();
    }

    private boolean retry(List<Target> targets) {
        long before = done;
        for (Target target : targets) {
            List<PlannedRow> rows = refused.remove(target);
            if (rows != null) {
                kept -= rows.size();
                int some = store.batchRows(target.table());
                for (int from = 0; from < rows.size(); from += some) {
                    batch(target, rows.subList(from, Math.min(from + some, rows.size())));
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
        Repair.add(outcomes, target.table(), outcome.skipping(ended));
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

    /// What became of the rows so far, but for those that wait.
    public Map<TableName, BatchOutcome> outcomes() {
        return new HashMap<>(outcomes);
    }

    Set<RowKey> skippedKeys(TableName table) {
        return outcomes.getOrDefault(table, BatchOutcome.NOTHING).skipped().stream()
                .map(Skipped::key)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
