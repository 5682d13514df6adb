package lifeboat.reconcile.flow;

import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryId;

/// What a person asks at the front door.
sealed interface Request {
    /// Compare the copy of a resource with live.
    record Diff(RecoveryId recovery, ResourceName resource, Choice choice, Optional<String> explainedBy, int samples)
            implements Request {}

    /// Show a plan.
    record Show(PlanId plan) implements Request {}

    /// Carry a plan out.
    ///
    /// @param dryRun whether to say only what would be done
    record Apply(PlanId plan, Cap cap, Triggers triggers, boolean dryRun) implements Request {}

    /// Undo a repair.
    ///
    /// @param entries of the undo log that are named
    record Undo(PlanId plan, Triggers triggers, UndoEntries entries) implements Request {}

    /// Say where a run stands.
    record Status(RunId run) implements Request {}
}
