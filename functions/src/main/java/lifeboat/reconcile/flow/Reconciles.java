package lifeboat.reconcile.flow;

import java.time.InstantSource;
import lifeboat.catalog.Environment;
import lifeboat.reconcile.Archive;
import lifeboat.recovery.RecoveryLedger;

/// Everything that a reconcile is made of, over one archive and one region's stores.
///
/// @param environment in which plans are made and carried out
/// @param ledger says which copies there are
/// @param sides the ways to copies and live
/// @param archive keeps runs, plans and undo logs
/// @param clock the time
public record Reconciles(
        Environment environment, RecoveryLedger ledger, Sides sides, Archive archive, InstantSource clock) {
    /// The front door.
    public ReconcileDoor door(Machines machines) {
        return new ReconcileDoor(environment, ledger, sides, runs(), machines, clock);
    }

    public ComparisonSteps comparison() {
        return new ComparisonSteps(environment, ledger, sides, runs(), clock);
    }

    public RepairSteps repair() {
        return new RepairSteps(writing(), environment, clock);
    }

    public UndoSteps undo() {
        return new UndoSteps(writing(), environment);
    }

    public Closing closing(Endings endings) {
        return new Closing(runs(), writing(), endings);
    }

    private Writing writing() {
        return new Writing(environment.name(), ledger, sides, runs(), clock);
    }

    private Runs runs() {
        return new Runs(archive);
    }
}
