package lifeboat.objective;

import java.time.Duration;

/// What can be promised of one figure on the evidence at hand: the worst that was seen, rounded up, and how often that
/// will hold.
///
/// @param promise the worst that was measured, rounded up to what people say
/// @param measured how many recoveries it was measured in
/// @param of how many recoveries there were; those without a figure count as longer than the promise
/// @param share at 95 % confidence at least this share of recoveries keeps the promise
public record Supported(Duration promise, int measured, int of, double share) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);

    /// The promise that a spread supports.
    ///
    /// @param of how many recoveries there were, with or without a figure
    static Supported by(Spread spread, int of) {
        return new Supported(roundedUp(spread.worst()), spread.count(), of, Confidence.atLeast(of, spread.count()));
    }

    /// Up to the next minute, beyond an hour five minutes, beyond four hours a quarter, beyond a day an hour.
    static Duration roundedUp(Duration worst) {
        if (worst.compareTo(HOUR) <= 0) {
            return upTo(MINUTE, worst);
        }
        if (worst.compareTo(HOUR.multipliedBy(4)) <= 0) {
            return upTo(FIVE_MINUTES, worst);
        }
        return upTo(worst.compareTo(Duration.ofDays(1)) <= 0 ? QUARTER : HOUR, worst);
    }

    private static Duration upTo(Duration step, Duration worst) {
        Duration whole = step.multipliedBy(worst.dividedBy(step));
        Duration up = whole.compareTo(worst) < 0 ? whole.plus(step) : whole;
        return up.isZero() ? step : up;
    }
}
