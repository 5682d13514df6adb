package lifeboat.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.AcceptedShortfall;
import lifeboat.catalog.Drill;
import lifeboat.objective.Figures;
import lifeboat.objective.Standing;
import lifeboat.recovery.Summary;

/// Finds what a person should look at, for the purpose of each report.
record Concerns(History history, BackupFindings.Findings backups, List<Recovered> during) {
    private static final Duration PATIENCE = Duration.ofDays(1);

    List<Concern> of(Period period) {
        Stream<Concern> concerns = switch (period) {
            case DAILY -> Stream.concat(BackupConcerns.of(backups), failed());
            case WEEKLY -> Stream.concat(capability(), failed());
            case MONTHLY, QUARTERLY ->
                Stream.of(BackupConcerns.of(backups), capability(), failed(), acceptance())
                        .flatMap(each -> each);
        };
        return concerns.distinct().toList();
    }

    private Stream<Concern> failed() {
        return during.stream()
                .filter(recovered -> recovered.standing() != Standing.MET && !recovered.running())
                .map(Concerns::told);
    }

    private Stream<Concern> capability() {
        Optional<Summary> latest = history.latest();
        if (latest.isEmpty()) {
            return Stream.of(
                    new Concern(Standing.UNMEASURED, "its recovery was never proven: no recovery that counts"));
        }
        Recovered last = new Recovered.Judge(history).of(latest.get());
        Stream<Concern> unclean = last.standing() == Standing.MET ? Stream.empty() : Stream.of(told(last));
        return Stream.concat(unclean, overdue(last).stream());
    }

    private Optional<Concern> overdue(Recovered last) {
        return history.workload()
                .drill()
                .filter(drill -> last.startedAt()
                        .plus(length(drill.every()))
                        .plus(PATIENCE)
                        .isBefore(history.at()))
                .map(drill -> new Concern(
                        Standing.UNMEASURED,
                        "drill overdue: one every %s, the last that counts was on %s"
                                .formatted(name(drill.every()), Period.day(last.startedAt()))));
    }

    private Stream<Concern> acceptance() {
        return history.workload().accepted().stream()
                .filter(accepted -> accepted.until().isBefore(Period.day(history.at())))
                .map(Concerns::expired);
    }

    private static Concern expired(AcceptedShortfall accepted) {
        return new Concern(
                Standing.MISSED,
                "the accepted shortfall (RPO %s, \"%s\") ended on %s"
                        .formatted(Figures.text(accepted.rpo()), accepted.because(), accepted.until()));
    }

    private static Concern told(Recovered recovered) {
        return new Concern(
                recovered.standing(),
                "%s on %s: %s".formatted(recovered.name(), Period.day(recovered.startedAt()), recovered.came()));
    }

    private static Duration length(Drill.Cadence cadence) {
        return Duration.ofDays(
                switch (cadence) {
                    case DAY -> 1;
                    case WEEK -> 7;
                    case MONTH -> 31;
                    case QUARTER -> 92;
                    case YEAR -> 366;
                });
    }

    private static String name(Drill.Cadence cadence) {
        return cadence.name().toLowerCase(Locale.ROOT);
    }
}
