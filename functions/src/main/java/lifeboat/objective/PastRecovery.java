package lifeboat.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Objectives;

/// One recovery of a workload's history, as far as an SLA rests on it.
///
/// @param startedAt when it started
/// @param integrity what its checks proved
/// @param dataLoss the largest of its resources; empty: not measured
/// @param basis what that figure rests on
/// @param timeToRecover the longest of its resources; empty: not measured
/// @param phases of the resource that took longest, in order
public record PastRecovery(
        Instant startedAt,
        Standing integrity,
        Optional<Duration> dataLoss,
        DataLoss.Basis basis,
        Optional<Duration> timeToRecover,
        List<Phase> phases) {
    public PastRecovery {
        phases = List.copyOf(phases);
    }

    /// A recovery that began and of which nobody knows how it ended.
    public static PastRecovery neverEnded(Instant startedAt) {
        return new PastRecovery(
                startedAt, Standing.UNMEASURED, Optional.empty(), DataLoss.Basis.UNKNOWN, Optional.empty(), List.of());
    }

    /// How it stands against objectives, which may be others than those of its day.
    public Standing standing(Objectives objectives) {
        return Standing.worst(List.of(integrity, rpo(objectives), rto(objectives)));
    }

    /// How its data loss stands.
    public Standing rpo(Objectives objectives) {
        return against(dataLoss, objectives.rpo());
    }

    /// How its time to recover stands.
    public Standing rto(Objectives objectives) {
        return against(timeToRecover, objectives.rto());
    }

    private static Standing against(Optional<Duration> measured, Duration objective) {
        return measured.map(figure -> Verdict.on(figure, objective).standing()).orElse(Standing.UNMEASURED);
    }
}
