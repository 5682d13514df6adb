package lifeboat.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One running PostgreSQL server, with its data, log and archive in a folder of its own.
public final class PostgresServer implements AutoCloseable {
    /// The role that owns the cluster.
    static final String SUPERUSER = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Path folder;
    private final int port;
    private final Process process;

    PostgresServer(String name, Path folder, int port, Process process) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// What it was called when it was made.
    public String name() {
        return name;
    }

    /// Where it listens.
    public String host() {
        return "127.0.0.1";
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    /// Its log.
    public ServerLog log() {
        return new ServerLog(folder.resolve("server.log"));
    }

    /// The JDBC URL of one of its databases, without a user.
    public String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host(), port, database);
    }

    /// A connection as the owner of the cluster.
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, "");
    }

    /// Ships the log written so far, as RDS does every five minutes: a heartbeat is committed and the segment closed.
    ///
    /// @return up to when the server can be restored now; whole seconds
    /// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">RDS, point in time</a>
    public Instant shipLog() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            Instant before = instant(statement, "select clock_timestamp()");
            statement.execute("create table if not exists heartbeat (at timestamptz)");
            statement.execute("insert into heartbeat values (clock_timestamp())");
            Path segment = archive().resolve(text(statement, "select pg_walfile_name(pg_switch_wal())"));
            await(() -> Files.exists(segment), "archive its log");
            return before.truncatedTo(ChronoUnit.SECONDS);
        } catch (SQLException failure) {
            throw new EngineFailure("log of server \"%s\" could not be shipped".formatted(name), failure);
        }
    }

    /// Copies the server's files while it runs.
    ///
    /// @param label names the copy; unique for this server
    public BaseBackup backup(String label) {
        Path files = folder.resolve("backup-" + label);
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('%s', fast => true)".formatted(label));
            long bytes = FileTrees.copy(data(), files, PostgresServer::belongsInBackup);
            Files.writeString(files.resolve("backup_label"), text(statement, "select labelfile from pg_backup_stop()"));
            Instant consistentAt = instant(statement, "select clock_timestamp()");
            shipLog(); // a restore to that time needs a transaction after it
            return new BaseBackup(files, archive(), consistentAt, bytes);
        } catch (SQLException | IOException failure) {
            throw new EngineFailure("server \"%s\" could not be backed up".formatted(name), failure);
        }
    }

    /// Whether it still replays log.
    boolean recovering() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            return text(statement, "select pg_is_in_recovery()").equals("t");
        } catch (SQLException _) {
            return true;
        }
    }

    void awaitReady() {
        await(() -> !recovering(), "become ready");
    }

    Path archive() {
        return folder.resolve("archive");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void await(BooleanSupplier condition, String what) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new EngineFailure("server \"%s\" did not %s: %s".formatted(name, what, log().tail()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineFailure("interrupted", interrupted);
        }
    }

    private static boolean belongsInBackup(Path path) {
        String name = path.toString();
        return !name.equals("postmaster.pid") && !name.equals("postmaster.opts") && !name.equals("pg_wal");
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Instant instant(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /// Stops the server at once and removes its data and its log; its archive and backups stay.
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            FileTrees.delete(data());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
