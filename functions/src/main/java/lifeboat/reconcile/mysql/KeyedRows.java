package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads and writes single rows of one table by their key.
final class KeyedRows {
    private final Connection connection;
    private final TablePair table;
    private final String from;
    private final String byKey;

    KeyedRows(Connection connection, TablePair table) {
        this.connection = connection;
        this.table = table;
        this.from = RowText.table(table.name());
        this.byKey = table.key().stream().map(RowText::keyCondition).collect(Collectors.joining(" AND "));
    }

    /// The whole row as text; empty: there is none.
    ///
    /// @param lock holds it against every other writer until the transaction ends
    Optional<String> text(RowKey key, boolean lock) throws SQLException {
        String sql = "SELECT %s FROM %s AS t WHERE %s%s"
                .formatted(new RowText(table).text(), from, byKey, lock ? " FOR UPDATE" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindKey(statement, 1, key);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String text = row.getString(1);
                if (text == null) {
                    throw new SQLException("a row is longer than max_allowed_packet of the server", "22001");
                }
                return Optional.of(text);
            }
        }
    }

    void insert(String text) throws SQLException {
        String names = table.columns().stream()
                .map(column -> RowText.name(column.name()))
                .collect(Collectors.joining(", "));
        String values = table.columns().stream().map(RowText::parameter).collect(Collectors.joining(", "));
        write("INSERT INTO %s (%s) VALUES (%s)".formatted(from, names, values), parts(text), List.of());
    }

    void update(RowKey key, String text) throws SQLException {
        String sets = table.columns().stream()
                .map(column -> "t.%s = %s".formatted(RowText.name(column.name()), RowText.parameter(column)))
                .collect(Collectors.joining(", "));
        write("UPDATE %s AS t SET %s WHERE %s".formatted(from, sets, byKey), parts(text), keyValues(key));
    }

    void delete(RowKey key) throws SQLException {
        write("DELETE t FROM %s AS t WHERE %s".formatted(from, byKey), List.of(), keyValues(key));
    }

    /// Child `c` and parent `t` of a foreign key.
    static String join(ForeignKey key) {
        return IntStream.range(0, key.childColumns().size())
                .mapToObj(i -> "c.%s = t.%s"
                        .formatted(
                                RowText.name(key.childColumns().get(i)),
                                RowText.name(key.parentColumns().get(i))))
                .collect(Collectors.joining(" AND "));
    }

    /// Whether rows of another table refer to this one.
    boolean isReferred(RowKey key, ForeignKey by) throws SQLException {
        return finds(
                key,
                "SELECT 1 FROM %s AS t JOIN %s AS c ON %s WHERE %s LIMIT 1"
                        .formatted(from, RowText.table(by.child()), join(by), byKey));
    }

    /// Whether the row refers to one that is not there; one that is there is locked.
    boolean isOrphan(RowKey key, ForeignKey to) throws SQLException {
        String pairs = IntStream.range(0, to.childColumns().size())
                .mapToObj(i -> "p.%s = t.%s"
                        .formatted(
                                RowText.name(to.parentColumns().get(i)),
                                RowText.name(to.childColumns().get(i))))
                .collect(Collectors.joining(" AND "));
        String refers = to.childColumns().stream()
                .map(name -> "t.%s IS NOT NULL".formatted(RowText.name(name)))
                .collect(Collectors.joining(" AND "));
        return finds(
                key,
                "SELECT 1 FROM %s AS t LEFT JOIN %s AS p ON %s WHERE %s AND %s AND p.%s IS NULL LOCK IN SHARE MODE"
                        .formatted(
                                from,
                                RowText.table(to.parent()),
                                pairs,
                                byKey,
                                refers,
                                RowText.name(to.parentColumns().getFirst())));
    }

    private boolean finds(RowKey key, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bindKey(statement, 1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static List<Optional<String>> parts(String text) {
        return RowText.parts(text);
    }

    private List<Optional<String>> keyValues(RowKey key) {
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            Column column = table.key().get(i);
            for (int n = 0; n < RowText.keyParameters(column); n++) {
                values.add(Optional.of(key.parts().get(i)));
            }
        }
        return values;
    }

    private void bindKey(PreparedStatement statement, int first, RowKey key) throws SQLException {
        int at = first;
        for (Optional<String> value : keyValues(key)) {
            statement.setString(at++, value.orElseThrow());
        }
    }

    private void write(String sql, List<Optional<String>> row, List<Optional<String>> key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            for (Optional<String> value : row) {
                statement.setString(at++, value.orElse(null));
            }
            for (Optional<String> value : key) {
                statement.setString(at++, value.orElseThrow());
            }
            statement.executeUpdate();
        }
    }
}
