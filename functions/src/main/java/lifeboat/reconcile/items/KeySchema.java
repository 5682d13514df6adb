package lifeboat.reconcile.items;

import java.util.List;
import java.util.Optional;

/// Which attributes are a table's primary key.
///
/// @param partition the partition key
/// @param sort the sort key; empty where the partition key alone identifies an item
public record KeySchema(Part partition, Optional<Part> sort) {
    /// One attribute of the key.
    ///
    /// @param name the attribute's name
    /// @param type what it holds: a key can be a string, a number or binary
    public record Part(String name, Type type) {}

    /// What a key attribute can hold.
    public enum Type {
        S,
        N,
        B
    }

    /// The parts in order: partition key, then sort key where there is one.
    public List<Part> parts() {
        return sort.map(part -> List.of(partition, part)).orElseGet(() -> List.of(partition));
    }

    /// Where the named attribute stands in {@link #parts()}, or -1 where it is no part of the key.
    public int indexOf(String attribute) {
        if (attribute.equals(partition.name())) {
            return 0;
        }
        return sort.isPresent() && attribute.equals(sort.get().name()) ? 1 : -1;
    }
}
