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

/// Reads rows of one table by their keys, many in one round trip.
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

    /// One row.
    RowVersion version(RowKey key) throws SQLException {
        return RowVersion.of(versions(List.of(key), false), key, table);
    }

    /// Whole rows, those that there are.
    ///
    /// @param lock holds them against every other writer until the transaction ends, in the order of the key
    /// @throws TooMuch where several are bigger than [#SIZE] together
    Map<RowKey, RowVersion> versions(List<RowKey> keys, boolean lock) throws SQLException {
        Map<RowKey, RowVersion> versions = new HashMap<>();
        RowValues values = new RowValues(table);
        long[] size = {0};
        read(keys, values.fields(), lock, (key, row, first) -> {
            RowVersion version = values.read(row, first);
            versions.put(key, version);
            size[0] += version.text().map(String::length).orElse(0);
            if (size[0] > SIZE && keys.size() > 1) {
                throw new TooMuch();
            }
        });
        return versions;
    }

    /// Digests of the rows that there are; empty where the server could compute none.
    Map<RowKey, String> digests(List<RowKey> keys) throws SQLException {
        Map<RowKey, String> digests = new HashMap<>();
        read(
                keys,
                new RowText(table).digest(),
                false,
                (key, row, first) -> digests.put(
                        key, Optional.ofNullable(row.getString(first)).orElse("")));
        return digests;
    }

    /// Of some rows, those that rows by another key refer to.
    Set<RowKey> referred(List<RowKey> keys, ForeignKey by) throws SQLException {
        Set<RowKey> referred = new HashSet<>();
        String refers =
                "COALESCE((SELECT 1 FROM %s AS c WHERE %s LIMIT 1), 0)".formatted(RowText.table(by.child()), join(by));
        read(keys, refers, false, (key, row, first) -> {
            if (row.getInt(first) == 1) {
                referred.add(key);
            }
        });
        return referred;
    }

    /// Takes what was read of a row.
    private interface Taker {
        void take(RowKey key, ResultSet row, int first) throws SQLException;
    }

    private void read(List<RowKey> keys, String fields, boolean lock, Taker taker) throws SQLException {
        String hint = lock ? KeyIndex.hint(connection, table) : "";
        String parts = table.key().stream().map(RowText::keyPart).collect(Collectors.joining(", "));
        for (int at = 0; at < keys.size(); at += AT_ONCE) {
            List<RowKey> some = keys.subList(at, Math.min(at + AT_ONCE, keys.size()));
            String sql = "SELECT %s, %s FROM %s AS t %s WHERE %s%s"
                    .formatted(parts, fields, from, hint, anyOf(some), lock ? " FOR UPDATE" : "");
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
                for (int i = 1; i <= table.key().size(); i++) {
                    parts.add(row.getString(i));
                }
                RowKey key = new RowKey(parts);
                if (!asked.contains(key)) {
                    throw new SQLException("the server answers with a key that was not asked for");
                }
                taker.take(key, row, table.key().size() + 1);
            }
        }
    }

    private String anyOf(List<RowKey> keys) {
        return keys.stream().map(key -> "(" + byKey + ")").collect(Collectors.joining(" OR "));
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

    /// Parameters of the conditions that find a row.
    static List<Optional<String>> parameters(TablePair table, RowKey key) {
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
        for (Optional<String> value : parameters(table, key)) {
            statement.setString(at++, value.orElseThrow());
        }
        return at;
    }
}
