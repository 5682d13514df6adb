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
    ///
    /// @param acceptCopy the standing of a copy that is used though it is not sound; empty: none
    record Diff(
            RecoveryId recovery,
            ResourceName resource,
            Choice choice,
            Optional<String> explainedBy,
            int samples,
            Optional<String> acceptCopy)
            implements Request {}

    /// Show a plan.
    record Show(PlanId plan) implements Request {}

    /// Carry a plan out.
    ///
    /// @param dryRun whether to say only what would be done
    /// @param acceptCopy the standing of a copy that is used though it is not sound; empty: none
    record Apply(PlanId plan, Cap cap, Triggers triggers, boolean dryRun, Optional<String> acceptCopy)
            implements Request {}

    /// Undo a repair.
    ///
    /// @param entries of the undo log that are named
    record Undo(PlanId plan, Triggers triggers, UndoEntries entries) implements Request {}

    /// Say where a run stands.
    record Status(RunId run) implements Request {}
}
