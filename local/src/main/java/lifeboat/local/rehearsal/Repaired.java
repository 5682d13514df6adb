package lifeboat.local.rehearsal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Live after its repair, row by row, against the rehearsal's own record of what it should hold: every good write,
/// those made after the damage among them, and nothing of the damage.
///
/// @param plan id of the plan that was carried out
/// @param listed what the comparison listed, as a person reads it
/// @param planned rows that the plan said it would write
/// @param state how the repair said it ended
/// @param rows how many rows live has
/// @param wrong rows that are not what they should be
/// @param undecided damaged rows whose last good write is in no copy and whose time is that of the good write: nothing
///     tells them from good ones, so they are left as they are
/// @param writtenSince rows with a good write after the damage, all of which live must still hold
/// @param samples a few keys of wrong rows
record Repaired(
        String plan,
        List<String> listed,
        long planned,
        String state,
        long rows,
        long wrong,
        long undecided,
        long writtenSince,
        List<String> samples) {
    private static final int SAMPLES = 5;

    /// What the reconcile itself said.
    ///
    /// @param plan id of the plan
    /// @param listed the lines of the comparison
    /// @param planned rows that the plan said it would write
    /// @param state how the repair said it ended
    record Said(String plan, List<String> listed, long planned, String state) {}

    /// Compares.
    static Repaired of(Said said, Map<String, String> live, Journal journal, Instant restoredTo, Instant damagedAt) {
        long wrong = 0;
        long undecided = 0;
        List<String> samples = new ArrayList<>();
        Map<String, List<Journal.Write>> writes = byKey(journal);
        Set<String> keys = new TreeSet<>(journal.keys());
        keys.addAll(live.keySet());
        for (String key : keys) {
            Optional<String> held = Optional.ofNullable(live.get(key));
            List<Journal.Write> ofKey = writes.getOrDefault(key, List.of());
            boolean damagedLast = !ofKey.isEmpty() && ofKey.getLast().damage();
            Set<Optional<String>> good =
                    new HashSet<>(damagedLast ? journal.possibleAt(key, restoredTo) : Set.of(journal.last(key)));
            if (good.contains(held)) {
                continue;
            }
            boolean lost = damagedLast && held.equals(journal.last(key)) && lastGoodIsInNoCopy(ofKey, restoredTo);
            undecided += lost ? 1 : 0;
            wrong += lost ? 0 : 1;
            if (!lost && samples.size() < SAMPLES) {
                samples.add(key);
            }
        }
        long since = writes.values().stream()
                .filter(all -> !all.getLast().damage() && all.getLast().sentAt().isAfter(damagedAt))
                .count();
        return new Repaired(
                said.plan(),
                said.listed(),
                said.planned(),
                said.state(),
                live.size(),
                wrong,
                undecided,
                since,
                samples);
    }

    private static Map<String, List<Journal.Write>> byKey(Journal journal) {
        Map<String, List<Journal.Write>> writes = new HashMap<>();
        journal.writes()
                .forEach(write -> writes.computeIfAbsent(write.key(), _ -> new ArrayList<>())
                        .add(write));
        return writes;
    }

    private static boolean lastGoodIsInNoCopy(List<Journal.Write> writes, Instant restoredTo) {
        return writes.stream()
                .anyMatch(write -> !write.damage() && write.doneAt().isAfter(restoredTo));
    }

    /// Whether live holds what it should. Partly repaired is right as well: the shop was faster with some of the rows.
    boolean right() {
        return wrong == 0 && (state.equals("REPAIRED") || state.equals("PARTLY_REPAIRED"));
    }
}
