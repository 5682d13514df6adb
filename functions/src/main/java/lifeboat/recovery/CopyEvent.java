package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import lifeboat.integrity.Segment;
import lifeboat.restore.Ticket;

/// Something that has happened to a copy. Recording the same event again changes nothing: the first one
/// counts, but for [Waiting], of which the last one does.
public sealed interface CopyEvent {
    /// The restore cannot be started yet. Changes nothing once it is.
    record Waiting(String why) implements CopyEvent {}

    /// The restore was asked for.
    record RestoreStarted(Ticket ticket, Instant at) implements CopyEvent {}

    /// The restore was given up by the service because of its limits, and another one was asked for in its place.
    record RestoreRepeated(Ticket ended, Ticket ticket) implements CopyEvent {}

    /// The restore was done.
    ///
    /// @param byService whether the service recorded that time
    record RestoreCompleted(Instant at, boolean byService) implements CopyEvent {}

    /// The settings were re-applied.
    ///
    /// @param gaps settings that could not be, each with the reason
    record Configured(Instant at, List<String> gaps) implements CopyEvent {
        public Configured {
            gaps = List.copyOf(gaps);
        }
    }

    /// The inspection was planned.
    record InspectionPlanned(List<Segment> segments) implements CopyEvent {
        public InspectionPlanned {
            segments = List.copyOf(segments);
        }
    }

    /// The last piece of the inspection ended.
    record Verified(Instant at) implements CopyEvent {}

    /// A step failed for good.
    record Failed(String step, String why) implements CopyEvent {}

    /// The copy is gone.
    record Gone(Instant at) implements CopyEvent {}

    /// The copy stays.
    record Kept(String why) implements CopyEvent {}
}
