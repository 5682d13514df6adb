package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.objective.Assessment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Phase;
import lifeboat.objective.Standing;

/// One recovery in a workload's history.
///
/// @param id its id
/// @param mode drill or incident
/// @param resources what it restored; a recovery of a part proves nothing about the whole
/// @param startedAt when it started
/// @param closedAt when its result was announced; empty: still open, or not known
/// @param result what it came to; empty: still open
public record Summary(
        RecoveryId id,
        Mode mode,
        List<ResourceName> resources,
        Instant startedAt,
        Optional<Instant> closedAt,
        Optional<Result> result) {
    public Summary {
        resources = List.copyOf(resources);
    }

    /// What a closed recovery came to.
    ///
    /// @param standing all objectives together, as they were that day
    /// @param integrity what the checks proved
    /// @param dataLoss the largest of its resources; empty: not measured
    /// @param basis what that figure rests on
    /// @param timeToRecover the longest of its resources; empty: not measured
    /// @param phases of the resource that took longest, in order
    public record Result(
            Standing standing,
            Standing integrity,
            Optional<Duration> dataLoss,
            DataLoss.Basis basis,
            Optional<Duration> timeToRecover,
            List<Phase> phases) {
        public Result {
            phases = List.copyOf(phases);
        }

        /// The result of a recovery that was just judged.
        public static Result of(Assessment assessment) {
            return new Result(
                    assessment.standing(),
                    assessment.integrity(),
                    assessment.dataLoss(),
                    assessment.dataLossBasis(),
                    assessment.timeToRecover(),
                    assessment.phases());
        }
    }
}
