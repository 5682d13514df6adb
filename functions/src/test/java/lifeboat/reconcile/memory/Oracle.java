package lifeboat.reconcile.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.KeyRange;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// What must become of each row, written from what the documents promise and not from the code that keeps it: what
/// a good writer wrote stays, damage is repaired, and what is neither is a difference that a person decides.
final class Oracle {
    private final MemorySide copy;
    private final Rules rules;
    private final List<TableName> unreadable;

    Oracle(MemorySide copy, Rules rules, List<TableName> unreadable) {
        this.copy = copy;
        this.rules = rules;
        this.unreadable = unreadable;
    }

    /// What must become of a row.
    enum Fate {
        /// Both sides are the same.
        SAME,
        /// It differs, and that is as it should be.
        EXPECTED,
        /// It differs, and stays.
        DIFFERS,
        /// It becomes what the copy holds.
        REPAIRED
    }

    Fate of(Place place, Optional<Rows> seenInLive) {
        Optional<Rows> inCopy = copy.at(place);
        if (inCopy.equals(seenInLive)) {
            return Fate.SAME;
        }
        if (unreadable.contains(place.table())) {
            return Fate.DIFFERS;
        }
        Optional<TimeAnomaly> anomaly = seenInLive.flatMap(live -> anomaly(place.table(), inCopy, live));
        if (anomaly.isPresent()) {
            boolean named = rules.selection().anomalies().contains(anomaly.get());
            return named && isChosen(place, inCopy, seenInLive) ? Fate.REPAIRED : Fate.DIFFERS;
        }
        Fate fate = seenInLive.isEmpty()
                ? missing(place, inCopy.orElseThrow().row())
                : explained(place.table(), inCopy, seenInLive.get());
        boolean kind = rules.selection().classes().contains(kind(inCopy, seenInLive));
        return fate == Fate.REPAIRED && !(kind && isChosen(place, inCopy, seenInLive)) ? Fate.DIFFERS : fate;
    }

    /// A row that is gone is damage, unless time to live or a purge removed it.
    private Fate missing(Place place, MemoryRow row) {
        boolean expired = copy.table(place.table()).hasExpiry()
                && row.time(MemoryTable.EXPIRY)
                        .filter(at -> !at.isAfter(rules.comparedAt()))
                        .filter(at -> !at.isBefore(rules.comparedAt().minus(Duration.ofDays(5 * 365))))
                        .isPresent();
        boolean purged = rules.purges().stream()
                .anyMatch(rule -> rule.table().equals(place.table())
                        && row.time(rule.field())
                                .filter(at -> at.isBefore(rule.before()))
                                .isPresent());
        return expired || purged ? Fate.EXPECTED : Fate.REPAIRED;
    }

    /// Only what was written after the point in time, less the grace, explains a difference.
    private Fate explained(TableName table, Optional<Rows> inCopy, Rows inLive) {
        if (rules.explainedBy().isEmpty()) {
            return Fate.REPAIRED;
        }
        Optional<Instant> live = time(table, Optional.of(inLive));
        Optional<Instant> before = time(table, inCopy);
        if (live.isEmpty()) {
            return rules.repairWithoutTime() ? Fate.REPAIRED : Fate.DIFFERS;
        }
        Instant at = live.get();
        if (isDeclared(at) || before.filter(time -> !time.isBefore(at)).isPresent()) {
            return Fate.REPAIRED; // inside the window of damage, or changed without a newer time
        }
        boolean overwritten = inCopy.isPresent() && rules.bothSides() == ChangedOnBothSides.TAKE_COPY;
        return overwritten ? Fate.REPAIRED : Fate.EXPECTED;
    }

    /// A time before the point in time that the copy does not have, or one that has not come: a person decides.
    private Optional<TimeAnomaly> anomaly(TableName table, Optional<Rows> inCopy, Rows inLive) {
        Optional<Instant> live = time(table, Optional.of(inLive));
        if (rules.explainedBy().isEmpty() || live.isEmpty() || isDeclared(live.get())) {
            return Optional.empty();
        }
        Instant at = live.get();
        if (at.isAfter(rules.comparedAt().plus(Duration.ofDays(1)))) {
            return Optional.of(TimeAnomaly.STAMPED_AHEAD);
        }
        Optional<Instant> before = time(table, inCopy);
        boolean good = at.isAfter(rules.pointInTime().orElseThrow().minus(rules.grace()));
        if (good
                && rules.bothSides() == ChangedOnBothSides.KEEP_LIVE
                && before.filter(at::isBefore).isPresent()) {
            return Optional.of(TimeAnomaly.STAMPED_BEFORE); // two writers that passed each other, or damage
        }
        boolean newer = before.map(at::isAfter).orElse(true);
        return newer && !good ? Optional.of(TimeAnomaly.STAMPED_BEFORE) : Optional.empty();
    }

    private boolean isDeclared(Instant at) {
        return rules.selection()
                .writtenWithin()
                .filter(window -> !at.isBefore(window.from()) && !at.isAfter(window.to()))
                .isPresent();
    }

    private Optional<Instant> time(TableName table, Optional<Rows> rows) {
        return copy.table(table).hasTime() ? rows.flatMap(some -> some.row().time(MemoryTable.TIME)) : Optional.empty();
    }

    private boolean isChosen(Place place, Optional<Rows> inCopy, Optional<Rows> inLive) {
        var selection = rules.selection();
        boolean table = selection.tables().isEmpty() || selection.tables().contains(place.table());
        List<KeyRange> ranges = selection.keys().get(place.table());
        boolean key = ranges == null
                || ranges.stream()
                        .anyMatch(range -> isWithin(range, place.key().parts().getFirst()));
        Optional<Instant> written = time(place.table(), inLive.or(() -> inCopy));
        boolean window = selection
                .writtenWithin()
                .map(within -> written.filter(at -> !at.isBefore(within.from()) && !at.isAfter(within.to()))
                        .isPresent())
                .orElse(true);
        return table && key && window;
    }

    /// The keys of these tests are whole numbers, or digests of rows without a key.
    private static boolean isWithin(KeyRange range, String key) {
        return key.matches("[0-9]{1,9}")
                && Integer.parseInt(range.from()) <= Integer.parseInt(key)
                && Integer.parseInt(key) <= Integer.parseInt(range.to());
    }

    static DifferenceClass kind(Optional<Rows> inCopy, Optional<Rows> inLive) {
        return inLive.isEmpty()
                ? DifferenceClass.MISSING_IN_LIVE
                : inCopy.isEmpty() ? DifferenceClass.UNEXPECTED_IN_LIVE : DifferenceClass.CHANGED;
    }

    /// How many rows make one what the other is: as many as come or go, or one that changes.
    static long rows(Optional<Rows> inCopy, Optional<Rows> inLive) {
        long more = inCopy.map(Rows::count).orElse(0L) - inLive.map(Rows::count).orElse(0L);
        return more == 0 ? 1 : Math.abs(more);
    }

    /// How many rows a plan must name, by class.
    Map<DifferenceClass, Long> planned(Map<Place, Optional<Rows>> seenInLive) {
        Map<DifferenceClass, Long> planned = new EnumMap<>(DifferenceClass.class);
        seenInLive.forEach((place, live) -> {
            if (of(place, live) == Fate.REPAIRED) {
                planned.merge(kind(copy.at(place), live), rows(copy.at(place), live), Long::sum);
            }
        });
        return planned;
    }
}
