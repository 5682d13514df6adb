package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks again at every planned row after a repair: does live hold what the plan wanted?
public final class Verifier {
    private static final int SAMPLES = 10;

    private final Repairs store;
    private final PlanStore plans;
    private final RepairPlan plan;
    private final Progress progress;
    private Looked looked = Looked.AT_NOTHING;

    public Verifier(Repairs store, PlanStore plans, RepairPlan plan, Progress progress) {
        this.store = store;
        this.plans = plans;
        this.plan = plan;
        this.progress = progress;
    }

    /// What was looked at so far.
    ///
    /// @param rows planned rows looked at
    /// @param skipped of these, rows that differ because the repair skipped them
    /// @param differing rows that differ though they were not skipped
    /// @param samples a few of those
    public record Looked(long rows, long skipped, long differing, List<RowKey> samples) {
        public static final Looked AT_NOTHING = new Looked(0, 0, 0, List.of());

        public Looked {
            samples = List.copyOf(samples);
        }

        /// Both together.
        public Looked plus(Looked other) {
            List<RowKey> both = new ArrayList<>(samples);
            both.addAll(other.samples);
            return new Looked(
                    rows + other.rows,
                    skipped + other.skipped,
                    differing + other.differing,
                    both.subList(0, Math.min(both.size(), SAMPLES)));
        }

        public RepairReport.Verification verification() {
            return differing == 0
                    ? new RepairReport.Verification.Verified(rows, skipped)
                    : new RepairReport.Verification.Differs(rows, differing, samples);
        }
    }

    /// Looks at the rows of one chunk.
    ///
    /// @param skipped rows of its table that the repair skipped
    public void look(Chunk chunk, Set<RowKey> skipped) throws Refused {
        plans.rows(plan.id(), chunk, store.batchRows(chunk.table()), rows -> {
            progress.at("verify " + chunk.table(), looked.rows(), plan.counts().repairs());
            List<PlannedRow> differing = store.differing(chunk.table(), chunk.kind(), rows);
            List<PlannedRow> unexplained = differing.stream()
                    .filter(row -> !skipped.contains(row.key()))
                    .toList();
            looked = looked.plus(new Looked(
                    count(rows),
                    count(differing) - count(unexplained),
                    count(unexplained),
                    unexplained.stream().map(PlannedRow::key).toList()));
        });
    }

    private static long count(List<PlannedRow> rows) {
        return rows.stream().mapToLong(PlannedRow::rows).sum();
    }

    public Looked looked() {
        return looked;
    }
}
