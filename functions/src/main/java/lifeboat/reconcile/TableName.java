package lifeboat.reconcile;

/// A table that exists on both sides.
///
/// @param schema schema of a SQL table; empty where the store has none
/// @param name as the store spells it, any characters
public record TableName(String schema, String name) implements Comparable<TableName> {
    public TableName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a table without a name");
        }
    }

    /// A table of a store without schemas.
    public static TableName of(String name) {
        return new TableName("", name);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /// As a person reads and types it: `sales.orders`.
    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
