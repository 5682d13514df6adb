package lifeboat.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import lifeboat.catalog.Environment;
import lifeboat.objective.Standing;
import lifeboat.recovery.RecoveryLedger;

/// A periodic report: every workload of an environment, the worst first, of those that stand alike the most important.
///
/// @param environment which
/// @param period what for
/// @param at the end of the period
/// @param workloads one status each
/// @param leftBehind copies of drills that should be gone
record Report(
        Environment environment,
        Period period,
        Instant at,
        List<WorkloadStatus> workloads,
        List<RecoveryLedger.OpenCopy> leftBehind) {
    Report {
        workloads = workloads.stream()
                .sorted(Comparator.comparing(WorkloadStatus::standing)
                        .reversed()
                        .thenComparing(status -> status.workload().tier())
                        .thenComparing(status -> status.workload().name()))
                .toList();
        leftBehind = List.copyOf(leftBehind);
    }

    /// When the period began.
    Instant from() {
        return period.before(at);
    }

    /// How many workloads stand so.
    int count(Standing standing) {
        return (int) workloads.stream()
                .filter(status -> status.standing() == standing)
                .count();
    }

    /// `1 MISSED, 1 NOT PROVEN, 10 of 12 met`: what counts, in one line.
    String headline() {
        String met = "%d of %d met".formatted(count(Standing.MET), workloads.size());
        String missed = count(Standing.MISSED) == 0 ? "" : count(Standing.MISSED) + " MISSED, ";
        String unproven = count(Standing.UNMEASURED) == 0 ? "" : count(Standing.UNMEASURED) + " NOT PROVEN, ";
        return missed + unproven + met;
    }

    /// Where its page is kept.
    String path() {
        return "reports/%s/%s/%s.html".formatted(environment.name(), period.label(), Period.day(at));
    }
}
