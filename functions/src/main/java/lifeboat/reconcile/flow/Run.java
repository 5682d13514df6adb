package lifeboat.reconcile.flow;

import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryId;

/// One run of a reconcile: what a person asked for, of which copy.
///
/// @param id its id
/// @param recovery the recovery that made the copy
/// @param resource whose copy it is
/// @param work what is done
public record Run(RunId id, RecoveryId recovery, ResourceName resource, Work work) {
    /// What a run does.
    public sealed interface Work {
        /// The word by which the state machine tells it.
        String action();

        /// Compares the copy with live and makes a plan; writes to neither.
        ///
        /// @param choice what of the differences the plan shall repair
        /// @param explainedBy column or attribute with the time of the last write; empty: every difference
        ///     counts
        /// @param samples differences shown a table and class
        /// @param acceptCopy the standing of a copy that is used though it is not sound; empty: none
        record Compare(Choice choice, Optional<String> explainedBy, int samples, Optional<String> acceptCopy)
                implements Work {
            @Override
            public String action() {
                return "DIFF";
            }
        }

        /// Carries a plan out.
        ///
        /// @param cap how much of live it may change
        /// @param triggers what happens to user triggers of live
        /// @param acceptCopy the standing of a copy that is used though it is not sound; empty: none
        record Apply(PlanId plan, Cap cap, Triggers triggers, Optional<String> acceptCopy) implements Work {
            @Override
            public String action() {
                return "APPLY";
            }
        }

        /// Undoes a repair.
        ///
        /// @param triggers what happens to user triggers of live
        /// @param entries of the undo log that are named
        record TakeBack(PlanId plan, Triggers triggers, UndoEntries entries) implements Work {
            @Override
            public String action() {
                return "UNDO";
            }
        }
    }

    /// Who holds the right to repair while this run lasts, as the next one is told: its id first, for names are cut.
    String holder() {
        return switch (work) {
            case Work.Compare _ -> id + ", comparison";
            case Work.Apply apply -> "%s, repair of plan %s".formatted(id, apply.plan());
            case Work.TakeBack undo -> "%s, undo of plan %s".formatted(id, undo.plan());
        };
    }
}
