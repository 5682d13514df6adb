package lifeboat.recording;

import java.time.Instant;
import java.util.List;

/// What is asked of the front door.
sealed interface RecordRequest {
    /// Whatever is due in the hour of an instant: how the schedule asks.
    record Hour(Instant at) implements RecordRequest {}

    /// Resources of one workload, now: how a person asks.
    ///
    /// @param workload its name
    /// @param resources their names; empty: all whose content is asked for
    record Now(String workload, List<String> resources) implements RecordRequest {
        public Now {
            resources = List.copyOf(resources);
        }
    }
}
