package lifeboat.local.rehearsal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rehearsal's own record of what was written to one resource, kept apart from every engine and stand-in: what it
/// held when the shop opened, and every write since, with the times between which it took effect.
final class Journal {
    private final Map<String, String> opening = new HashMap<>();
    private final Map<String, List<Write>> writes = new HashMap<>();

    /// One write.
    ///
    /// @param sentAt it took effect no earlier
    /// @param doneAt it took effect no later
    /// @param content what the row holds since; empty: it was deleted
    /// @param damage whether the deployment did it
    record Write(String key, Instant sentAt, Instant doneAt, Optional<String> content, boolean damage) {}

    synchronized void open(Map<String, String> rows) {
        opening.putAll(rows);
    }

    synchronized void add(Write write) {
        writes.computeIfAbsent(write.key(), _ -> new ArrayList<>()).add(write);
    }

    /// Every key that was ever there.
    synchronized Set<String> keys() {
        Set<String> keys = new HashSet<>(opening.keySet());
        keys.addAll(writes.keySet());
        return keys;
    }

    synchronized int rowsAtOpening() {
        return opening.size();
    }

    /// What a row may hold at an instant: one content, or two where a write was under way just then. Absent is empty.
    synchronized Set<Optional<String>> possibleAt(String key, Instant time) {
        Set<Optional<String>> possible = new HashSet<>();
        @Nullable String content = opening.get(key);
        possible.add(Optional.ofNullable(content));
        for (Write write : writes.getOrDefault(key, List.of())) {
            if (!write.doneAt().isAfter(time)) {
                possible.clear();
                possible.add(write.content());
            } else if (!write.sentAt().isAfter(time)) {
                possible.add(write.content());
            }
        }
        return possible;
    }

    /// What a row holds when everything is done.
    synchronized Optional<String> last(String key) {
        List<Write> all = writes.getOrDefault(key, List.of());
        return all.isEmpty()
                ? Optional.ofNullable(opening.get(key))
                : all.getLast().content();
    }

    /// Every write, in no particular order.
    synchronized List<Write> writes() {
        return writes.values().stream().flatMap(List::stream).toList();
    }
}
