package lifeboat.reconcile.memory;

import java.util.List;

/// What a kind of store knows, so that chance draws nothing else.
///
/// @param schema of all tables; empty: none
/// @param names of tables, so many at most
/// @param hasConstraints whether there are unique values and references
/// @param hasKeyless whether there are tables without a key
/// @param hasExpiry whether rows can expire
/// @param largeValue characters of a large value
/// @param largeValues one in so many values is large
public record Traits(
        String schema,
        List<String> names,
        boolean hasConstraints,
        boolean hasKeyless,
        boolean hasExpiry,
        int largeValue,
        int largeValues) {
    /// Everything.
    static final Traits MEMORY = new Traits(
            "public", List.of("orders", "a.b", "odd \"name\"\n😀", "x,y=1..2"), true, true, true, 10_000, 200);

    public Traits {
        names = List.copyOf(names);
    }
}
