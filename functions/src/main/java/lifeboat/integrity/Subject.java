package lifeboat.integrity;

import java.time.Instant;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;

/// What an inspection looks at: a restored copy, and the live resource it is a copy of.
///
/// @param live the resource as the catalog describes it, with the checks that are asked for
/// @param copy the restored copy, already available
/// @param restoredTo the point in time whose state the copy should hold
/// @param incidentAt when the incident happened: writes in live up to here and not in the copy are lost
/// @param trust whether live can be taken for the truth
/// @param exact whether the copy holds just the state of that point in time; of a backup only its start is known
public record Subject(
        Resource live, CopyName copy, Instant restoredTo, Instant incidentAt, LiveTrust trust, boolean exact) {
    /// A copy of just that point in time.
    public Subject(Resource live, CopyName copy, Instant restoredTo, Instant incidentAt, LiveTrust trust) {
        this(live, copy, restoredTo, incidentAt, trust, true);
    }

    /// Whether a difference between copy and live speaks against the copy.
    public enum LiveTrust {
        /// A drill on healthy data: live is what the copy must equal.
        TRUSTED,
        /// An incident: live may be the damaged side, so a difference proves nothing about the copy.
        SUSPECT,
        /// Live cannot be read, for example because its region is lost.
        ABSENT
    }
}
