package lifeboat.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Objectives;

/// What the recoveries of a workload in one mode prove, and the SLA that they support.
///
/// A recovery is clean where data loss, time and integrity are all met. Unmeasured is never met: it counts as not
/// clean.
///
/// @param objectives what the workload promises today; every past recovery is judged by them
/// @param trials how many recoveries it rests on
/// @param clean how many met every objective
/// @param missed how many missed one
/// @param unmeasured how many missed none but could not be measured in full
/// @param since when the earliest of them started; empty: there is none
/// @param dataLoss how the data loss spreads; empty: it was never measured
/// @param bases what the data losses rest on, and how many on each
/// @param timeToRecover how the time to recover spreads; empty: it was never measured
/// @param shortfalls where the recoveries fell short and what would help; empty: all are clean
public record SlaStatement(
        Objectives objectives,
        int trials,
        int clean,
        int missed,
        int unmeasured,
        Optional<Instant> since,
        Optional<Spread> dataLoss,
        Map<DataLoss.Basis, Integer> bases,
        Optional<Spread> timeToRecover,
        List<Shortfall> shortfalls) {
    public SlaStatement {
        bases = Map.copyOf(bases);
        shortfalls = List.copyOf(shortfalls);
    }

    /// The statement on some recoveries.
    public static SlaStatement of(Objectives objectives, List<PastRecovery> recoveries) {
        Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
        recoveries.forEach(recovery -> standings.merge(recovery.standing(objectives), 1, Integer::sum));
        return new SlaStatement(
                objectives,
                recoveries.size(),
                standings.getOrDefault(Standing.MET, 0),
                standings.getOrDefault(Standing.MISSED, 0),
                standings.getOrDefault(Standing.UNMEASURED, 0),
                recoveries.stream().map(PastRecovery::startedAt).min(Comparator.naturalOrder()),
                spread(recoveries, PastRecovery::dataLoss),
                bases(recoveries),
                spread(recoveries, PastRecovery::timeToRecover),
                new Shortfalls(objectives, recoveries).all());
    }

    /// At 95 % confidence at least this share of recoveries meets every objective; 0 where nothing is proven.
    public double provenShare() {
        return Confidence.atLeast(trials, clean);
    }

    /// How many further recoveries, all of them clean, would prove a share.
    public int moreCleanFor(double share) {
        return Confidence.moreSuccessesFor(share, trials, clean);
    }

    /// The RPO that can be promised; empty where no data loss was measured.
    public Optional<Supported> supportedRpo() {
        return dataLoss.map(spread -> Supported.by(spread, trials));
    }

    /// The RTO that can be promised; empty where no time was measured.
    public Optional<Supported> supportedRto() {
        return timeToRecover.map(spread -> Supported.by(spread, trials));
    }

    private static Optional<Spread> spread(
            List<PastRecovery> recoveries, Function<PastRecovery, Optional<Duration>> figure) {
        return Spread.of(
                recoveries.stream().map(figure).flatMap(Optional::stream).toList());
    }

    private static Map<DataLoss.Basis, Integer> bases(List<PastRecovery> recoveries) {
        Map<DataLoss.Basis, Integer> bases = new EnumMap<>(DataLoss.Basis.class);
        recoveries.forEach(recovery -> bases.merge(recovery.basis(), 1, Integer::sum));
        return bases;
    }
}
