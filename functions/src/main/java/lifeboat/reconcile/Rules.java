package lifeboat.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What explains a difference, and what to do with the rest.
///
/// @param pointInTime whose state the copy holds; empty: unknown, so nothing is explained by its time
/// @param comparedAt when the comparison began: what expired by then is expected
/// @param grace how long before the point in time a write may have begun that ended after it
/// @param explainedBy column or attribute with the time of the last write; empty: every difference counts
/// @param repairWithoutTime whether rows of tables without that column are repaired all the same
/// @param purges rules by which rows may be gone from live, at most one a table
/// @param selection what shall be repaired
/// @param bothSides what happens to rows changed on both sides
public record Rules(
        Optional<Instant> pointInTime,
        Instant comparedAt,
        Duration grace,
        Optional<String> explainedBy,
        boolean repairWithoutTime,
        List<PurgeRule> purges,
        Selection selection,
        ChangedOnBothSides bothSides) {

    /// How long a write may have been under way at the point in time where nothing else is said.
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

    /// DynamoDB deletes no item whose time to live is more than five years past. Which years it means is not said:
    /// these are the shortest, so that an item near the edge is missing.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Time to live</a>
    private static final Duration OLDEST_EXPIRY = Duration.ofDays(5 * 365);

    public Rules {
        purges = List.copyOf(purges);
        if (purges.stream().map(PurgeRule::table).distinct().count() < purges.size()) {
            throw new IllegalArgumentException("two purge rules for one table, whose rows tell one time: " + purges);
        }
    }

    /// Every difference counts and is repaired.
    public static Rules plain(Instant comparedAt) {
        return new Rules(
                Optional.empty(),
                comparedAt,
                DEFAULT_GRACE,
                Optional.empty(),
                false,
                List.of(),
                Selection.ALL,
                ChangedOnBothSides.KEEP_LIVE);
    }

    /// A purge that removes rows from live on purpose.
    ///
    /// @param table the table it works on
    /// @param field column or attribute with the time by which it decides
    /// @param before rows with an earlier time may be gone
    public record PurgeRule(TableName table, String field, Instant before) {}

    /// Why a difference is left alone; empty: it is to be repaired.
    public Optional<Left> leaves(Difference difference) {
        return explains(difference).or(() -> selection.leaves(difference, anomaly(difference)));
    }

    /// What is wrong with the time of live's version, so that a person has to decide; empty: nothing, or the person has
    /// said when the damage was done.
    public Optional<TimeAnomaly> anomaly(Difference difference) {
        return difference.inLive().filter(this::isJudgedByTime).flatMap(live -> switch (stamp(difference)) {
            case BEFORE_POINT -> Optional.of(TimeAnomaly.STAMPED_BEFORE);
            case OVERTAKEN ->
                Optional.of(TimeAnomaly.STAMPED_BEFORE).filter(a -> bothSides == ChangedOnBothSides.KEEP_LIVE);
            case AHEAD -> Optional.of(TimeAnomaly.STAMPED_AHEAD);
            case AFTER_POINT, IN_FLIGHT, NOT_NEWER, UNKNOWN -> Optional.<TimeAnomaly>empty();
        });
    }

    private Optional<Left> explains(Difference difference) {
        return switch (difference) {
            case Difference.MissingInLive missing -> removedOnPurpose(missing);
            case Difference.Changed changed -> byTime(changed, bothSides != ChangedOnBothSides.TAKE_COPY);
            case Difference.UnexpectedInLive unexpected -> byTime(unexpected, true);
        };
    }

    private Optional<Left> removedOnPurpose(Difference.MissingInLive missing) {
        if (missing.copy().expiresAt().filter(this::isExpired).isPresent()) {
            return Optional.of(Left.EXPIRED);
        }
        boolean purged = purges.stream()
                .filter(rule -> rule.table().equals(missing.table()))
                .anyMatch(rule -> missing.copy()
                        .purgeAt()
                        .filter(at -> at.isBefore(rule.before()))
                        .isPresent());
        return purged ? Optional.of(Left.PURGED) : Optional.empty();
    }

    /// What lies further back than the oldest that is deleted was not removed by its time to live.
    private boolean isExpired(Instant at) {
        return !at.isAfter(comparedAt) && !at.isBefore(comparedAt.minus(OLDEST_EXPIRY));
    }

    /// @param keepsLive whether a good write since the point in time stays
    private Optional<Left> byTime(Difference difference, boolean keepsLive) {
        if (!difference.inLive().filter(this::isJudgedByTime).isPresent()) {
            return Optional.empty();
        }
        return switch (stamp(difference)) {
            case AFTER_POINT -> Optional.of(Left.WRITTEN_SINCE).filter(left -> keepsLive);
            case IN_FLIGHT -> Optional.of(Left.IN_FLIGHT).filter(left -> keepsLive);
            case UNKNOWN -> Optional.of(Left.NO_TIME).filter(left -> !repairWithoutTime);
            case OVERTAKEN, BEFORE_POINT, AHEAD, NOT_NEWER -> Optional.empty();
        };
    }

    private Stamp stamp(Difference difference) {
        return Stamp.of(
                this,
                difference.inLive().flatMap(Image::writtenAt),
                difference.inCopy().flatMap(Image::writtenAt));
    }

    private boolean isJudgedByTime(Image live) {
        return explainedBy.isPresent()
                && live.writtenAt()
                        .flatMap(at -> selection.writtenWithin().filter(window -> window.contains(at)))
                        .isEmpty();
    }
}
