package lifeboat.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lifeboat.objective.DataLoss;
import lifeboat.objective.PastRecovery;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Summary;

/// The worst figures of a workload: of the drills that count and of every incident, one of a part of it too.
///
/// @param dataLoss empty: it was never measured
/// @param timeToRecover empty: it was never measured
/// @param of how many recoveries
record Worst(Optional<Figure> dataLoss, Optional<Figure> timeToRecover, int of) {

    /// One figure.
    ///
    /// @param figure the worst
    /// @param measured in how many recoveries it was measured
    /// @param basis what its recovery's data loss rests on
    /// @param in the recovery that it is of: `incident 20260911-wsvc7u`
    record Figure(Duration figure, int measured, DataLoss.Basis basis, String in) {}

    static Worst of(History history) {
        List<Summary> all = Stream.concat(
                        history.counted(Mode.DRILL),
                        history.recoveries().stream()
                                .filter(summary -> summary.mode() == Mode.INCIDENT && history.ended(summary)))
                .toList();
        return new Worst(
                worst(history, all, PastRecovery::dataLoss),
                worst(history, all, PastRecovery::timeToRecover),
                all.size());
    }

    private static Optional<Figure> worst(
            History history, List<Summary> all, Function<PastRecovery, Optional<Duration>> figure) {
        List<Figure> figures = all.stream()
                .flatMap(summary -> figure.apply(history.past(summary)).stream()
                        .map(measured -> new Figure(
                                measured,
                                1,
                                history.past(summary).basis(),
                                Recovered.name(summary.mode(), summary.id()))))
                .toList();
        return figures.stream()
                .max(Comparator.comparing(Figure::figure))
                .map(worst -> new Figure(worst.figure(), figures.size(), worst.basis(), worst.in()));
    }
}
