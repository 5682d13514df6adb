package lifeboat.reconcile.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads and writes some rows of one table by their key, over one connection.
final class Rows {
    private static final int FETCH = 100;
    private final Connection connection;
    private final TablePair table;
    private final RowQueries queries;

    Rows(Connection connection, TablePair table) {
        this.connection = connection;
        this.table = table;
        this.queries = new RowQueries(table);
    }

    /// Takes a row by its number in the list of keys.
    interface Taker {
        void take(int at, String text) throws SQLException;
    }

    /// Streams the whole rows that are there.
    void read(List<RowKey> keys, Taker taker) throws SQLException {
        read(queries.read(RowHash.text(table)), keys, taker);
    }

    private void read(String query, List<RowKey> keys, Taker taker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH);
            bindKeys(statement, 1, keys);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    taker.take(row.getInt(1) - 1, row.getString(2));
                }
            }
        }
    }

    /// The digests of rows, in the order of the keys.
    List<Optional<String>> digests(List<RowKey> keys) throws SQLException {
        List<Optional<String>> digests = new ArrayList<>(
                keys.stream().map(key -> Optional.<String>empty()).toList());
        read(queries.read(RowHash.digest(table)), keys, (at, digest) -> digests.set(at, Optional.of(digest)));
        return digests;
    }

    void lock(List<RowKey> keys, boolean forDelete) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(queries.lock(forDelete))) {
            bindKeys(statement, 1, keys);
            statement.executeQuery().close();
        }
    }

    /// @param leavesTaken whether rows whose unique values are taken are left out; else they fail the statement
    Set<RowKey> insert(List<Change> changes, boolean leavesTaken) throws SQLException {
        return write(queries.insert(leavesTaken), changes, true);
    }

    Set<RowKey> update(List<Change> changes) throws SQLException {
        if (!changes.isEmpty() && !queries.canUpdate()) {
            throw new SQLException("no column of %s can be updated".formatted(table.name()), "428C9");
        }
        return write(queries.update(), changes, true);
    }

    Set<RowKey> delete(List<Change> changes) throws SQLException {
        return write(queries.delete(), changes, false);
    }

    /// Of the keys, those to which another table's rows refer.
    Set<RowKey> referred(List<RowKey> keys, ForeignKey by) throws SQLException {
        return chosen(queries.referred(by), keys);
    }

    /// Of the keys, those to which rows of a table refer, with the keys of these.
    Map<RowKey, Set<RowKey>> children(List<RowKey> keys, ForeignKey by, TablePair children) throws SQLException {
        Map<RowKey, Set<RowKey>> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(queries.children(by, new RowQueries(children)))) {
            bindKeys(statement, 1, keys);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(keys.get(row.getInt(1) - 1), key -> new HashSet<>())
                            .add(new RowKey(List.of((String[]) row.getArray(2).getArray())));
                }
            }
        }
        return found;
    }

    /// Of the rows, those to which other rows refer by a value that they are about to lose.
    Set<RowKey> referredByOldValues(List<Change> changes, ForeignKey by) throws SQLException {
        Set<RowKey> referred = new HashSet<>();
        if (changes.isEmpty()) {
            return referred;
        }
        try (PreparedStatement statement = connection.prepareStatement(queries.referredByOldValues(by))) {
            bind(statement, 1, changes, true);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    referred.add(changes.get(row.getInt(1) - 1).key());
                }
            }
        }
        return referred;
    }

    private Set<RowKey> chosen(String query, List<RowKey> keys) throws SQLException {
        Set<RowKey> chosen = new HashSet<>();
        if (keys.isEmpty()) {
            return chosen;
        }
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bindKeys(statement, 1, keys);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    chosen.add(keys.get(row.getInt(1) - 1));
                }
            }
        }
        return chosen;
    }

    private Set<RowKey> write(String sql, List<Change> changes, boolean withRows) throws SQLException {
        Set<RowKey> written = new HashSet<>();
        if (changes.isEmpty()) {
            return written;
        }
        execute(Session.AS_THE_OWNER_MEANT);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, 1, changes, withRows);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.add(new RowKey(List.of((String[]) row.getArray(1).getArray())));
                }
            }
        }
        execute(Session.UNAMBIGUOUS);
        return written;
    }

    /// Binds keys, and whole rows where they are written.
    ///
    /// @param first number of the first parameter
    /// @return number of the next parameter
    int bind(PreparedStatement statement, int first, List<Change> changes, boolean withRows) throws SQLException {
        int next = bindKeys(statement, first, changes.stream().map(Change::key).toList());
        if (!withRows) {
            return next;
        }
        statement.setArray(
                next,
                texts(changes.stream()
                        .map(change -> change.text().orElseThrow())
                        .toList()));
        return next + 1;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int bindKeys(PreparedStatement statement, int first, List<RowKey> keys) throws SQLException {
        for (int i = 0; i < table.key().size(); i++) {
            int part = i;
            statement.setArray(
                    first + i,
                    texts(keys.stream().map(key -> key.parts().get(part)).toList()));
        }
        return first + table.key().size();
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray(String[]::new));
    }
}
