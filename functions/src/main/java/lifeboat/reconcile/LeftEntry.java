package lifeboat.reconcile;

import java.util.List;
import java.util.Optional;

/// Rows of an undo log that were not undone.
///
/// @param entry number of their entry, by which a person names it
/// @param table their table; empty: their file cannot be read
/// @param rows how many; 0 where their file cannot be read
/// @param keys of the rows
/// @param why as a person reads it
public record LeftEntry(int entry, Optional<TableName> table, long rows, List<RowKey> keys, String why) {
    public LeftEntry {
        keys = List.copyOf(keys);
    }

    static LeftEntry unreadable(int entry, String why) {
        return new LeftEntry(entry, Optional.empty(), 0, List.of(), why);
    }
}
