package lifeboat.objective;

import java.time.Instant;
import java.util.Optional;

/// What live shows of the writes around an incident.
///
/// @param newestBeforeIncident the newest write up to the incident; empty: live holds none
/// @param lost rows whose last write lies up to the incident and is not in the copy
/// @param rewrittenSince rows whose last write lies after the incident and so may hide an earlier one
/// @param suspect whether live itself may be damaged
public record LiveWrites(Optional<Instant> newestBeforeIncident, long lost, long rewrittenSince, boolean suspect) {
    /// Whether nothing can hide a lost write.
    boolean complete() {
        return rewrittenSince == 0 && !suspect;
    }
}
