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
/// @param afterIncident whether copies of a time after the incident are wanted all the same: they hold its damage
public record RecoveryRequest(
        WorkloadName workload,
        Mode mode,
        Target target,
        List<ResourceName> resources,
        Optional<Instant> incidentAt,
        boolean afterIncident) {
    public RecoveryRequest {
        resources = resources.stream().sorted().toList();
    }

    /// Of a time before the incident.
    public RecoveryRequest(
            WorkloadName workload,
            Mode mode,
            Target target,
            List<ResourceName> resources,
            Optional<Instant> incidentAt) {
        this(workload, mode, target, resources, incidentAt, false);
    }

    /// Refuses a copy that would hold the damage of the incident, by whatever it was chosen.
    ///
    /// @param resource what is restored
    /// @param restoredTo the time whose state the copy would hold
    /// @throws Invalid naming both times
    void refuseDamage(ResourceName resource, Instant restoredTo) {
        if (!afterIncident && incidentAt.filter(restoredTo::isAfter).isPresent()) {
            throw new Invalid(
                    "LB-112",
                    "%s would be restored to %s, after incidentAt %s: the copy would hold the damage. hint: give \"at\": \"%3$s\" or an earlier recoveryPoint, or \"afterIncident\": true to restore the damage"
                            .formatted(resource, restoredTo, incidentAt.get()));
        }
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
