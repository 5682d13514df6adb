package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.integrity.Segment;
import lifeboat.restore.Ticket;

/// One copy in the ledger: what was planned, and what has happened to it since.
///
/// @param copy what was planned
/// @param waitingFor why its restore could not be started when it was last asked for; empty: it was never
///     kept waiting
/// @param ticket how the started restore is found again; empty: not started
/// @param restoreStartedAt when the restore was asked for
/// @param restoreCompletedAt when the restore was done
/// @param completedByService whether the service recorded that time; otherwise it is when we first saw it
/// @param configuredAt when the settings were re-applied
/// @param parityGaps settings that could not be re-applied, each with the reason
/// @param inspection the planned pieces of the inspection; empty: not planned
/// @param verifiedAt when the last piece of the inspection ended
/// @param failure what went wrong first; empty: nothing
/// @param remains whether the copy still exists, as far as the ledger knows
public record CopyEntry(
        Copy copy,
        Optional<String> waitingFor,
        Optional<Ticket> ticket,
        Optional<Instant> restoreStartedAt,
        Optional<Instant> restoreCompletedAt,
        boolean completedByService,
        Optional<Instant> configuredAt,
        List<String> parityGaps,
        List<Segment> inspection,
        Optional<Instant> verifiedAt,
        Optional<Failure> failure,
        Remains remains) {
    public CopyEntry {
        parityGaps = List.copyOf(parityGaps);
        inspection = List.copyOf(inspection);
    }

    /// An entry before anything has happened.
    static CopyEntry planned(Copy copy) {
        return new CopyEntry(
                copy,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Remains.PLANNED);
    }

    /// What went wrong with one resource.
    ///
    /// @param step the state of the state machine in which it went wrong
    /// @param why the message of the error
    public record Failure(String step, String why) {}

    /// Whether the copy exists.
    public enum Remains {
        /// Planned; it may have been created.
        PLANNED,
        /// Created, to be torn down.
        OPEN,
        /// Torn down, or never created.
        GONE,
        /// Kept on purpose: an incident's copy, or one that is not provably ours.
        KEPT
    }
}
