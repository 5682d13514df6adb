package lifeboat.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Workload;
import lifeboat.objective.SlaStatement;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Summary;

/// How a workload stands at the end of a period.
///
/// @param workload which
/// @param drills what its drills prove
/// @param incidents what its incidents show
/// @param worst of drills and incidents
/// @param notCounted why recoveries were left out, with their number; empty: none was
/// @param recent the newest recoveries that count, oldest first
/// @param during the recoveries that ended in the period or run at its end, newest first
/// @param backups what the validation found
/// @param concerns what a person should look at; empty: nothing
record WorkloadStatus(
        Workload workload,
        SlaStatement drills,
        SlaStatement incidents,
        Worst worst,
        List<String> notCounted,
        List<Recovered> recent,
        List<Recovered> during,
        BackupFindings.Findings backups,
        List<Concern> concerns) {
    private static final int RECENT = 12;

    WorkloadStatus {
        notCounted = List.copyOf(notCounted);
        recent = List.copyOf(recent);
        during = List.copyOf(during);
        concerns = List.copyOf(concerns);
    }

    /// The status for a report.
    static WorkloadStatus of(History history, BackupFindings.Findings backups, Period period) {
        Instant from = period.before(history.at());
        Recovered.Judge judge = new Recovered.Judge(history);
        List<Recovered> during = history.since(from).map(judge::of).toList();
        List<Recovered> recent = Stream.of(Mode.values())
                .flatMap(history::counted)
                .sorted(Comparator.comparing(Summary::startedAt).reversed())
                .limit(RECENT)
                .map(judge::of)
                .toList()
                .reversed();
        return new WorkloadStatus(
                history.workload(),
                history.statement(Mode.DRILL),
                history.statement(Mode.INCIDENT),
                Worst.of(history),
                notCounted(history),
                recent,
                during,
                backups,
                new Concerns(history, backups, during).of(period));
    }

    /// As bad as the worst concern; met where there is none.
    Standing standing() {
        return concerns.isEmpty()
                ? Standing.MET
                : Standing.worst(concerns.stream().map(Concern::standing).toList());
    }

    private static List<String> notCounted(History history) {
        return Stream.of(
                        counted(history.partial(), "of a part of its resources"),
                        counted(history.running(), "not ended yet"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> counted(int number, String why) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + why);
    }
}
