package lifeboat.local.bench;

import java.util.Comparator;
import java.util.List;

/// All rounds of one way at one size and damage.
///
/// @param rows in all tables of one side
/// @param share of the rows that is damaged
/// @param damaged rows that differ
/// @param way what was done
/// @param wireMegabytes between clients and both servers, both ways, in a run of its own
/// @param heapMegabytes the most heap in use, garbage included; 0: the client was another process
/// @param rounds what each took, in the order in which they were run
/// @param machine processors, memory and releases
/// @param date UTC
record Result(
        long rows,
        double share,
        long damaged,
        Way way,
        double wireMegabytes,
        long heapMegabytes,
        List<Usage> rounds,
        String machine,
        String date) {
    /// More is another machine's figure.
    static final double MOST_FOREIGN_PERCENT = 5;

    /// The round in the middle by wall time.
    Usage median() {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Usage::wallSeconds))
                .toList()
                .get(rounds.size() / 2);
    }

    double fastest() {
        return rounds.stream().mapToDouble(Usage::wallSeconds).min().orElseThrow();
    }

    double slowest() {
        return rounds.stream().mapToDouble(Usage::wallSeconds).max().orElseThrow();
    }

    /// The most memory of the client: its processes, or the heap where it is the benchmark itself.
    double peakMegabytes() {
        double processes =
                rounds.stream().mapToDouble(Usage::peakMegabytes).max().orElseThrow();
        return Math.max(processes, (double) heapMegabytes);
    }

    /// Share of the machine's CPU that was used by anything else, over all rounds.
    double foreignPercent() {
        double foreign = rounds.stream()
                .mapToDouble(round -> round.foreignPercent() * round.wallSeconds())
                .sum();
        return foreign / rounds.stream().mapToDouble(Usage::wallSeconds).sum();
    }

    /// The way's own place in the table: a new measurement takes it.
    boolean isSamePlaceAs(Result other) {
        return rows == other.rows && share == other.share && way == other.way;
    }
}
