package lifeboat.integrity;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What was counted in one piece of an inspection; tallies of all pieces add up to that of the whole.
///
/// @param counts rows or items of each kind; a kind of which there are none is left out
/// @param newestInCopy time of the newest write in the copy; empty: no freshness given, or no rows
/// @param newestInLive time of the newest write in live up to the incident; empty: live was not read row by row, or
/// holds none; then lost and rewritten rows say nothing
public record Tally(Map<Kind, Long> counts, Optional<Instant> newestInCopy, Optional<Instant> newestInLive) {
    /// Nothing counted yet.
    public static final Tally NOTHING = Tally.of(Map.of());

    public Tally {
        Map<Kind, Long> some = new EnumMap<>(Kind.class);
        some.putAll(counts);
        some.values().removeIf(rows -> rows == 0);
        counts = Collections.unmodifiableMap(some);
    }

    /// What rows or items are counted as. One row may count as several.
    public enum Kind {
        /// Read in the copy.
        COPY_ROWS,

        /// Read in live; none where live was not read.
        LIVE_ROWS,

        /// In the copy, not in live, and not explained.
        MISSING_IN_LIVE,

        /// In both with another content, and not explained.
        CHANGED,

        /// In live, not in the copy, and not explained.
        UNEXPECTED_IN_LIVE,

        /// Differences that are expected: written after the point in time, or expired since.
        EXPLAINED,

        /// Last written in live up to the incident, and held by the copy with an older last write or not at all.
        /// Exact for inserts and updates; a delete leaves no row to count, and of several writes to one row
        /// only the last is seen.
        LOST_WRITES,

        /// Of the lost writes, those that live stamps before the point in time of the copy, by more than clocks differ:
        /// a sound copy holds them, unless they were committed long after they were stamped.
        LOST_BEFORE_POINT,

        /// Last written in live after the incident: an earlier write may be hidden, so that the number of
        /// lost writes lies between what was counted and that plus this.
        REWRITTEN_SINCE,

        /// The time of last write could not be read, in the copy, or in live where it was read.
        UNREADABLE_TIMES,

        /// Last written in the copy after its point in time, by more than clocks differ, and not held by live
        /// with just that time: impossible in a sound copy.
        AFTER_POINT
    }

    /// Rows without times.
    public static Tally of(Map<Kind, Long> counts) {
        return new Tally(counts, Optional.empty(), Optional.empty());
    }

    /// Rows of one kind.
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /// Both tallies together.
    public Tally plus(Tally other) {
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        sums.putAll(counts);
        other.counts.forEach((kind, rows) -> sums.merge(kind, rows, Long::sum));
        return new Tally(sums, later(newestInCopy, other.newestInCopy), later(newestInLive, other.newestInLive));
    }

    /// Differences that nothing explains.
    public long differences() {
        return count(Kind.MISSING_IN_LIVE) + count(Kind.CHANGED) + count(Kind.UNEXPECTED_IN_LIVE);
    }

    static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return a.isEmpty() ? b : b.isEmpty() || a.get().isAfter(b.get()) ? a : b;
    }
}
