package lifeboat.reconcile.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.Column;

/// Fetches key, digest and times of rows by their place in the heap, which a snapshot never moves.
final class Lookup {
    private static final int AT_ONCE = 5_000;
    private final Side side;
    private final TableQueries queries;

    Lookup(Side side, TableQueries queries) {
        this.side = side;
        this.queries = queries;
    }

    /// The rows at some places.
    ///
    /// @param places page in the upper bits, line in the lower 16
    Map<Long, Found> at(List<Long> places) throws SQLException {
        Map<Long, Found> found = new HashMap<>();
        for (int from = 0; from < places.size(); from += AT_ONCE) {
            List<Long> some = places.subList(from, Math.min(from + AT_ONCE, places.size()));
            try (CopyRows rows = new CopyRows(side.lookup(), queries.rowsAt(some))) {
                while (rows.next()) {
                    found.put(CopyRows.number(rows.bytes(0)), found(rows));
                }
            }
        }
        if (found.size() != places.size()) {
            throw new IllegalStateException(
                    "%d rows at %d places of one snapshot".formatted(found.size(), places.size()));
        }
        return found;
    }

    private Found found(CopyRows row) {
        int keys = queries.table().key().size();
        Image image = new Image(
                new String(row.bytes(keys + 1), StandardCharsets.US_ASCII),
                1,
                instant(row, keys + 2),
                Optional.empty(),
                instant(row, keys + 3));
        return new Found(key(queries.table().key(), row, 1), image);
    }

    static RowKey key(List<Column> columns, CopyRows row, int first) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            byte[] part = row.bytes(first + i);
            parts.add(
                    TableQueries.isWholeNumber(columns.get(i))
                            ? Long.toString(CopyRows.number(part))
                            : new String(part, StandardCharsets.UTF_8));
        }
        return new RowKey(parts);
    }

    static Optional<Instant> instant(CopyRows row, int field) {
        return row.isNull(field)
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus(row.longAt(field), ChronoUnit.MICROS));
    }

    /// A row that was found.
    record Found(RowKey key, Image image) {}
}
