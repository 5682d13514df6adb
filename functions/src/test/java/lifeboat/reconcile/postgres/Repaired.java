package lifeboat.reconcile.postgres;

import java.nio.file.Path;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.sql.Triggers;

/// Carries plans out and takes them back, in tests.
final class Repaired {
    private Repaired() {}

    static RepairReport by(Databases databases, Path folder, RepairPlan plan) throws Refused {
        return by(databases, folder, plan, Triggers.ASK);
    }

    static RepairReport by(Databases databases, Path folder, RepairPlan plan, Triggers triggers) throws Refused {
        return by(databases, folder, plan, databases.liveEndpoint(), triggers, Progress.SILENT);
    }

    static RepairReport by(
            Databases databases, Path folder, RepairPlan plan, Endpoint live, Triggers triggers, Progress progress)
            throws Refused {
        var tables = plan.header().rules().selection().tables();
        try (var store = PostgresRepairs.open(databases.copyEndpoint(), live, tables, triggers)) {
            return new Repair(store, new LocalArchive(folder), progress).run(request(plan.id(), new Cap(100, true)));
        }
    }

    static RepairReport undone(Databases databases, Path folder, RepairPlan plan, Triggers triggers) throws Refused {
        var tables = plan.header().rules().selection().tables();
        try (var store = PostgresRepairs.open(databases.copyEndpoint(), databases.liveEndpoint(), tables, triggers)) {
            return new Undo(store, new LocalArchive(folder), Progress.SILENT)
                    .run(request(plan.id(), new Cap(100, true)));
        }
    }

    static RepairRequest request(PlanId plan, Cap cap) {
        return new RepairRequest(plan, Found.HERE, Found.NOW, RepairRequest.DEFAULT_MAX_AGE, cap, "a test");
    }
}
