package lifeboat.integrity;

import java.time.Instant;
import java.util.Optional;

/// What was counted in one piece of an inspection; tallies of all pieces add up to that of the whole.
///
/// @param copyRows rows or items read in the copy
/// @param liveRows rows or items read in live; zero where live was not read
/// @param missingInLive in the copy, not in live, and not explained
/// @param changed in both with another content, and not explained
/// @param unexpectedInLive in live, not in the copy, and not explained
/// @param explained differences that are expected: written after the point in time, or expired since
/// @param newestInCopy time of the newest write in the copy; empty: no freshness given, or no rows
/// @param newestInLive time of the newest write in live up to the incident; empty: live was not read row by row, or
/// holds none; then `lostWrites` and `rewrittenSince` say nothing
/// @param lostWrites rows whose last write in live lies up to the incident, and that the copy holds with an older last
/// write or not at all. Exact for inserts and updates; a delete leaves no row to count, and of several writes to one
/// row
/// only the last is seen
/// @param rewrittenSince rows whose last write in live lies after the incident: an earlier write of theirs may be
/// hidden, so that `lostWrites` lies between what was counted and that plus this
/// @param unreadableTimes rows of the copy, and of live where it was read, whose time of last write could not be read
/// @param afterPoint rows of the copy whose last write lies after its point in time, by more than clocks differ, and
/// that live does not hold with that time or a later one: impossible in a sound copy
public record Tally(
        long copyRows,
        long liveRows,
        long missingInLive,
        long changed,
        long unexpectedInLive,
        long explained,
        Optional<Instant> newestInCopy,
        Optional<Instant> newestInLive,
        long lostWrites,
        long rewrittenSince,
        long unreadableTimes,
        long afterPoint) {

    /// Nothing counted yet.
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), 0, 0, 0);

    /// A tally of rows none of which was written after the point in time.
    public Tally(
            long copyRows,
            long liveRows,
            long missingInLive,
            long changed,
            long unexpectedInLive,
            long explained,
            Optional<Instant> newestInCopy,
            Optional<Instant> newestInLive,
            long lostWrites,
            long rewrittenSince,
            long unreadableTimes) {
        this(
                copyRows,
                liveRows,
                missingInLive,
                changed,
                unexpectedInLive,
                explained,
                newestInCopy,
                newestInLive,
                lostWrites,
                rewrittenSince,
                unreadableTimes,
                0);
    }

    /// The same, with so many rows written after the point in time.
    public Tally afterPoint(long rows) {
        return new Tally(
                copyRows,
                liveRows,
                missingInLive,
                changed,
                unexpectedInLive,
                explained,
                newestInCopy,
                newestInLive,
                lostWrites,
                rewrittenSince,
                unreadableTimes,
                rows);
    }

    /// Both tallies together.
    public Tally plus(Tally other) {
        return new Tally(
                copyRows + other.copyRows,
                liveRows + other.liveRows,
                missingInLive + other.missingInLive,
                changed + other.changed,
                unexpectedInLive + other.unexpectedInLive,
                explained + other.explained,
                later(newestInCopy, other.newestInCopy),
                later(newestInLive, other.newestInLive),
                lostWrites + other.lostWrites,
                rewrittenSince + other.rewrittenSince,
                unreadableTimes + other.unreadableTimes,
                afterPoint + other.afterPoint);
    }

    /// Differences that nothing explains.
    public long differences() {
        return missingInLive + changed + unexpectedInLive;
    }

    static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return a.isEmpty() ? b : b.isEmpty() || a.get().isAfter(b.get()) ? a : b;
    }
}
