package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.objective.PastRecovery;
import lifeboat.objective.SlaStatement;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Summary;

/// The recoveries of a workload up to an instant, and which of them count.
///
/// A recovery counts where it covers every resource that the workload has today, and where nobody knows what it
/// covers. One that is open counts, as not measured, once it is a day older than its RTO: what never ended proves
/// nothing, and must not be left out.
///
/// @param workload as it is today
/// @param at nothing after this is looked at
/// @param recoveries newest first
record History(Workload workload, Instant at, List<Summary> recoveries) {
    private static final Duration PATIENCE = Duration.ofDays(1);

    History {
        recoveries = recoveries.stream()
                .filter(summary -> summary.startedAt().isBefore(at))
                .toList();
    }

    /// What the recoveries of a mode prove.
    SlaStatement statement(Mode mode) {
        return SlaStatement.of(
                workload.objectives(), counted(mode).map(this::past).toList());
    }

    /// The recoveries of a mode that count, newest first.
    Stream<Summary> counted(Mode mode) {
        return recoveries.stream().filter(summary -> summary.mode() == mode && whole(summary) && ended(summary));
    }

    /// The newest recovery that counts.
    Optional<Summary> latest() {
        return recoveries.stream()
                .filter(summary -> whole(summary) && ended(summary))
                .findFirst();
    }

    /// How many do not count because they left something out.
    int partial() {
        return (int) recoveries.stream().filter(summary -> !whole(summary)).count();
    }

    /// How many do not count yet.
    int running() {
        return (int) recoveries.stream()
                .filter(summary -> whole(summary) && !ended(summary))
                .count();
    }

    /// A recovery as the SLA sees it.
    PastRecovery past(Summary summary) {
        return summary.result()
                .map(result -> new PastRecovery(
                        summary.startedAt(),
                        result.integrity(),
                        result.dataLoss(),
                        result.basis(),
                        result.timeToRecover(),
                        result.phases()))
                .orElseGet(() -> PastRecovery.neverEnded(summary.startedAt()));
    }

    /// The recoveries that ended since an instant or have not ended, newest first: one that began before a period and
    /// failed in it is of that period.
    Stream<Summary> since(Instant from) {
        return recoveries.stream().filter(summary -> !lastedUntil(summary).isBefore(from));
    }

    private Instant lastedUntil(Summary summary) {
        if (summary.result().isPresent()) {
            return summary.closedAt().orElse(summary.startedAt());
        }
        return ended(summary) ? patientUntil(summary) : at;
    }

    private Instant patientUntil(Summary summary) {
        return summary.startedAt().plus(workload.objectives().rto()).plus(PATIENCE);
    }

    private boolean whole(Summary summary) {
        Set<ResourceName> left =
                new HashSet<>(workload.resources().stream().map(Resource::name).toList());
        summary.resources().forEach(left::remove);
        return left.isEmpty() || summary.resources().isEmpty();
    }

    /// Whether a recovery is over: closed, or open for so long that it will never be.
    boolean ended(Summary summary) {
        return summary.result().isPresent() || patientUntil(summary).isBefore(at);
    }
}
