package lifeboat.reconcile.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL server a test JVM; each test has a copy and a live database of the same physical layout on it.
final class Databases {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String copy;
    final String live;

    private Databases(int number) {
        this.copy = "copy" + number;
        this.live = "live" + number;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("autovacuum", "off")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("listen_addresses", "localhost,::1")
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Two databases with the same content, page by page, as a restore to a point in time gives.
    static Databases with(String... sql) throws SQLException {
        Databases databases = new Databases(NUMBER.incrementAndGet());
        run("postgres", "CREATE DATABASE " + databases.copy);
        run(databases.copy, sql);
        run("postgres", "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(databases.live, databases.copy));
        return databases;
    }

    void inCopy(String... sql) throws SQLException {
        run(copy, sql);
    }

    void inLive(String... sql) throws SQLException {
        run(live, sql);
    }

    Endpoint copyEndpoint() {
        return new Endpoint(url(copy, "postgres"));
    }

    Endpoint liveEndpoint() {
        return new Endpoint(url(live, "postgres"));
    }

    Endpoint liveAs(String user) {
        return new Endpoint(url(live, user));
    }

    static String url(String database, String user) {
        return "jdbc:postgresql://localhost:%d/%s?user=%s".formatted(SERVER.getPort(), database, user);
    }

    static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database, "postgres"));
    }

    static void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> column(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /// Rows by their key, as the text in which the server writes them: the judge, which knows nothing of hashes.
    static Map<String, String> rows(String database, String table, String key) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            ResultSet row = statement.executeQuery("SELECT %s, t::text FROM %s AS t".formatted(key, table));
            while (row.next()) {
                rows.merge(row.getString(1), row.getString(2), (a, b) -> a + "\n" + b);
            }
        }
        return rows;
    }
}
