package lifeboat.integrity;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;

/// Compares what a restored copy holds with what was recorded of live, part by part, and says only what follows.
///
/// Equal is equal, whatever happened between. Unequal speaks against the copy only where nothing was written between
/// the record and the point in time: that is read from the times of last write on both sides. Where something was, the
/// difference is as it must be and is told; it proves nothing. A delete leaves no time, so that rows that are gone on
/// the later side leave the answer open.
public final class AsRecorded {
    /// How far clocks may differ, and how long a write may take from its time to its commit.
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final String check;
    private final TableContent recorded;
    private final TableContent copy;
    private final Instant point;

    private AsRecorded(String check, TableContent recorded, TableContent copy, Instant point) {
        this.check = check;
        this.recorded = recorded;
        this.copy = copy;
        this.point = point;
    }

    /// What the comparison of one table proves.
    ///
    /// @param check as a person reads it
    /// @param point the point in time whose state the copy holds
    public static Outcome outcome(String check, TableContent recorded, TableContent copy, Instant point) {
        return new AsRecorded(check, recorded, copy, point).outcome();
    }

    private enum Standing {
        SAME,
        WRITTEN_BETWEEN,
        UNKNOWN,
        DIFFERS
    }

    private Outcome outcome() {
        if (!recorded.rule().equals(copy.rule())) {
            return new Inconclusive(
                    check,
                    "%s was recorded by another rule: \"%s\", not \"%s\""
                            .formatted(recorded.table(), recorded.rule(), copy.rule()));
        }
        var standings = new EnumMap<Standing, Integer>(Standing.class);
        for (var i = 0; i < TableContent.PARTS; i++) {
            standings.merge(of(recorded.parts().get(i), copy.parts().get(i)), 1, Integer::sum);
        }
        var seen = told(standings);
        if (standings.containsKey(Standing.DIFFERS)) {
            return new Failed(check, seen);
        }
        if (standings.containsKey(Standing.UNKNOWN)) {
            return new Inconclusive(check, seen);
        }
        return standings.containsKey(Standing.WRITTEN_BETWEEN) ? new Observed(check, seen) : new Passed(check, seen);
    }

    private Standing of(TableContent.Part before, TableContent.Part after) {
        if (before.holdsTheSameAs(after)) {
            return Standing.SAME;
        }
        if (before.newest().isEmpty() || after.newest().isEmpty()) {
            return Standing.UNKNOWN;
        }
        var earlier = (point.isBefore(recorded.from()) ? point : recorded.from()).minus(GRACE);
        if (before.newest().get().isAfter(earlier) || after.newest().get().isAfter(earlier)) {
            return Standing.WRITTEN_BETWEEN;
        }
        return mayBeDeletes(before.count(), after.count()) ? Standing.UNKNOWN : Standing.DIFFERS;
    }

    /// Whether the later side has fewer rows. Within the grace either side may be the later one.
    private boolean mayBeDeletes(long before, long after) {
        var copyIsLater = !point.isBefore(recorded.from().minus(GRACE));
        var recordIsLater = !point.isAfter(recorded.until().plus(GRACE));
        return (copyIsLater && after < before) || (recordIsLater && before < after);
    }

    private String told(Map<Standing, Integer> standings) {
        var parts = new StringBuilder(
                "of %d parts %d are the same".formatted(TableContent.PARTS, standings.getOrDefault(Standing.SAME, 0)));
        standings.forEach((standing, count) -> parts.append(
                switch (standing) {
                    case SAME -> "";
                    case WRITTEN_BETWEEN -> ", %d were written between".formatted(count);
                    case UNKNOWN -> ", of %d it cannot be told".formatted(count);
                    case DIFFERS -> ", %d differ though nothing was written".formatted(count);
                }));
        return "%s: %,d rows recorded at %s, %,d in the copy as of %s; %s"
                .formatted(recorded.table(), recorded.count(), recorded.until(), copy.count(), point, parts);
    }
}
