package lifeboat.reconcile;

import java.util.ArrayList;
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

    /// Undoes what is known to have been written; can be called again after it was broken off anywhere.
    ///
    /// @throws Refused before the first write when anything speaks against it
    public RepairReport run(RepairRequest request) throws Refused {
        return run(request, UndoEntries.KNOWN);
    }

    /// Undoes those entries of the log that a person names, or what is known to have been written.
    ///
    /// @throws Refused before the first write when anything speaks against it
    public RepairReport run(RepairRequest request, UndoEntries entries) throws Refused {
        RepairPlan plan = new PlanStore(archive).plan(request.plan());
        Repair.refuse(plan.refuses(request.environment(), plan.header().createdAt(), request.maxAge()));
        Repair.refuse(store.refuses(plan));
        ArchiveUndoLog log = new ArchiveUndoLog(archive, plan.id());
        Repair.lock(store, "undo of plan %s by %s".formatted(plan.id(), request.who()));
        UndoSelection selection = new UndoSelector(store, log, plan.id()).select(entries);
        var pass = new UndoPass(store, log, progress);
        pass.run(selection.targets());
        pass.again();
        List<LeftEntry> left = new ArrayList<>(selection.left());
        left.addAll(pass.unreadable());
        return new RepairReport(
                plan.id(),
                pass.outcomes(),
                log.notBroughtBack(selection),
                new RepairReport.Verification.NotAsked(),
                left);
    }
}
