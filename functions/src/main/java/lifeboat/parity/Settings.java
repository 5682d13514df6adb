package lifeboat.parity;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The settings of a resource at one moment, as text that can be kept in the ledger and read in another region.
///
/// @param values by stable name; a value is plain text or JSON
public record Settings(SortedMap<String, String> values) {
    /// Nothing was captured.
    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public Settings(Map<String, String> values) {
        this(new TreeMap<>(values));
    }
}
