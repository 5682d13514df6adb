package lifeboat.local.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// All rounds of one way to read tables of items.
///
/// @param items in each of two tables
/// @param damaged items that differ
/// @param what was done
/// @param rounds what each took
/// @param machine processors, memory and releases
/// @param date UTC
record Scanning(long items, long damaged, Way what, List<Measured> rounds, String machine, String date) {
    /// The ways, in the order in which they take turns.
    enum Way {
        TYPED_ONE("bare typed scan of one, synchronous client"),
        ASYNC_ONE("bare typed scan of one, asynchronous client"),
        TYPED_BOTH("bare typed scan of both, synchronous client"),
        DIGEST_ONE("ours: scan + digest of one"),
        DIFF_BOTH("ours: diff of both");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// The round in the middle by wall time.
    Measured median() {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Measured::wallSeconds))
                .toList()
                .get(rounds.size() / 2);
    }

    long peakMegabytes() {
        return rounds.stream().mapToLong(Measured::peakMegabytes).max().orElseThrow();
    }

    double foreignPercent() {
        return rounds.stream().mapToDouble(Measured::foreignPercent).average().orElseThrow();
    }

    boolean isUndisturbed() {
        return foreignPercent() <= Result.MOST_FOREIGN_PERCENT;
    }

    static Optional<Scanning> find(List<Scanning> all, long items, Way what) {
        return all.stream()
                .filter(one -> one.items() == items && one.what() == what)
                .findFirst();
    }

    /// One figure of ours beside that of another way, at 1,000,000 items.
    record Aim(String text, Way ours, Way beside, ToDoubleFunction<Measured> figure, double most) {
        private static final long ITEMS = 1_000_000;

        static final List<Aim> ALL = List.of(
                new Aim(
                        "client CPU of scan + digest beside the synchronous typed scan",
                        Way.DIGEST_ONE,
                        Way.TYPED_ONE,
                        Measured::cpuSeconds,
                        1 / 2.5),
                new Aim(
                        "client CPU of scan + digest beside the asynchronous typed scan",
                        Way.DIGEST_ONE,
                        Way.ASYNC_ONE,
                        Measured::cpuSeconds,
                        1 / 8.0),
                new Aim(
                        "wall time of the diff of both beside scan + digest of one, in 256 MB of heap",
                        Way.DIFF_BOTH,
                        Way.DIGEST_ONE,
                        Measured::wallSeconds,
                        2.2));

        String row(List<Scanning> all) {
            String measured = find(all, ITEMS, ours)
                    .flatMap(one -> find(all, ITEMS, beside).map(other -> verdict(one, other)))
                    .orElse("not measured | -");
            return "| %s | at most %s | %s |".formatted(text, Goal.text(most), measured);
        }

        private String verdict(Scanning one, Scanning other) {
            double ratio = figure.applyAsDouble(one.median()) / figure.applyAsDouble(other.median());
            boolean undisturbed = one.isUndisturbed() && other.isUndisturbed();
            return Goal.text(ratio) + " | " + Goal.verdict(undisturbed, ratio <= most);
        }
    }
}
