package lifeboat.reconcile;

import java.util.Optional;

/// One difference beside the rows: a sequence set back, a column that is computed otherwise, a trigger that is gone. No
/// repair of rows mends it, and it keeps a comparison from being equal.
///
/// @param kind what it is, in the store's own word: `sequence`, `generated column`, `default`, `trigger`
/// @param object its name, with its schema and its table where it has them
/// @param copy how the copy defines it; empty: the copy has none
/// @param live how live defines it; empty: live has none
public record StructureDifference(String kind, String object, Optional<String> copy, Optional<String> live) {
    public StructureDifference {
        if (copy.equals(live)) {
            throw new IllegalArgumentException("%s %s is the same on both sides".formatted(kind, object));
        }
    }
}
