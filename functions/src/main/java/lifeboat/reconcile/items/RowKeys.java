package lifeboat.reconcile.items;

import lifeboat.reconcile.RowKey;

/// Keys of items as the keys of rows that plans hold: one text a part.
final class RowKeys {
    private RowKeys() {}

    static RowKey rowKey(ItemKey key) {
        return new RowKey(key.parts());
    }

    /// @throws IllegalArgumentException where the key does not have the table's number of parts
    static ItemKey itemKey(KeySchema schema, RowKey key) {
        if (key.parts().size() != schema.parts().size()) {
            throw new IllegalArgumentException("the key of a row does not fit " + schema);
        }
        return ItemKey.ofParts(key.parts());
    }
}
