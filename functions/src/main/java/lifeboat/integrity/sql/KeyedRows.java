package lifeboat.integrity.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a table in the order of their keys, one at a time.
final class KeyedRows implements AutoCloseable {
    private final KeyOrder order;
    private final Times times;
    private final ResultSet rows;
    private @Nullable Row current;

    /// One row.
    ///
    /// @param key the key's columns as text
    /// @param lastWrite empty where it could not be read
    record Row(List<String> key, Optional<Instant> lastWrite) {}

    private KeyedRows(KeyOrder order, Times times, ResultSet rows) {
        this.order = order;
        this.times = times;
        this.rows = rows;
    }

    /// Starts reading.
    static KeyedRows of(Snapshot database, Table table, Times times) throws SQLException {
        var order = new KeyOrder(table.key());
        var keys = String.join(
                ", ",
                table.key().stream().map(column -> column.name() + "::text").toList());
        var rows = new KeyedRows(
                order,
                times,
                database.stream("select %s, %s from %s as %s order by %s"
                        .formatted(keys, times.expression(), table.from(), KeyOrder.TABLE, order.by())));
        rows.advance();
        return rows;
    }

    /// The row at hand, or null behind the last.
    @Nullable
    Row current() {
        return current;
    }

    /// Goes to the next row.
    ///
    /// @throws Unreadable where the database orders keys otherwise than we do: a merge would then be wrong
    void advance() throws SQLException {
        var before = current;
        current = rows.next() ? read() : null;
        if (before != null && current != null && order.compare(before.key(), current.key()) >= 0) {
            throw new Unreadable("key %s came after %s: the database orders keys in a way that is not understood"
                    .formatted(current.key(), before.key()));
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private Row read() throws SQLException {
        var key = new ArrayList<String>();
        var columns = order.columns().size();
        for (var i = 1; i <= columns; i++) {
            key.add(rows.getString(i));
        }
        return new Row(key, times.read(rows.getString(columns + 1)));
    }
}
