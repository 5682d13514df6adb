package lifeboat.reconcile.flow;

import java.util.Optional;
import lifeboat.reconcile.PlanId;

/// How a run ended.
///
/// @param state in one word
/// @param headline in one line
/// @param text all of it, as a person reads it
/// @param plan the plan that was made, carried out or taken back; empty: there is none
public record Ended(State state, String headline, String text, Optional<PlanId> plan) {
    /// How it ended, in one word.
    public enum State {
        /// Everything was compared and nothing differs but what is explained.
        EQUAL,
        /// Differences were found; the plan waits for approval.
        DIFFERENT,
        /// Not everything could be compared; the plan covers the rest.
        INCOMPLETE,
        /// Every planned row is repaired and verified.
        REPAIRED,
        /// Repaired, but for rows that were skipped or differ again.
        PARTLY_REPAIRED,
        /// Taken back, row by row.
        UNDONE,
        /// Taken back, but for rows that were skipped.
        PARTLY_UNDONE,
        /// It could not run to its end; what was done is done, and the same can be asked for again.
        FAILED
    }
}
