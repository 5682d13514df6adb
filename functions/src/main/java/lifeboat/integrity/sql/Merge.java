package lifeboat.integrity.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Walks through two tables in step, in the order of their keys: of each table one row is at hand.
final class Merge {
    private Merge() {}

    /// Who is told of each key, once.
    @FunctionalInterface
    interface Visitor {
        /// Told of one key.
        ///
        /// @param copy the row in the copy; null where live alone has it
        /// @param live the row in live; null where the copy alone has it
        void visit(KeyedRows.@Nullable Row copy, KeyedRows.@Nullable Row live);
    }

    static void of(KeyOrder order, KeyedRows copy, KeyedRows live, Visitor visitor) throws SQLException {
        while (copy.current() != null || live.current() != null) {
            var side = side(order, copy.current(), live.current());
            visitor.visit(side <= 0 ? copy.current() : null, side >= 0 ? live.current() : null);
            if (side <= 0) {
                copy.advance();
            }
            if (side >= 0) {
                live.advance();
            }
        }
    }

    /// Below zero: the copy's row comes first; above: live's; zero: both have the key.
    private static int side(KeyOrder order, KeyedRows.@Nullable Row copy, KeyedRows.@Nullable Row live) {
        if (copy == null) {
            return 1;
        }
        return live == null ? -1 : order.compare(copy.key(), live.key());
    }
}
