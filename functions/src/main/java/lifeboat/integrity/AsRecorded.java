package lifeboat.integrity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;

/// Compares what a restored copy holds with what was recorded of live, row by row, and says only what follows.
///
/// A row of the copy that was last written before the record was read must be in the record as it is. One that was
/// written since is told by its time: its key says which recorded row it replaced, and nothing else is explained by it.
/// A recorded row that is gone may have been deleted: a delete leaves no time, so that the answer is open. A time after
/// the point in time is impossible in a copy.
public final class AsRecorded {
    /// How far clocks may differ, and how long a write may take from its time to its commit.
    static final Duration GRACE = NewestWrites.CLOCKS;
    /// Where more of a copy was written since, its record proves too little.
    private static final int LARGEST_SHARE = 50;

    private final String check;
    private final TableContent recorded;
    private final TableContent copy;
    private final Subject subject;
    private long impossible;
    private long different;
    private long untold;
    private long written;
    private long gone;

    private AsRecorded(String check, TableContent recorded, TableContent copy, Subject subject) {
        this.check = check;
        this.recorded = recorded;
        this.copy = copy;
        this.subject = subject;
    }

    /// Which rows of a copy the record of its table knows nothing of.
    static TableContent.Since since(TableContent recorded, Instant point) {
        return new TableContent.Since(recorded.until().plus(GRACE), point.plus(GRACE));
    }

    /// Up to when a copy shows that it reaches: its newest write, or the record where its rows are in it. A record
    /// of no rows is in every copy.
    static Optional<Instant> reaches(Outcome outcome, TableContent recorded, TableContent copy) {
        var hasRows = recorded.presenceOnly().isEmpty() && recorded.count() > 0;
        return hasRows && (outcome instanceof Passed || outcome instanceof Observed)
                ? Tally.later(copy.newest(), Optional.of(recorded.from()))
                : copy.newest();
    }

    /// What the comparison of one table proves.
    ///
    /// @param check as a person reads it
    /// @param copy read with {@link #since}
    public static Outcome outcome(String check, TableContent recorded, TableContent copy, Subject subject) {
        return new AsRecorded(check, recorded, copy, subject).outcome();
    }

    private Outcome outcome() {
        if (!recorded.rule().equals(copy.rule())) {
            return new Inconclusive(
                    check,
                    "%s was recorded by another rule: \"%s\", not \"%s\""
                            .formatted(recorded.table(), recorded.rule(), copy.rule()));
        }
        if (recorded.until().isAfter(subject.restoredTo())) {
            return new Inconclusive(check, "%s was recorded after the point in time".formatted(recorded.table()));
        }
        if (recorded.presenceOnly().isPresent()) {
            return new Passed(
                    check,
                    "%s is there; its rows are not compared: %s"
                            .formatted(recorded.table(), recorded.presenceOnly().get()));
        }
        if (copy.count() == 0 && recorded.count() > 0) {
            return new Failed(check, told("the copy is empty"));
        }
        return copy.sketch()
                .minus(recorded.sketch())
                .differences()
                .map(this::judged)
                .orElseGet(() -> new Inconclusive(check, told("too many rows differ to tell which")));
    }

    private Outcome judged(Sketch.Differences differences) {
        Map<Long, RowDigest> lacking = new HashMap<>();
        differences.fewer().forEach(row -> lacking.put(row.key(), row));
        for (var row : differences.more()) {
            judge(row, Optional.ofNullable(lacking.get(row.key())));
        }
        differences.more().forEach(row -> lacking.remove(row.key()));
        // keys of rows written since matter only where a recorded row is to be found among them
        var level = lacking.isEmpty()
                ? differences.level()
                : Math.max(differences.level(), copy.since().level());
        gone = lacking.keySet().stream()
                .filter(key -> RowDigest.level(key) >= level && !copy.since().contains(key))
                .count();
        return level == 0 ? ofAll(differences) : ofASample(level);
    }

    /// A row that the copy has and the record has not, or has with another content.
    ///
    /// @param before the recorded row of the same key; empty: there is none
    private void judge(RowDigest row, Optional<RowDigest> before) {
        var at = row.time();
        var older = before.flatMap(RowDigest::time)
                .filter(recordedAt ->
                        at.filter(recordedAt.minus(GRACE)::isAfter).isPresent())
                .isPresent();
        if (at.isEmpty()) {
            untold++;
        } else if (at.get().isAfter(subject.restoredTo().plus(GRACE))) {
            impossible++;
        } else if (at.get().isAfter(recorded.from().minus(GRACE)) && !older) {
            written++;
        } else {
            different++;
        }
    }

    private Outcome ofAll(Sketch.Differences differences) {
        written += copy.since().count();
        var proven = recorded.count() - differences.fewer().size();
        if (copy.count() != proven + differences.more().size() + copy.since().count()) {
            return new Inconclusive(check, told("the counts contradict each other"));
        }
        var seen = told("%,d of the recorded rows are the same%s".formatted(proven, told()));
        if (fails()) {
            return new Failed(check, seen);
        }
        if (untold + gone + impossible > 0) {
            return new Inconclusive(check, seen);
        }
        if (written == 0) {
            return new Passed(check, seen);
        }
        return 100 * written > LARGEST_SHARE * copy.count()
                ? new Inconclusive(check, seen + ": more than half of the copy, so its record proves too little")
                : new Observed(check, seen);
    }

    /// Of a sample nothing is proven, but what is wrong is wrong.
    private Outcome ofASample(int level) {
        var seen = told("too many rows differ to tell which; of a sample of one key in %,d%s"
                .formatted(1L << (4 * level), told().isEmpty() ? " nothing is known" : told()));
        return fails() ? new Failed(check, seen) : new Inconclusive(check, seen);
    }

    private boolean fails() {
        return different > 0 || (impossible > 0 && subject.exact());
    }

    private String told() {
        var parts = new StringBuilder();
        told(parts, different, "differ though they were not written since");
        told(parts, impossible, "say that they were written after the point in time");
        told(parts, gone, "are gone, which may be a delete");
        told(parts, untold, "differ and tell no time");
        told(parts, written, "were written since");
        return parts.toString();
    }

    private static void told(StringBuilder parts, long rows, String what) {
        if (rows > 0) {
            parts.append(", %,d %s".formatted(rows, what));
        }
    }

    private String told(String what) {
        return "%s: %,d rows recorded at %s, %,d in the copy as of %s; %s"
                .formatted(
                        recorded.table(), recorded.count(), recorded.until(), copy.count(), subject.restoredTo(), what);
    }
}
