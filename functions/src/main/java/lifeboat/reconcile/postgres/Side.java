package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.sql.StoreFailed;
import org.jspecify.annotations.Nullable;

/// One database as one snapshot sees it, over two connections: one streams, the other looks up rows meanwhile.
///
/// The transactions are REPEATABLE READ and READ ONLY: all tables are seen as they were at one moment, and nothing can
/// be written by mistake.
final class Side implements AutoCloseable {
    /// `ctid` ranges are only read range by range from this release on.
    private static final int OLDEST = 14;

    private final Connection stream;
    private final Connection lookup;
    private final StoreIdentity identity;
    private final String server;

    private Side(Connection stream, Connection lookup, StoreIdentity identity, String server) {
        this.stream = stream;
        this.lookup = lookup;
        this.identity = identity;
        this.server = server;
    }

    static Side open(Endpoint endpoint) {
        try {
            Connection stream = snapshot(endpoint, "");
            Connection lookup = snapshot(endpoint, one(stream, "SELECT pg_export_snapshot()"));
            return new Side(stream, lookup, identity(stream), server(stream));
        } catch (SQLException e) {
            throw new StoreFailed("connecting to " + endpoint, e);
        }
    }

    private static Connection snapshot(Endpoint endpoint, String exported) throws SQLException {
        Connection connection = endpoint.connect();
        try (Statement statement = connection.createStatement()) {
            int release = connection.getMetaData().getDatabaseMajorVersion();
            if (release < OLDEST) {
                throw new Invalid(
                        "LB-420", "PostgreSQL \"%d\" at %s is not allowed: 14 or later".formatted(release, endpoint));
            }
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            if (!exported.isEmpty()) {
                statement.execute("SET TRANSACTION SNAPSHOT " + Quote.literal(exported));
            }
        }
        return connection;
    }

    /// Which database it is: the cluster it descends from, where it listens, its name.
    static StoreIdentity identity(Connection connection) throws SQLException {
        return new StoreIdentity(one(connection, """
                SELECT 'postgresql:' || (SELECT system_identifier FROM pg_control_system()) || ' '
                  || coalesce(host(inet_server_addr()), 'local') || ':' || current_setting('port')
                  || '/' || current_database()"""));
    }

    /// Another text for every running server.
    private static String server(Connection connection) throws SQLException {
        return one(
                connection,
                "SELECT (SELECT system_identifier FROM pg_control_system()) || ' ' || pg_postmaster_start_time()::text"
                        + " || ' ' || current_setting('port') || ' ' || current_database()");
    }

    static @Nullable String oneOrNull(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    static String one(Connection connection, String query) throws SQLException {
        String value = oneOrNull(connection, query);
        if (value == null) {
            throw new SQLException("no answer to " + query);
        }
        return value;
    }

    Connection stream() {
        return stream;
    }

    Connection lookup() {
        return lookup;
    }

    StoreIdentity identity() {
        return identity;
    }

    /// Whether both are one and the same running database, by whatever address it was reached.
    boolean isSameAs(Side other) {
        return server.equals(other.server);
    }

    @Override
    public void close() {
        close(lookup);
        close(stream);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("closing a connection", e);
        }
    }
}
