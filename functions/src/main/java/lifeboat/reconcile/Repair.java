package lifeboat.reconcile;

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
        var undo = new ArchiveUndoLog(archive, plan.id());
        var pass = new RepairPass(store, plans, plan, undo, progress);
        pass.run();
        undo.seal();
        List<String> settled = store.settle(plan);
        return new RepairReport(plan.id(), pass.outcomes(), settled, verify(plans, plan, pass));
    }

    public static void refuse(Optional<Refusal> refusal) throws Refused {
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
    }

    static void lock(Repairs store, String who) throws Refused {
        refuseWhileHeld(store.take(who));
    }

    /// @param holder who has the right to repair; empty: it is ours
    public static void refuseWhileHeld(Optional<String> holder) throws Refused {
        if (holder.isPresent()) {
            throw new Refused(new Refusal(
                    "LB-415",
                    "another repair or undo of the same live store is running: " + holder.get(),
                    "wait for it to end, then ask again: a plan can be carried out twice without harm"));
        }
    }

    private RepairReport.Verification verify(PlanStore plans, RepairPlan plan, RepairPass pass) throws Refused {
        var verifier = new Verifier(store, plans, plan, progress);
        for (Chunk chunk : plan.chunks()) {
            verifier.look(chunk, pass.skippedKeys(chunk.table()));
        }
        return verifier.looked().verification();
    }

    /// Outcomes a table, in one map.
    static void add(Map<TableName, BatchOutcome> outcomes, TableName table, BatchOutcome outcome) {
        outcomes.merge(table, outcome, BatchOutcome::plus);
    }
}
