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
record MemoryTable(
        TableName name,
        int keyParts,
        boolean hasUnique,
        Optional<TableName> parent,
        boolean hasTime,
        boolean hasExpiry) {
    static final String KEY = "k";
    static final String SECOND_KEY = "l";
    static final String UNIQUE = "u";
    static final String PARENT = "p";
    static final String VALUE = "v";
    static final String TIME = "at";
    static final String EXPIRY = "ttl";
    static final String CLOSED = "closed";

    boolean hasKey() {
        return keyParts > 0;
    }
}
