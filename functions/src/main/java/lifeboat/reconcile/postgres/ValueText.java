package lifeboat.reconcile.postgres;

import lifeboat.reconcile.sql.Column;

/// The text of a value as its type writes it, of which nothing is lost.
final class ValueText {
    private ValueText() {}

    /// For a type of the database itself a cast is the quickest, and nobody can define another. Anywhere else a
    /// cast can be the owner's own, and leave out what differs; `concat` asks none.
    ///
    /// @param value the SQL of the value
    /// @param column what it is a value of
    /// @return text, NULL for NULL; a composite value with no fields set is none
    static String of(String value, Column column) {
        return column.baseType().isEmpty()
                ? "(CASE WHEN num_nulls(%1$s) = 0 THEN concat(%1$s) END)".formatted(value)
                : value + "::text";
    }
}
