package lifeboat.objective;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Objectives;

/// How the recovery of a workload went, all its resources together: as good as the worst of them.
///
/// @param objectives what the workload promises
/// @param resources one result each
public record Assessment(Objectives objectives, List<ResourceResult> resources) {
    public Assessment {
        resources = List.copyOf(resources);
    }

    /// In one word; a recovery of nothing is unmeasured.
    public Standing standing() {
        return worst(ResourceResult::standing);
    }

    /// How the data loss stands.
    public Standing rpo() {
        return worst(result -> result.rpo().standing());
    }

    /// How the time to recover stands.
    public Standing rto() {
        return worst(result -> result.rto().standing());
    }

    /// How soundness stands.
    public Standing integrity() {
        return worst(result -> result.soundness().standing());
    }

    /// The largest data loss; empty where one is unknown.
    public Optional<Duration> dataLoss() {
        return longest(result -> result.loss().duration());
    }

    /// What the largest data loss rests on; unknown where one is unknown.
    public DataLoss.Basis dataLossBasis() {
        return dataLoss()
                .flatMap(largest -> resources.stream()
                        .map(ResourceResult::loss)
                        .filter(loss -> loss.duration().equals(Optional.of(largest)))
                        .map(DataLoss::kind)
                        .max(Comparator.naturalOrder()))
                .orElse(DataLoss.Basis.UNKNOWN);
    }

    /// The phases of the resource that took longest: the one that the others waited for.
    public List<Phase> phases() {
        return resources.stream()
                .map(result -> result.timeline().phases())
                .max(Comparator.comparing(Assessment::total))
                .orElse(List.of());
    }

    private static Duration total(List<Phase> phases) {
        return phases.stream().map(Phase::took).reduce(Duration.ZERO, Duration::plus);
    }

    /// The longest time to recover: the workload is back when its last resource is; empty where one never was.
    public Optional<Duration> timeToRecover() {
        return longest(result -> result.rto().measurement());
    }

    private Standing worst(Function<ResourceResult, Standing> part) {
        return Standing.worst(resources.stream().map(part).toList());
    }

    private Optional<Duration> longest(Function<ResourceResult, Optional<Duration>> part) {
        List<Optional<Duration>> parts = resources.stream().map(part).toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? parts.stream().flatMap(Optional::stream).max(Duration::compareTo)
                : Optional.empty();
    }
}
