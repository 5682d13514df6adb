package lifeboat.reconcile;

import java.time.Instant;

/// A stretch of time, both ends included.
///
/// @param from first instant inside
/// @param to last instant inside
public record TimeWindow(Instant from, Instant to) {
    public TimeWindow {
        if (to.isBefore(from)) {
            throw new lifeboat.catalog.Invalid(
                    "LB-401",
                    "window \"%s/%s\" is not allowed: the end must not lie before the start".formatted(from, to));
        }
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }
}
