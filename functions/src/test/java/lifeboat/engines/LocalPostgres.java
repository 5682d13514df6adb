package lifeboat.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for all tests of a JVM. Tests take databases of their own.
public final class LocalPostgres {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private LocalPostgres() {}

    /// Makes an empty database that no other test uses.
    ///
    /// @return its name
    public static String newDatabase() {
        return newDatabase("template0");
    }

    /// Makes a copy of a database to which nobody is connected.
    ///
    /// @return its name
    public static String newDatabase(String template) {
        var name = "d%d".formatted(DATABASES.incrementAndGet());
        execute("postgres", "create database %s template %s".formatted(name, template));
        return name;
    }

    /// A new connection as superuser.
    public static Connection connect(String database) throws SQLException {
        return connect(database, "postgres");
    }

    /// A new connection as a role that may log in.
    public static Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(SERVER.getJdbcUrl(user, database));
    }

    /// The port that the server listens on, at localhost.
    public static int port() {
        return SERVER.getPort();
    }

    /// Executes statements, each on its own.
    public static void execute(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
