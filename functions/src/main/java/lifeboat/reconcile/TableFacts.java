package lifeboat.reconcile;

import java.util.Optional;
import java.util.Set;

/// What a selection can name of one table.
///
/// @param columns its columns; empty: the store does not tell, for each item has its own
/// @param times of these, those that can hold a time
/// @param key what the first part of its key holds
public record TableFacts(Optional<Set<String>> columns, Set<String> times, KeyForm key) {
    public TableFacts {
        columns = columns.map(Set::copyOf);
        times = Set.copyOf(times);
    }

    /// Of a table that is not compared, or of a store that does not tell columns.
    public static TableFacts ofKey(KeyForm key) {
        return new TableFacts(Optional.empty(), Set.of(), key);
    }

    /// Whether a column can hold a time, as far as is known.
    boolean hasTime(String column) {
        return columns.isEmpty() || times.contains(column);
    }
}
