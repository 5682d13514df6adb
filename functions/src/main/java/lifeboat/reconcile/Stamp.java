package lifeboat.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the time of live's version tells, held against the point in time and against the copy's version. Only a write
/// after the point in time, or so shortly before it that its transaction may have ended after it, explains a
/// difference.
enum Stamp {
    /// After the point in time, and newer than the copy's version.
    AFTER_POINT,
    /// Within the grace before the point in time, and newer than the copy's version.
    IN_FLIGHT,
    /// Within the grace or later, but older than the copy's version: two writers that passed each other, or damage.
    OVERTAKEN,
    /// Before the grace, and newer than the copy's version, or of a row that the copy does not have.
    BEFORE_POINT,
    /// Later than any clock that is right can have said when the comparison ran.
    AHEAD,
    /// The copy's time, or one before it and before the grace: no write that kept the column was made since the copy.
    NOT_NEWER,
    /// No time, or no point in time to hold it against.
    UNKNOWN;

    /// A comparison may take hours, and a column without a zone may hold local time: both are less than a day.
    static final Duration LATEST = Duration.ofDays(1);

    /// @param live last write of live's version; empty: unknown
    /// @param copy last write of the copy's version; empty: unknown, or the copy does not have the row
    static Stamp of(Rules rules, Optional<Instant> live, Optional<Instant> copy) {
        if (live.isEmpty()) {
            return UNKNOWN;
        }
        Instant latest = rules.comparedAt().plus(LATEST);
        Instant at = live.get();
        boolean older = copy.filter(other -> !other.isAfter(latest))
                .filter(at::isBefore)
                .isPresent();
        if (older || copy.filter(at::equals).isPresent()) {
            return older
                            && rules.pointInTime()
                                    .filter(point -> isFrom(point, at, rules.grace()))
                                    .isPresent()
                    ? OVERTAKEN
                    : NOT_NEWER;
        }
        if (rules.pointInTime().isEmpty()) {
            return UNKNOWN;
        }
        return at.isAfter(latest) ? AHEAD : against(rules.pointInTime().get(), at, rules.grace());
    }

    private static Stamp against(Instant point, Instant at, Duration grace) {
        return at.isAfter(point) ? AFTER_POINT : isFrom(point, at, grace) ? IN_FLIGHT : BEFORE_POINT;
    }

    private static boolean isFrom(Instant point, Instant at, Duration grace) {
        return at.isAfter(point.minus(grace));
    }
}
