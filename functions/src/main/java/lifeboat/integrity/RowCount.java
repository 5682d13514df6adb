package lifeboat.integrity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.Tally.Kind;

/// Counts one piece of an inspection while its rows or items pass by. Not for use by several threads.
public final class RowCount {
    private final Subject subject;
    private final List<String> samples = new ArrayList<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private Optional<Instant> newestInCopy = Optional.empty();
    private Optional<Instant> newestInLive = Optional.empty();

    public RowCount(Subject subject) {
        this.subject = subject;
    }

    /// Rows read in the copy.
    public void copyRows(long rows) {
        count(Kind.COPY_ROWS, rows);
    }

    /// Rows read in live.
    public void liveRows(long rows) {
        count(Kind.LIVE_ROWS, rows);
    }

    /// Rows of the copy that live does not hold.
    ///
    /// @param expected whether a rule explains it: they have expired in live
    /// @param key for the person who looks into it
    public void missingInLive(boolean expected, long rows, Object key) {
        difference(Kind.MISSING_IN_LIVE, expected, rows, key);
    }

    /// Rows that live holds with another content.
    ///
    /// @param expected whether a rule explains it: they were written after the point in time
    /// @param key for the person who looks into it
    public void changed(boolean expected, long rows, Object key) {
        difference(Kind.CHANGED, expected, rows, key);
    }

    /// Rows of live that the copy does not hold.
    ///
    /// @param expected whether a rule explains it: they were written after the point in time
    /// @param key for the person who looks into it
    public void unexpectedInLive(boolean expected, long rows, Object key) {
        difference(Kind.UNEXPECTED_IN_LIVE, expected, rows, key);
    }

    /// The time of a row's last write in the copy.
    ///
    /// @param lastWrite absent: it could not be read
    public void writtenInCopy(Optional<Instant> lastWrite) {
        count(Kind.UNREADABLE_TIMES, lastWrite.isPresent() ? 0 : 1);
        newestInCopy = Tally.later(newestInCopy, lastWrite);
        count(Kind.AFTER_POINT, isAfterPoint(lastWrite) ? 1 : 0);
    }

    /// The time of a row's last write in live.
    ///
    /// @param lastWrite absent: it could not be read
    /// @param heldByCopy whether the copy holds the row, with this write or a later one
    /// @param inCopy the time of the row's last write there; absent: the copy lacks it, or it could not be read
    public void writtenInLive(Optional<Instant> lastWrite, boolean heldByCopy, Optional<Instant> inCopy) {
        count(Kind.AFTER_POINT, isAfterPoint(inCopy) && inCopy.equals(lastWrite) ? -1 : 0);
        if (lastWrite.isEmpty()) {
            count(Kind.UNREADABLE_TIMES, 1);
        } else if (lastWrite.get().isAfter(subject.incidentAt())) {
            count(Kind.REWRITTEN_SINCE, 1);
        } else {
            newestInLive = Tally.later(newestInLive, lastWrite);
            count(Kind.LOST_WRITES, heldByCopy ? 0 : 1);
            count(Kind.LOST_BEFORE_POINT, !heldByCopy && isBeforePoint(lastWrite.get()) ? 1 : 0);
        }
    }

    /// What was counted so far.
    public Evidence evidence(Outcome... outcomes) {
        return new Evidence(List.of(outcomes), tally(), samples);
    }

    private Tally tally() {
        return new Tally(counts, newestInCopy, newestInLive);
    }

    private void count(Kind kind, long rows) {
        counts.merge(kind, rows, Long::sum);
    }

    private boolean isAfterPoint(Optional<Instant> lastWrite) {
        var latest = subject.restoredTo().plus(NewestWrites.CLOCKS);
        return lastWrite.filter(at -> at.isAfter(latest)).isPresent();
    }

    private boolean isBeforePoint(Instant lastWrite) {
        return lastWrite.isBefore(subject.restoredTo().minus(NewestWrites.CLOCKS));
    }

    private void difference(Kind kind, boolean expected, long rows, Object key) {
        count(expected ? Kind.EXPLAINED : kind, rows);
        if (!expected && samples.size() < Conclusion.SAMPLES) {
            samples.add("%s: %s".formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), key));
        }
    }
}
