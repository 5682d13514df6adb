package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL server of one's own for a benchmark, from the tools that Debian installs; gone with its folder.
final class Cluster implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private final Path tools;
    private final Path data;
    private final int port;

    private Cluster(Path tools, Path data, int port) {
        this.tools = tools;
        this.data = data;
        this.port = port;
    }

    /// The folder with `initdb`, `pg_dump` and `pg_restore`; empty: this machine has none.
    static Optional<Path> tools() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> releases = Files.list(DEBIAN)) {
            return releases.map(release -> release.resolve("bin"))
                    .filter(bin -> Stream.of("initdb", "pg_ctl", "pg_dump", "pg_restore")
                            .allMatch(tool -> Files.isExecutable(bin.resolve(tool))))
                    .max(Comparator.naturalOrder());
        }
    }

    /// Makes and starts one; autovacuum is off, so that nothing but what is measured runs.
    static Cluster start(Path tools, Path data, int port) throws IOException {
        Cluster cluster = new Cluster(tools, data, port);
        cluster.tool("initdb", "-D", data.toString(), "-A", "trust", "-U", "postgres", "--no-sync");
        cluster.as("sh", "-c", "cat '%s' >> '%s/postgresql.conf'".formatted(settings(data), data));
        cluster.up();
        return cluster;
    }

    private static Path settings(Path data) throws IOException {
        return Files.writeString(data.resolveSibling(data.getFileName() + ".conf"), """
                unix_socket_directories = ''
                shared_buffers = 256MB
                max_wal_size = 4GB
                autovacuum = off
                """, StandardOpenOption.CREATE);
    }

    /// Another server with the same files, as a physical backup that was restored has them.
    Cluster twin(Path twinData, int twinPort) throws IOException {
        down("fast");
        as("cp", "-a", data.toString(), twinData.toString());
        up();
        Cluster twin = new Cluster(tools, twinData, twinPort);
        twin.up();
        return twin;
    }

    /// The same server as its clients see it through a relay.
    Cluster behind(Relay relay) {
        return new Cluster(tools, data, relay.port());
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(port, database);
    }

    /// A program that reaches this server.
    List<String> client(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tools.resolve(name).toString()));
        command.addAll(List.of("-h", "localhost", "-p", Integer.toString(port), "-U", "postgres"));
        command.addAll(List.of(arguments));
        return command;
    }

    String sql(String database, String... statements) throws SQLException {
        String answer = "";
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    ResultSet row = statement.getResultSet();
                    answer = row.next() ? row.getString(1) : "";
                }
            }
        }
        return answer;
    }

    /// CPU seconds of the server, of all its sessions that have ended and of those that still run.
    double cpuSeconds() throws IOException {
        String server =
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
        double seconds = Usage.cpuSeconds(Path.of("/proc", server, "stat"));
        try (Stream<ProcessHandle> sessions =
                ProcessHandle.of(Long.parseLong(server)).stream().flatMap(ProcessHandle::children)) {
            for (ProcessHandle session : sessions.toList()) {
                seconds +=
                        session.info().totalCpuDuration().map(Cluster::seconds).orElse(0.0);
            }
        }
        return seconds;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private void up() throws IOException {
        tool("pg_ctl", "-D", data.toString(), "-l", data + ".log", "-o", "-p " + port, "-w", "-t", "600", "start");
    }

    private void down(String how) throws IOException {
        tool("pg_ctl", "-D", data.toString(), "-m", how, "-w", "-t", "600", "stop");
    }

    private void tool(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(tools.resolve(name).toString()));
        command.addAll(List.of(arguments));
        as(command.toArray(String[]::new));
    }

    /// PostgreSQL refuses to run as root, so root hands it to the user that Debian made for it.
    private void as(String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            whole.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        whole.addAll(List.of(command));
        new Tools().run(whole);
    }

    @Override
    public void close() throws IOException {
        down("immediate");
    }
}
