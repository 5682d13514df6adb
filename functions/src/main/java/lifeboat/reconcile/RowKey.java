package lifeboat.reconcile;

import java.util.List;

/// What tells one row or item of a table from the others.
///
/// @param parts one text a key column or attribute, in the order of the key; each store has its own lossless text. In
/// a table without a key: the digest of the whole row, and it may stand for several equal rows
public record RowKey(List<String> parts) {
    public RowKey {
        parts = List.copyOf(parts);
    }

    /// A key of one or several parts.
    public static RowKey of(String... parts) {
        return new RowKey(List.of(parts));
    }

    @Override
    public String toString() {
        return String.join(", ", parts);
    }
}
