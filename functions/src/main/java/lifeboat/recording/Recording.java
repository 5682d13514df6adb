package lifeboat.recording;

import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;

/// One recording of what one resource holds.
///
/// @param id the same for the same occasion, so that it is started once
public record Recording(RecordingId id, WorkloadName workload, ResourceName resource) {
    static Recording of(String occasion, WorkloadName workload, ResourceName resource) {
        return new Recording(RecordingId.of(occasion, workload, resource), workload, resource);
    }
}
