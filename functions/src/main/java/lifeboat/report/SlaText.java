package lifeboat.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Figures;
import lifeboat.objective.SlaStatement;
import lifeboat.objective.Spread;
import lifeboat.objective.Supported;
import lifeboat.recovery.Mode;

/// A statement in sentences: no figure without its count, no data loss without its basis.
///
/// @param statement what the recoveries of one mode prove
/// @param mode of those recoveries; nobody asks for more incidents, and none is a promise
record SlaText(SlaStatement statement, Mode mode) {

    static SlaText drills(WorkloadStatus status) {
        return new SlaText(status.drills(), Mode.DRILL);
    }

    static SlaText incidents(WorkloadStatus status) {
        return new SlaText(status.incidents(), Mode.INCIDENT);
    }

    /// What is proven, in one sentence.
    String proven() {
        if (statement.trials() == 0) {
            return "no %s counts yet: nothing is proven".formatted(one());
        }
        return "%d of %d %ss since %s met every objective%s: %s"
                .formatted(
                        statement.clean(),
                        statement.trials(),
                        one(),
                        Period.day(statement.since().orElseThrow()),
                        unclean(),
                        statement.clean() == 0
                                ? "nothing is proven"
                                : "at least %s of recoveries do (95 %% confidence)"
                                        .formatted(Figures.share(statement.provenShare())));
    }

    /// All sentences.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>(List.of(proven()));
        if (mode == Mode.DRILL) {
            sentences.add(more());
        }
        statement
                .dataLoss()
                .ifPresent(spread ->
                        sentences.add("data loss: %s; basis: %s".formatted(figures(spread), bases(statement.bases()))));
        statement.timeToRecover().ifPresent(spread -> sentences.add("time to recover: %s".formatted(figures(spread))));
        if (mode == Mode.DRILL) {
            sentences.addAll(supported());
        }
        statement
                .shortfalls()
                .forEach(shortfall ->
                        sentences.add("short: %s. what helps: %s".formatted(shortfall.what(), shortfall.remedy())));
        return sentences;
    }

    private String one() {
        return mode == Mode.DRILL ? "drill" : "incident";
    }

    private String unclean() {
        return statement.clean() == statement.trials()
                ? ""
                : " (%d missed, %d not measured)".formatted(statement.missed(), statement.unmeasured());
    }

    private String more() {
        String needed = List.of(90, 95, 99).stream()
                .map(percent -> "%d for %d %%".formatted(statement.moreCleanFor(percent / 100.0), percent))
                .collect(Collectors.joining(", "));
        return "further drills needed, all of them clean: " + needed;
    }

    private static String figures(Spread spread) {
        return "median %s, 90 %% at most %s, worst %s, measured in %d"
                .formatted(
                        Figures.text(spread.median()),
                        Figures.text(spread.ninetieth()),
                        Figures.text(spread.worst()),
                        spread.count());
    }

    static String bases(Map<DataLoss.Basis, Integer> bases) {
        return bases.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(basis -> basis.getValue() + " " + basis.getKey().words())
                .collect(Collectors.joining("; "));
    }

    private List<String> supported() {
        List<String> supported = new ArrayList<>();
        promise("RPO", statement.supportedRpo(), statement.objectives().rpo()).ifPresent(supported::add);
        promise("RTO", statement.supportedRto(), statement.objectives().rto()).ifPresent(supported::add);
        return supported;
    }

    private static Optional<String> promise(String name, Optional<Supported> supported, Duration objective) {
        return supported.map(promise ->
                "SLA that this supports: %s %s (worst of %d measured of %d, rounded up; objective %s), kept by at least %s"
                        .formatted(
                                name,
                                Figures.text(promise.promise()),
                                promise.measured(),
                                promise.of(),
                                Figures.text(objective),
                                Figures.share(promise.share())));
    }
}
