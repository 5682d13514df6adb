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
/// @param purges rules by which rows may be gone from live
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

    public Rules {
        purges = List.copyOf(purges);
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
        return explains(difference).or(() -> selection.leaves(difference));
    }

    private Optional<Left> explains(Difference difference) {
        return switch (difference) {
            case Difference.MissingInLive missing -> removedOnPurpose(missing);
            case Difference.Changed changed -> keptOverCopy(changed);
            case Difference.UnexpectedInLive unexpected -> addedSince(unexpected.live());
        };
    }

    private Optional<Left> removedOnPurpose(Difference.MissingInLive missing) {
        if (missing.copy().expiresAt().filter(at -> !at.isAfter(comparedAt)).isPresent()) {
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

    private Optional<Left> keptOverCopy(Difference.Changed changed) {
        Optional<Instant> live = changed.live().writtenAt();
        Optional<Instant> copy = changed.copy().writtenAt();
        if (explainedBy.isEmpty() || live.filter(this::isDamageTime).isPresent()) {
            return Optional.empty();
        }
        if (live.isEmpty()) {
            return withoutTime();
        }
        boolean since = isSince(live.get()) || copy.filter(live.get()::isAfter).isPresent();
        return since && keepsLive(live.get(), copy) ? Optional.of(Left.WRITTEN_SINCE) : Optional.empty();
    }

    private boolean keepsLive(Instant live, Optional<Instant> copy) {
        return switch (bothSides) {
            case KEEP_LIVE -> true;
            case TAKE_COPY -> false;
            case NEWEST_WINS -> copy.filter(at -> at.isAfter(live)).isEmpty();
        };
    }

    private Optional<Left> addedSince(Image live) {
        if (explainedBy.isEmpty() || live.writtenAt().filter(this::isDamageTime).isPresent()) {
            return Optional.empty();
        }
        if (live.writtenAt().isEmpty()) {
            return withoutTime();
        }
        Instant at = live.writtenAt().get();
        return isSince(at)
                ? Optional.of(Left.WRITTEN_SINCE)
                : isSince(at.plus(grace)) ? Optional.of(Left.IN_FLIGHT) : Optional.empty();
    }

    private Optional<Left> withoutTime() {
        return repairWithoutTime ? Optional.empty() : Optional.of(Left.NO_TIME);
    }

    private boolean isDamageTime(Instant at) {
        return selection.writtenWithin().filter(window -> window.contains(at)).isPresent();
    }

    private boolean isSince(Instant at) {
        return pointInTime.filter(at::isAfter).isPresent();
    }
}
