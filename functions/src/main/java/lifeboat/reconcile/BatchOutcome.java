package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;

/// What became of the rows of one batch, or of many.
///
/// @param written rows that were repaired or taken back
/// @param alreadyDone rows that already were what they should become
/// @param skipped rows that were left alone because a side is no longer what the plan saw
/// @param sideEffects what triggers wrote besides
public record BatchOutcome(long written, long alreadyDone, List<Skipped> skipped, List<SideEffect> sideEffects) {
    /// Nothing yet.
    public static final BatchOutcome NOTHING = new BatchOutcome(0, 0, List.of());

    public BatchOutcome {
        skipped = List.copyOf(skipped);
        sideEffects = List.copyOf(sideEffects);
    }

    /// Rows that were written without any other effect.
    public BatchOutcome(long written, long alreadyDone, List<Skipped> skipped) {
        this(written, alreadyDone, skipped, List.of());
    }

    /// The same, with other rows that were left alone.
    public BatchOutcome skipping(List<Skipped> others) {
        return new BatchOutcome(written, alreadyDone, others, sideEffects);
    }

    /// The same, with what triggers wrote besides.
    public BatchOutcome with(List<SideEffect> effects) {
        return new BatchOutcome(written, alreadyDone, skipped, SideEffect.merged(sideEffects, effects));
    }

    /// A row that was left alone.
    ///
    /// @param key the row
    /// @param why what was seen
    public record Skipped(RowKey key, Why why) {}

    /// Why a row was left alone.
    public enum Why {
        /// Somebody wrote it in live since it was compared.
        LIVE_CHANGED_SINCE("written in live since it was compared"),
        /// The copy no longer holds what was compared.
        COPY_CHANGED_SINCE("no longer in the copy what it was"),
        /// A constraint of live refuses it: a unique value that a good row has taken since, a row that still refers to
        /// it.
        REFUSED_BY_CONSTRAINT("a constraint of live refuses it"),
        /// A trigger of live turns it into something else than the plan wanted; nothing was written.
        REWRITTEN_BY_TRIGGER("a trigger of live would write something else"),
        /// A trigger of live keeps it from being written.
        SUPPRESSED_BY_TRIGGER("a trigger of live keeps it from being written"),
        /// Somebody held it for too long.
        LOCKED("locked by somebody else"),
        /// No condition can say what was seen, so that writing would be blind.
        CANNOT_BE_GUARDED("no condition can say what was seen"),
        /// Live, or the undo log, cannot take a value of that size.
        TOO_LARGE("larger than live or the undo log takes"),
        /// Carried as text, a value would become another one: in live, or by the undo.
        CANNOT_BE_CARRIED("a value would not arrive as it is");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /// As a person reads it.
        public String text() {
            return text;
        }
    }

    /// Both together.
    public BatchOutcome plus(BatchOutcome other) {
        List<Skipped> both = new ArrayList<>(skipped);
        both.addAll(other.skipped);
        return new BatchOutcome(
                written + other.written,
                alreadyDone + other.alreadyDone,
                both,
                SideEffect.merged(sideEffects, other.sideEffects));
    }
}
