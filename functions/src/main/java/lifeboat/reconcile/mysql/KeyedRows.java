package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads and writes rows of one table by their keys, many in one round trip.
final class KeyedRows {
    /// Keys in one statement: few enough for any optimizer to look each of them up.
    private static final int AT_ONCE = 200;

    /// Characters of rows that are held in memory together.
    static final long SIZE = 16 << 20;

    private static final int FETCH = 100;
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

    /// The rows that were asked for do not fit memory together: fewer of them may.
    static final class TooMuch extends SQLException {
        private static final long serialVersionUID = 1L;
    }

    /// The whole row as text; empty: there is none.
    Optional<String> text(RowKey key) throws SQLException {
        return Optional.ofNullable(texts(List.of(key), false).get(key));
    }

    /// Whole rows as text, those that there are.
    ///
    /// @param lock holds them against every other writer until the transaction ends, in the order of the key
    /// @throws TooMuch where several are bigger than [#SIZE] together
    Map<RowKey, String> texts(List<RowKey> keys, boolean lock) throws SQLException {
        Map<RowKey, String> texts = new HashMap<>();
        long[] size = {0};
        read(keys, new RowText(table).text(), lock, (key, text) -> {
            texts.put(key, text);
            size[0] += text.length();
            if (size[0] > SIZE && keys.size() > 1) {
                throw new TooMuch();
            }
        });
        return texts;
    }

    /// Digests of the rows that there are.
    Map<RowKey, String> digests(List<RowKey> keys) throws SQLException {
        Map<RowKey, String> digests = new HashMap<>();
        read(keys, new RowText(table).digest(), false, digests::put);
        return digests;
    }

    /// Of some rows, those that rows by another key refer to.
    Set<RowKey> referred(List<RowKey> keys, ForeignKey by) throws SQLException {
        Set<RowKey> referred = new HashSet<>();
        String refers =
                "COALESCE((SELECT 1 FROM %s AS c WHERE %s LIMIT 1), 0)".formatted(RowText.table(by.child()), join(by));
        read(keys, refers, false, (key, found) -> {
            if (found.equals("1")) {
                referred.add(key);
            }
        });
        return referred;
    }

    /// Takes what was read of a row.
    private interface Taker {
        void take(RowKey key, String value) throws SQLException;
    }

    private void read(List<RowKey> keys, String value, boolean lock, Taker taker) throws SQLException {
        String hint = lock ? KeyIndex.hint(connection, table) : "";
        String parts = table.key().stream().map(RowText::keyPart).collect(Collectors.joining(", "));
        for (int at = 0; at < keys.size(); at += AT_ONCE) {
            List<RowKey> some = keys.subList(at, Math.min(at + AT_ONCE, keys.size()));
            String sql = "SELECT %s, %s FROM %s AS t %s WHERE %s%s"
                    .formatted(value, parts, from, hint, anyOf(some), lock ? " FOR UPDATE" : "");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH);
                int next = 1;
                for (RowKey key : some) {
                    next = bindKey(statement, next, key);
                }
                read(statement, new HashSet<>(some), taker);
            }
        }
    }

    private void read(PreparedStatement statement, Set<RowKey> asked, Taker taker) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                List<String> parts = new ArrayList<>();
                for (int i = 2; i <= table.key().size() + 1; i++) {
                    parts.add(row.getString(i));
                }
                String value = row.getString(1);
                if (value == null) {
                    throw new SQLException("a row is longer than max_allowed_packet of the server", "22001");
                }
                RowKey key = new RowKey(parts);
                if (!asked.contains(key)) {
                    throw new SQLException("asked for other keys, the server answers \"%s\"".formatted(key));
                }
                taker.take(key, value);
            }
        }
    }

    private String anyOf(List<RowKey> keys) {
        return keys.stream().map(key -> "(" + byKey + ")").collect(Collectors.joining(" OR "));
    }

    /// Inserts rows, each by a statement of its own, all sent before the first answer is awaited.
    void insert(List<String> texts) throws SQLException {
        String names = table.columns().stream()
                .map(column -> RowText.name(column.name()))
                .collect(Collectors.joining(", "));
        String values = table.columns().stream().map(RowText::parameter).collect(Collectors.joining(", "));
        write(
                "INSERT INTO %s (%s) VALUES (%s)".formatted(from, names, values),
                texts.stream().map(RowText::parts).toList());
    }

    /// Updates rows likewise.
    ///
    /// @param texts one a key
    void update(List<RowKey> keys, List<String> texts) throws SQLException {
        String sets = table.columns().stream()
                .map(column -> "t.%s = %s".formatted(RowText.name(column.name()), RowText.parameter(column)))
                .collect(Collectors.joining(", "));
        List<List<Optional<String>>> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            List<Optional<String>> row = new ArrayList<>(RowText.parts(texts.get(i)));
            row.addAll(keyValues(keys.get(i)));
            rows.add(row);
        }
        write("UPDATE %s AS t SET %s WHERE %s".formatted(from, sets, byKey), rows);
    }

    /// Deletes rows likewise.
    void delete(List<RowKey> keys) throws SQLException {
        write(
                "DELETE t FROM %s AS t WHERE %s".formatted(from, byKey),
                keys.stream().map(this::keyValues).toList());
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

    private int bindKey(PreparedStatement statement, int first, RowKey key) throws SQLException {
        int at = first;
        for (Optional<String> value : keyValues(key)) {
            statement.setString(at++, value.orElseThrow());
        }
        return at;
    }

    private void write(String sql, List<List<Optional<String>>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<Optional<String>> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setString(i + 1, row.get(i).orElse(null));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
