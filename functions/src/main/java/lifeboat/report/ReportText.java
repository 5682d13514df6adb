package lifeboat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.Workload;
import lifeboat.objective.Figures;
import lifeboat.objective.Standing;

/// A periodic report as a letter: what to look at first, then what is proven.
///
/// @param report what it tells
/// @param page where its page is; empty: none was kept
record ReportText(Report report, Optional<String> page) {
    private static final int SHOWN = 100;

    Letter letter() {
        String subject = "[%s] %s %s: %s"
                .formatted(
                        report.environment().name(),
                        report.period().title(),
                        Period.day(report.at()),
                        report.headline());
        return new Letter(subject, String.join("\n", body()) + "\n");
    }

    private List<String> body() {
        List<String> lines = new ArrayList<>(head());
        section(lines, "To look at", list(ReportText::concerns));
        switch (report.period()) {
            case DAILY -> section(lines, "Backups", list(status -> List.of(ReportFacts.backups(status))));
            case WEEKLY -> section(lines, "What is proven", list(status -> List.of(proven(status))));
            case MONTHLY -> {
                section(lines, "Backups", list(status -> List.of(ReportFacts.backups(status))));
                section(lines, "What is proven", list(ReportText::statement));
                section(lines, "Accepted shortfalls", list(ReportFacts::accepted));
            }
            case QUARTERLY -> {
                section(lines, "Backups", list(status -> List.of(ReportFacts.backups(status))));
                section(lines, "What is proven", list(ReportText::statement));
                section(lines, "Accepted shortfalls", list(ReportFacts::accepted));
                section(lines, "Recoveries of the quarter", list(ReportFacts::recoveries));
                section(lines, "To review and sign", ReportFacts.REVIEW);
            }
        }
        lines.add("");
        lines.add("What to do next: " + next());
        return lines;
    }

    private List<String> head() {
        return List.of(
                "%s of %s"
                        .formatted(report.period().title(), report.environment().name()),
                "",
                "  from, to      %s, %s".formatted(Figures.text(report.from()), Figures.text(report.at())),
                "  workloads     " + report.headline(),
                "  recoveries    " + ReportFacts.during(report),
                "  left behind   " + ReportFacts.leftBehind(report),
                "  page          "
                        + page.orElse("not kept: LIFEBOAT_PAGES is not set, this e-mail is the only record"));
    }

    private static void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.addAll(List.of("", title));
            content.forEach(line -> lines.add("  " + line));
        }
    }

    private List<String> list(Function<WorkloadStatus, List<String>> part) {
        List<String> lines = new ArrayList<>();
        List<WorkloadStatus> telling = report.workloads().stream()
                .filter(status -> !part.apply(status).isEmpty())
                .toList();
        for (WorkloadStatus status : telling.subList(0, Math.min(SHOWN, telling.size()))) {
            lines.add(named(status.workload()));
            part.apply(status).forEach(line -> lines.add("  " + line));
        }
        if (telling.size() > SHOWN) {
            lines.add("and %d more workloads, not in this e-mail".formatted(telling.size() - SHOWN));
        }
        return lines;
    }

    private static String named(Workload workload) {
        Objectives objectives = workload.objectives();
        return "%s (%s, RPO %s, RTO %s), owner %s"
                .formatted(
                        workload.name(),
                        workload.tier().label(),
                        Figures.text(objectives.rpo()),
                        Figures.text(objectives.rto()),
                        workload.owner());
    }

    private static List<String> concerns(WorkloadStatus status) {
        return status.concerns().stream()
                .map(concern -> "%-11s %s".formatted(ReportFacts.word(concern.standing()), concern.what()))
                .toList();
    }

    private static String proven(WorkloadStatus status) {
        return SlaText.drills(status).proven() + ReportFacts.notCounted(status);
    }

    private static List<String> statement(WorkloadStatus status) {
        return ReportFacts.statements(status).toList();
    }

    private String next() {
        if (report.count(Standing.MET) == report.workloads().size()) {
            return report.leftBehind().isEmpty() ? "nothing." : "see why the copies left behind are still there.";
        }
        return "start with the first workload above; NOT PROVEN means that nobody knows, not that it is well.";
    }
}
