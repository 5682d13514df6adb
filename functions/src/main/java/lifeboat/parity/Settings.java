package lifeboat.parity;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The settings of a resource at one moment, as text that can be kept in the ledger and read in another region.
///
/// @param values by stable name; a value is plain text or JSON
/// @param unread why a setting could not be read from live, by its name; its value may be the last known
public record Settings(SortedMap<String, String> values, SortedMap<String, String> unread) {
    /// Nothing was captured.
    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        unread = Collections.unmodifiableSortedMap(new TreeMap<>(unread));
    }

    public Settings(Map<String, String> values) {
        this(values, Map.of());
    }

    public Settings(Map<String, String> values, Map<String, String> unread) {
        this(new TreeMap<>(values), new TreeMap<>(unread));
    }

    /// These, with what could not be read.
    public Settings unread(Map<String, String> reasons) {
        return new Settings(values, reasons);
    }

    /// These, and the last known value of each that could not be read.
    public Settings orElse(Settings last) {
        Map<String, String> both = new TreeMap<>(values);
        last.values().forEach((name, value) -> {
            if (unread.containsKey(name)) {
                both.putIfAbsent(name, value);
            }
        });
        return new Settings(both, unread);
    }
}
