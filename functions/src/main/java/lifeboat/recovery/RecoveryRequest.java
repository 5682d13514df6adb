package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.restore.Target;

/// What somebody, or a schedule, asks to be recovered.
///
/// @param workload which workload
/// @param mode drill unless said otherwise
/// @param target what to go back to; the latest possible unless said otherwise
/// @param resources only these; empty: all of the workload
/// @param incidentAt when the incident happened; empty: not said
public record RecoveryRequest(
        WorkloadName workload, Mode mode, Target target, List<ResourceName> resources, Optional<Instant> incidentAt) {
    public RecoveryRequest {
        resources = resources.stream().sorted().toList();
    }

    /// What the time to recover counts from: the incident where it is known, else the point that was asked for in an
    /// incident (nothing was lost before it), else the start.
    public Instant incidentAt(Instant startedAt) {
        return incidentAt.orElseGet(() -> switch (target) {
            case Target.PointInTime(var at) when mode == Mode.INCIDENT -> at;
            case Target.PointInTime _, Target.Latest _, Target.LatestRecoveryPoint _, Target.FromRecoveryPoint _ ->
                startedAt;
        });
    }

    /// Whether live may be the damaged side: in an incident, and in a drill that was told when its incident happened.
    public boolean liveIsSuspect() {
        return mode == Mode.INCIDENT || incidentAt.isPresent();
    }

    /// The refusal of a request that another recovery is carrying out.
    public static Invalid alreadyCarriedOutBy(RecoveryId other) {
        return new Invalid(
                "LB-110",
                "the same request is already being carried out by recovery \"%s\". hint: ask where it stands, or wait for it"
                        .formatted(other));
    }
}
