package lifeboat.integrity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Counts one piece of an inspection while its rows or items pass by. Not for use by several threads.
public final class RowCount {
    private final Subject subject;
    private final List<String> samples = new ArrayList<>();
    private long copyRows;
    private long liveRows;
    private long missingInLive;
    private long changed;
    private long unexpectedInLive;
    private long explained;
    private Optional<Instant> newestInCopy = Optional.empty();
    private Optional<Instant> newestInLive = Optional.empty();
    private long lostWrites;
    private long rewrittenSince;
    private long unreadableTimes;
    private long afterPoint;

    public RowCount(Subject subject) {
        this.subject = subject;
    }

    /// Rows read in the copy.
    public void copyRows(long rows) {
        copyRows += rows;
    }

    /// Rows read in live.
    public void liveRows(long rows) {
        liveRows += rows;
    }

    /// Rows of the copy that live does not hold.
    ///
    /// @param expected whether a rule explains it: they have expired in live
    /// @param key for the person who looks into it
    public void missingInLive(boolean expected, long rows, Object key) {
        missingInLive += unexplained(expected, rows, "missing in live", key);
    }

    /// Rows that live holds with another content.
    ///
    /// @param expected whether a rule explains it: they were written after the point in time
    /// @param key for the person who looks into it
    public void changed(boolean expected, long rows, Object key) {
        changed += unexplained(expected, rows, "changed", key);
    }

    /// Rows of live that the copy does not hold.
    ///
    /// @param expected whether a rule explains it: they were written after the point in time
    /// @param key for the person who looks into it
    public void unexpectedInLive(boolean expected, long rows, Object key) {
        unexpectedInLive += unexplained(expected, rows, "unexpected in live", key);
    }

    /// The time of a row's last write in the copy.
    ///
    /// @param lastWrite absent: it could not be read
    public void writtenInCopy(Optional<Instant> lastWrite) {
        unreadableTimes += lastWrite.isPresent() ? 0 : 1;
        newestInCopy = Tally.later(newestInCopy, lastWrite);
        afterPoint += isAfterPoint(lastWrite) ? 1 : 0;
    }

    /// The time of a row's last write in live.
    ///
    /// @param lastWrite absent: it could not be read
    /// @param heldByCopy whether the copy holds the row, with this write or a later one
    public void writtenInLive(Optional<Instant> lastWrite, boolean heldByCopy) {
        afterPoint -= heldByCopy && isAfterPoint(lastWrite) ? 1 : 0;
        if (lastWrite.isEmpty()) {
            unreadableTimes++;
        } else if (lastWrite.get().isAfter(subject.incidentAt())) {
            rewrittenSince++;
        } else {
            newestInLive = Tally.later(newestInLive, lastWrite);
            lostWrites += heldByCopy ? 0 : 1;
        }
    }

    /// What was counted so far.
    public Evidence evidence(Outcome... outcomes) {
        return new Evidence(List.of(outcomes), tally(), samples);
    }

    private Tally tally() {
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
                afterPoint);
    }

    private boolean isAfterPoint(Optional<Instant> lastWrite) {
        var latest = subject.restoredTo().plus(NewestWrites.CLOCKS);
        return lastWrite.filter(at -> at.isAfter(latest)).isPresent();
    }

    private long unexplained(boolean expected, long rows, String kind, Object key) {
        if (expected) {
            explained += rows;
            return 0;
        }
        if (samples.size() < Conclusion.SAMPLES) {
            samples.add("%s: %s".formatted(kind, key));
        }
        return rows;
    }
}
