package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One moment of a database, seen by a transaction that the database itself keeps from writing.
///
/// Values come as text in one form whatever the settings of the server: UTC, ISO dates, every digit of a float.
/// Rows that a policy would hide are an error, never left out.
final class Snapshot implements AutoCloseable {
    private static final int FETCH = 5_000;

    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    /// How a connection is made.
    @FunctionalInterface
    interface Source {
        Connection connect() throws SQLException;
    }

    /// What is done with a row.
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Opens a connection and its transaction; [#close] ends both.
    ///
    /// @param each how long one statement may take
    static Snapshot open(Source source, Duration each) {
        try {
            var connection = source.connect();
            try {
                return new Snapshot(begun(connection, each));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    /// A transaction that somebody else began with such settings, and ends.
    static Snapshot over(Connection connection) {
        return new Snapshot(connection);
    }

    private static Connection begun(Connection connection, Duration each) throws SQLException {
        var product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            throw new Unreadable("LB-310 engine \"%s\" cannot be inspected: PostgreSQL only".formatted(product));
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (var settings = connection.createStatement()) {
            settings.execute("""
                    set local statement_timeout = %d;
                    set local lock_timeout = '30s';
                    set local row_security = off;
                    set local timezone = 'UTC';
                    set local datestyle = 'ISO';
                    set local intervalstyle = 'postgres';
                    set local extra_float_digits = 3;
                    set local bytea_output = 'hex'""".formatted(each.toMillis()));
        }
        return connection;
    }

    Connection connection() {
        return connection;
    }

    /// All rows of a small answer.
    <T> List<T> list(String sql, Reader<T> reader, Object... parameters) {
        var rows = new ArrayList<T>();
        try (var statement = prepared(sql, parameters);
                var answer = statement.executeQuery()) {
            while (answer.next()) {
                rows.add(reader.read(answer));
            }
            return rows;
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    /// A count.
    long number(String sql) {
        return list(sql, row -> row.getLong(1)).getFirst();
    }

    /// An answer of any size, of which a few thousand rows are in memory; closing the snapshot closes it.
    ResultSet stream(String sql) throws SQLException {
        var statement = connection.createStatement();
        statement.closeOnCompletion();
        statement.setFetchSize(FETCH);
        return statement.executeQuery(sql);
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new Unreadable(e);
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
