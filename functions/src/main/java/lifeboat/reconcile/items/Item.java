package lifeboat.reconcile.items;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// One item of a table: its attributes by name, in canonical form, so that equal items are equal values.
///
/// @param attributes by name; the key's attributes are among them
public record Item(NavigableMap<String, Attribute> attributes) {
    public static Item of(Map<String, Attribute> attributes) {
        return new Item(new TreeMap<>(attributes));
    }

    /// The attribute's value; empty where the item has no such attribute.
    public Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }
}
