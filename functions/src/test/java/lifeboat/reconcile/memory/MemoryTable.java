package lifeboat.reconcile.memory;

import java.util.Optional;
import lifeboat.reconcile.TableName;

/// A table that chance drew.
///
/// @param keyParts how many columns the key has; 0: none, and equal rows are counted
/// @param hasUnique whether the values of column `u` are unique
/// @param parent the table whose key column `p` refers to, which may be itself; empty: none
/// @param hasTime whether column `at` holds the time of the last write
/// @param hasExpiry whether the store removes rows once the time in column `ttl` has come
public record MemoryTable(
        TableName name,
        int keyParts,
        boolean hasUnique,
        Optional<TableName> parent,
        boolean hasTime,
        boolean hasExpiry) {
    public static final String KEY = "k";
    public static final String SECOND_KEY = "l";
    public static final String UNIQUE = "u";
    public static final String PARENT = "p";
    public static final String VALUE = "v";
    public static final String TIME = "at";
    public static final String EXPIRY = "ttl";
    public static final String CLOSED = "closed";

    public boolean hasKey() {
        return keyParts > 0;
    }
}
