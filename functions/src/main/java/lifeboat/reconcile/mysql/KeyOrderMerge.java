package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.TablePair;
import org.jspecify.annotations.Nullable;

/// Streams keys and digests of both sides in the order of the key and merges them in step. Without a key, the digest
/// of the row stands for it, with the number of equal rows.
final class KeyOrderMerge {
    private static final int FETCH = 2_000;
    private final TablePair table;
    private final TableName name;
    private final MySqlTimes times;
    private final Consumer<Difference> differences;

    KeyOrderMerge(TablePair table, MySqlTimes times, Consumer<Difference> differences) {
        this.table = table;
        this.name = table.name();
        this.times = times;
        this.differences = differences;
    }

    /// A row of one side.
    private record Seen(RowKey key, Image image) {}

    void run(Connection copy, Connection live, String condition) throws SQLException {
        String query = table.hasKey() ? byKey(condition) : byContent();
        try (Statement left = streaming(copy);
                Statement right = streaming(live);
                ResultSet copies = left.executeQuery(query);
                ResultSet lives = right.executeQuery(query)) {
            Seen one = next(copies);
            Seen other = next(lives);
            while (one != null || other != null) {
                int order = one == null ? 1 : other == null ? -1 : compare(one.key(), other.key());
                emit(order <= 0 ? one : null, order >= 0 ? other : null);
                one = order <= 0 ? next(copies) : one;
                other = order >= 0 ? next(lives) : other;
            }
        }
    }

    private static Statement streaming(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCH);
        return statement;
    }

    private void emit(@Nullable Seen copy, @Nullable Seen live) {
        if (copy != null && live != null) {
            Image one = copy.image();
            if (!one.digest().equals(live.image().digest())
                    || one.copies() != live.image().copies()) {
                differences.accept(new Difference.Changed(name, live.key(), one, live.image()));
            }
        } else if (copy != null) {
            differences.accept(new Difference.MissingInLive(name, copy.key(), copy.image()));
        } else if (live != null) {
            differences.accept(new Difference.UnexpectedInLive(name, live.key(), live.image()));
        }
    }

    private int compare(RowKey one, RowKey other) {
        for (int i = 0; i < one.parts().size(); i++) {
            String a = one.parts().get(i);
            String b = other.parts().get(i);
            int order = table.hasKey() && RowText.isWholeNumber(table.key().get(i))
                    ? Long.compare(Long.parseLong(a), Long.parseLong(b))
                    : Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String byKey(String condition) {
        String parts = table.key().stream().map(RowText::keyPart).collect(Collectors.joining(", "));
        String order = table.key().stream()
                .map(column -> RowText.isWholeNumber(column)
                        ? "t." + RowText.name(column.name())
                        : "HEX(" + RowText.keyPart(column) + ")")
                .collect(Collectors.joining(", "));
        return "SELECT %s, %s, 1, %s FROM %s AS t WHERE %s ORDER BY %s"
                .formatted(
                        parts,
                        new RowText(table).digest(),
                        times.columns(table),
                        RowText.table(name),
                        condition,
                        order);
    }

    private String byContent() {
        return "SELECT s.d, s.d, COUNT(*), MAX(s.w), MAX(s.x) FROM (SELECT %s AS d, %s FROM %s AS t) AS s GROUP BY s.d ORDER BY s.d"
                .formatted(new RowText(table).digest(), times.named(table), RowText.table(name));
    }

    private @Nullable Seen next(ResultSet row) throws SQLException {
        if (!row.next()) {
            return null;
        }
        int keys = Math.max(1, table.key().size());
        List<String> parts = new ArrayList<>();
        for (int i = 1; i <= keys; i++) {
            parts.add(row.getString(i));
        }
        String digest = row.getString(keys + 1);
        if (digest == null) {
            throw new SQLException("rows are longer than max_allowed_packet of the server, so they cannot be compared");
        }
        Image image = new Image(
                digest,
                row.getLong(keys + 2),
                MySqlTimes.instant(row, keys + 3),
                Optional.empty(),
                MySqlTimes.instant(row, keys + 4));
        return new Seen(new RowKey(parts), image);
    }
}
