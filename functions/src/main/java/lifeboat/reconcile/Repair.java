package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out a plan: only by its id, only where and while it is valid, each row only if live still is what the plan
/// saw. It can be called again after it was broken off anywhere: rows that are done already are seen to be done.
public final class Repair {
    private final Repairs store;
    private final Archive archive;
    private final Progress progress;

    public Repair(Repairs store, Archive archive, Progress progress) {
        this.store = store;
        this.archive = archive;
        this.progress = progress;
    }

    /// Repairs and verifies.
    ///
    /// @throws Refused before the first write when anything speaks against it
    public RepairReport run(RepairRequest request) throws Refused {
        PlanStore plans = new PlanStore(archive);
        RepairPlan plan = plans.plan(request.plan());
        refuse(plan.refuses(request.environment(), request.now(), request.maxAge()));
        refuse(request.cap().refuses(plan.counts()));
        refuse(store.refuses(plan));
        plans.check(plan);
        lock(store, "repair of plan %s by %s".formatted(plan.id(), request.who()));
        var pass = new RepairPass(store, plans, plan, new ArchiveUndoLog(archive, plan.id()), progress);
        pass.run();
        List<String> settled = store.settle(plan);
        return new RepairReport(plan.id(), pass.outcomes(), settled, verify(plans, plan, pass));
    }

    static void refuse(Optional<Refusal> refusal) throws Refused {
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
    }

    static void lock(Repairs store, String who) throws Refused {
        Optional<String> holder = store.take(who);
        if (holder.isPresent()) {
            throw new Refused(new Refusal(
                    "LB-415",
                    "another repair or undo of the same live store is running: " + holder.get(),
                    "wait for it to end, then ask again: a plan can be carried out twice without harm"));
        }
    }

    private RepairReport.Verification verify(PlanStore plans, RepairPlan plan, RepairPass pass) throws Refused {
        var tally = new Tally();
        for (Chunk chunk : plan.chunks()) {
            var skipped = pass.skippedKeys(chunk.table());
            plans.rows(plan.id(), chunk, store.batchRows(), rows -> {
                progress.at("verify " + chunk.table(), tally.rows, plan.counts().repairs());
                tally.rows += rows.size();
                for (PlannedRow row : store.differing(chunk.table(), chunk.kind(), rows)) {
                    tally.count(row.key(), skipped.contains(row.key()));
                }
            });
        }
        return tally.differing == 0
                ? new RepairReport.Verification.Verified(tally.rows, tally.skipped)
                : new RepairReport.Verification.Differs(tally.rows, tally.differing, tally.samples);
    }

    /// What the look afterwards counted.
    private static final class Tally {
        long rows;
        long skipped;
        long differing;
        final List<RowKey> samples = new ArrayList<>();

        void count(RowKey key, boolean wasSkipped) {
            if (wasSkipped) {
                skipped++;
            } else if (++differing <= 10) {
                samples.add(key);
            }
        }
    }

    /// Outcomes a table, in one map.
    static void add(Map<TableName, BatchOutcome> outcomes, TableName table, BatchOutcome outcome) {
        outcomes.merge(table, outcome, BatchOutcome::plus);
    }
}
