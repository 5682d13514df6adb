package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A server of its own, whose files are damaged while it is stopped. Checksums of pages are ignored, as where there are
/// none.
final class FilesOfAServer implements AutoCloseable {
    private static final int PAGE = 8192;

    private final Path folder;
    private EmbeddedPostgres server;

    FilesOfAServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = start();
    }

    /// @param what each of a relation, or of the TOAST of a table that is called so; `zero`, `cut`, `garble` or
    /// `add`; and the blocks from and to: negative ones count from the end, and the last is the end of the file
    /// then
    void damage(List<String> what) throws IOException, SQLException {
        var files = new LinkedHashMap<String[], Path>();
        for (var line : what) {
            var damage = line.split(" ");
            files.put(damage, file(damage[0]));
        }
        server.close();
        for (var damage : files.entrySet()) {
            damage(damage);
        }
        server = start();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set allow_system_table_mods = on");
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on") // else a VACUUM that follows knows no block as visible
                .setServerConfig("autovacuum", "off")
                .setServerConfig("ignore_checksum_failure", "on")
                .start();
    }

    private Path file(String relation) throws SQLException {
        var query =
                "select pg_relation_filepath(case when relname like 'toast%%' then reltoastrelid else oid end) from pg_class where relname = '%s'";
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query.formatted(relation))) {
            row.next();
            return folder.resolve("data").resolve(row.getString(1));
        }
    }

    private static void damage(Map.Entry<String[], Path> damage) throws IOException {
        var start = Long.parseLong(damage.getKey()[2]);
        var to = Long.parseLong(damage.getKey()[3]);
        try (var file = new RandomAccessFile(damage.getValue().toFile(), "rw")) {
            var from = start < 0 ? file.length() / PAGE + start : start;
            var end = to < 0 ? file.length() : to * PAGE;
            assertThat(file.length())
                    .as(damage.getKey()[0])
                    .isGreaterThanOrEqualTo(end)
                    .isGreaterThan(from * PAGE);
            switch (damage.getKey()[1]) {
                case "zero" -> {
                    file.seek(from * PAGE);
                    file.write(new byte[(int) (end - from * PAGE)]);
                }
                case "cut" -> file.setLength(from * PAGE);
                case "add" -> file.setLength(file.length() + (to - from) * PAGE);
                default -> {
                    var noise = new byte[1900]; // the last tuples of the first page
                    new Random(5).nextBytes(noise);
                    file.seek(PAGE - 2000);
                    file.write(noise);
                }
            }
        }
    }
}
