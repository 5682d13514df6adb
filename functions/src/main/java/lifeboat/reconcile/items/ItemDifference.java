package lifeboat.reconcile.items;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What has to be done to one item so that it equals another.
///
/// @param set attributes that are missing or hold something else, with what they are to hold
/// @param remove attributes that are not to be there
/// @param added those of `set` that are missing now
public record ItemDifference(
        NavigableMap<String, Attribute> set, NavigableSet<String> remove, NavigableSet<String> added) {
    public static ItemDifference between(Item from, Item to) {
        var set = new TreeMap<String, Attribute>();
        var added = new TreeSet<String>();
        to.attributes().forEach((name, value) -> {
            if (!value.equals(from.attributes().get(name))) {
                set.put(name, value);
            }
            if (!from.attributes().containsKey(name)) {
                added.add(name);
            }
        });
        var remove = new TreeSet<>(from.attributes().keySet());
        remove.removeAll(to.attributes().keySet());
        return new ItemDifference(set, remove, added);
    }

    /// The names of all attributes that differ.
    public NavigableSet<String> names() {
        var names = new TreeSet<>(set.keySet());
        names.addAll(remove);
        return names;
    }

    /// What the attributes that would be overwritten or removed hold now.
    Map<String, Attribute> touched(Item from) {
        var touched = new TreeMap<>(from.attributes());
        touched.keySet().retainAll(names());
        return touched;
    }
}
