package lifeboat.reconcile;

import java.util.List;

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
        var pass = new UndoPass(store, log, progress);
        pass.run(files.reversed());
        pass.again();
        return new RepairReport(plan.id(), pass.outcomes(), List.of(), new RepairReport.Verification.NotAsked());
    }
}
