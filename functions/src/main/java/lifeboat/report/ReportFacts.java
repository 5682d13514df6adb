package lifeboat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.objective.Figures;
import lifeboat.objective.Standing;

/// The sentences that the letter and the page share.
final class ReportFacts {
    /// What an auditor asks and no ledger can answer.
    static final List<String> REVIEW = List.of(
            "[ ] backup configuration: the environment file and its history in version control",
            "[ ] access: who may start a recovery, change the vault or read the ledger (IAM, CloudTrail)",
            "[ ] contacts and escalation are current",
            "[ ] runbooks were followed by somebody who did not write them",
            "[ ] lessons of each incident and missed drill have an owner and a date");

    private static final int LISTED = 100;

    private ReportFacts() {}

    /// A standing in the words of a letter.
    static String word(Standing standing) {
        return switch (standing) {
            case MET -> "met";
            case UNMEASURED -> "NOT PROVEN";
            case MISSED -> "MISSED";
        };
    }

    static String during(Report report) {
        List<Recovered> all = report.workloads().stream()
                .flatMap(status -> status.during().stream())
                .toList();
        return "%d in this period: %d met, %d missed, %d not measured, %d running"
                .formatted(
                        all.size(),
                        standing(all, Standing.MET),
                        standing(all, Standing.MISSED),
                        standing(all, Standing.UNMEASURED),
                        all.stream().filter(Recovered::running).count());
    }

    private static long standing(List<Recovered> all, Standing standing) {
        return all.stream()
                .filter(recovered -> recovered.standing() == standing && !recovered.running())
                .count();
    }

    static String leftBehind(Report report) {
        if (report.leftBehind().isEmpty()) {
            return "0 copies of drills";
        }
        String named = report.leftBehind().stream()
                .limit(10)
                .map(copy -> copy.recovery() + "/" + copy.resource())
                .collect(Collectors.joining(", "));
        return "%d copies of drills that should be gone: %s%s"
                .formatted(
                        report.leftBehind().size(), named, report.leftBehind().size() > 10 ? " and more" : "");
    }

    static String backups(WorkloadStatus status) {
        return switch (status.backups()) {
            case BackupFindings.Findings.NotValidated(var why) -> "NOT PROVEN: " + why;
            case BackupFindings.Findings.Validated validated ->
                "%s: %d checks passed, %d failed, %d could not run, on %s"
                        .formatted(
                                word(validated.standing()),
                                validated.passed(),
                                validated.failures().size(),
                                validated.gaps().size(),
                                Figures.text(validated.at()));
            case BackupFindings.Findings.ByDay byDay -> days(byDay);
        };
    }

    private static String days(BackupFindings.Findings.ByDay byDay) {
        long nobody = byDay.days().stream().filter(day -> day.at().isEmpty()).count();
        return "%s: proven on %d of %d days, failed on %d, not proven on %d, not validated on %d"
                .formatted(
                        word(byDay.standing()),
                        byDay.standing(Standing.MET).size(),
                        byDay.days().size(),
                        byDay.standing(Standing.MISSED).size(),
                        byDay.standing(Standing.UNMEASURED).size() - nobody,
                        nobody);
    }

    static List<String> accepted(WorkloadStatus status) {
        return status.workload().accepted().stream()
                .map(accepted -> "RPO %s until %s: %s"
                        .formatted(Figures.text(accepted.rpo()), accepted.until(), accepted.because()))
                .toList();
    }

    /// What drills prove, then incidents where there were any.
    static Stream<String> statements(WorkloadStatus status) {
        List<String> sentences = new ArrayList<>(SlaText.drills(status).sentences());
        if (status.incidents().trials() > 0) {
            sentences.addAll(SlaText.incidents(status).sentences());
        }
        if (!status.notCounted().isEmpty()) {
            sentences.add("not counted: " + String.join(", ", status.notCounted()));
        }
        return sentences.stream();
    }

    static String notCounted(WorkloadStatus status) {
        return status.notCounted().isEmpty()
                ? ""
                : " (not counted: %s)".formatted(String.join(", ", status.notCounted()));
    }

    /// The recoveries of the period, the newest hundred.
    static List<String> recoveries(WorkloadStatus status) {
        List<Recovered> during = status.during();
        List<String> lines = new ArrayList<>(during.stream()
                .limit(LISTED)
                .map(recovered -> "%s %s, %s: %s"
                        .formatted(
                                Figures.text(recovered.startedAt()),
                                recovered.name(),
                                (recovered.running()
                                        ? "running"
                                        : word(recovered.standing()).toUpperCase(Locale.ROOT)),
                                recovered.came()))
                .toList());
        if (during.size() > LISTED) {
            lines.add("and %d more, in the ledger".formatted(during.size() - LISTED));
        }
        return lines;
    }
}
