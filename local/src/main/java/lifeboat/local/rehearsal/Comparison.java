package lifeboat.local.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A restored copy, row by row, against the rehearsal's own record of what it must hold.
///
/// @param copy its physical name
/// @param restoredTo the time whose state it must hold
/// @param rows how many rows it has
/// @param missing rows that it must have and has not
/// @param unexpected rows that it has and must not have
/// @param different rows whose content is not the one of that time
/// @param cameBack rows that the deployment damaged in live and that are good in the copy
/// @param damaged rows that the deployment damaged
/// @param lostWrites rows whose last good write before the damage is not in the copy
/// @param newestInCopy the newest good write that is in the copy; empty: none since the shop opened
/// @param newestBeforeDamage the newest good write before the damage; empty: none
/// @param samples a few keys that are not as they must be
record Comparison(
        String copy,
        Instant restoredTo,
        long rows,
        long missing,
        long unexpected,
        long different,
        long cameBack,
        long damaged,
        long lostWrites,
        Optional<Instant> newestInCopy,
        Optional<Instant> newestBeforeDamage,
        List<String> samples) {
    private static final int SAMPLES = 5;

    /// Compares.
    ///
    /// @param incidentAt good writes after this are not lost
    static Comparison of(
            String copy, Map<String, String> rows, Journal journal, Instant restoredTo, Instant incidentAt) {
        long missing = 0;
        long unexpected = 0;
        long different = 0;
        List<String> samples = new ArrayList<>();
        Set<String> keys = new TreeSet<>(journal.keys());
        keys.addAll(rows.keySet());
        for (String key : keys) {
            Optional<String> held = Optional.ofNullable(rows.get(key));
            if (journal.possibleAt(key, restoredTo).contains(held)) {
                continue;
            }
            boolean mayBeThere = journal.possibleAt(key, restoredTo).stream().anyMatch(Optional::isPresent);
            missing += held.isEmpty() ? 1 : 0;
            unexpected += held.isPresent() && !mayBeThere ? 1 : 0;
            different += held.isPresent() && mayBeThere ? 1 : 0;
            if (samples.size() < SAMPLES) {
                samples.add(key);
            }
        }
        Writes writes = new Writes(journal, rows, incidentAt);
        return new Comparison(
                copy,
                restoredTo,
                rows.size(),
                missing,
                unexpected,
                different,
                writes.cameBack(restoredTo),
                writes.damagedKeys().size(),
                writes.lost(),
                writes.newest(true),
                writes.newest(false),
                samples);
    }

    /// Whether the copy holds exactly what it must.
    boolean exact() {
        return missing == 0 && unexpected == 0 && different == 0;
    }

    /// How much time of good writes is not in the copy: everything up to the restored time is, where it is exact.
    Duration lost() {
        return newestBeforeDamage
                .filter(newest -> lostWrites > 0 && newest.isAfter(restoredTo))
                .map(newest -> Duration.between(restoredTo, newest))
                .orElse(Duration.ZERO);
    }

    /// What became of the writes of the journal.
    private record Writes(Journal journal, Map<String, String> rows, Instant incidentAt) {
        Set<String> damagedKeys() {
            Set<String> keys = new TreeSet<>();
            journal.writes().stream().filter(Journal.Write::damage).forEach(write -> keys.add(write.key()));
            return keys;
        }

        long cameBack(Instant restoredTo) {
            return damagedKeys().stream()
                    .filter(key -> journal.possibleAt(key, restoredTo).contains(Optional.ofNullable(rows.get(key))))
                    .count();
        }

        private List<Journal.Write> good() {
            return journal.writes().stream()
                    .filter(write -> !write.damage() && write.doneAt().isBefore(incidentAt))
                    .toList();
        }

        private boolean inCopy(Journal.Write write) {
            return write.content().equals(Optional.ofNullable(rows.get(write.key())));
        }

        // Of the writes to one row only the last can be missed.
        long lost() {
            Map<String, Journal.Write> last = new HashMap<>();
            good().forEach(write ->
                    last.merge(write.key(), write, (a, b) -> a.doneAt().isAfter(b.doneAt()) ? a : b));
            return last.values().stream().filter(write -> !inCopy(write)).count();
        }

        Optional<Instant> newest(boolean onlyInCopy) {
            return good().stream()
                    .filter(write -> !onlyInCopy || inCopy(write))
                    .map(Journal.Write::sentAt)
                    .max(Instant::compareTo);
        }
    }
}
