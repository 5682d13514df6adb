package lifeboat.objective;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How a measured duration spreads over several recoveries. Quantiles are figures that were seen, by nearest rank.
///
/// @param count how many were measured, at least one
/// @param median half of them were at most this
/// @param ninetieth nine of ten were at most this
/// @param worst the longest
public record Spread(int count, Duration median, Duration ninetieth, Duration worst) {
    /// The spread of some figures; empty where there is none.
    public static Optional<Spread> of(Collection<Duration> measured) {
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = measured.stream().sorted().toList();
        return Optional.of(new Spread(sorted.size(), rank(sorted, 50), rank(sorted, 90), sorted.getLast()));
    }

    private static Duration rank(List<Duration> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }
}
