package lifeboat.reconcile.mysql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A MySQL 8 server: its files come from a jar, its data are new each time and gone with the JVM.
final class MySqlServer {
    private static final String PROGRAMS = "mysql-8.0.31";
    private static final String NEEDS = "the MySQL 8 of the tests needs Linux on x86-64 and the library libaio.so.1:"
            + " install the package libaio1 (libaio1t64 on Debian 13 and Ubuntu 24.04)";

    private final Path programs;
    private final Path data;
    private final int port;

    private MySqlServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /// Starts one; it ends with this JVM.
    ///
    /// @throws TestAbortedException where this machine cannot run it, unless it is the one that decides of a change
    static MySqlServer start(List<String> options) {
        try {
            boolean decides = "true".equals(System.getenv("CI"));
            requireRunnable(isKnownMachine(), decides);
            Path programs = unpacked();
            requireRunnable(runs(programs), decides);
            MySqlServer server = new MySqlServer(programs, Files.createTempDirectory("lifeboat-mysql"), freePort());
            server.initialize();
            server.run(options);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    /// A developer goes without these tests, a build that decides does not.
    static void requireRunnable(boolean runs, boolean decides) {
        if (!runs && decides) {
            throw new IllegalStateException(NEEDS);
        }
        if (!runs) {
            throw new TestAbortedException(NEEDS);
        }
    }

    private static boolean isKnownMachine() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    private static boolean runs(Path programs) throws IOException, InterruptedException {
        Process version = new ProcessBuilder(programs.resolve("bin/mysqld").toString(), "--no-defaults", "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return version.waitFor() == 0;
    }

    /// Once for each build folder; another JVM may be at it too.
    private static Path unpacked() throws IOException, InterruptedException {
        Path classes = Path.of(MySqlServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path programs = classes.resolveSibling(PROGRAMS);
        if (Files.notExists(programs)) {
            Path half = Files.createTempDirectory(classes.getParent(), PROGRAMS);
            Process tar = new ProcessBuilder("tar", "xz", "-C", half.toString()).start();
            try (InputStream archive = MySqlServer.class.getResourceAsStream("/mysql-Linux-amd64.tar.gz");
                    OutputStream into = tar.getOutputStream()) {
                archive.transferTo(into);
            }
            if (tar.waitFor() != 0) {
                throw new IOException("tar could not unpack MySQL");
            }
            try {
                Files.move(half, programs);
            } catch (IOException another) {
                delete(half);
            }
        }
        return programs;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void initialize() throws IOException, InterruptedException {
        Path users = data.resolve("users.sql");
        Files.writeString(users, """
                CREATE USER root@'127.0.0.1';
                GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
                CREATE DATABASE test;
                """);
        Process process = process(List.of("--initialize-insecure", "--init-file=" + users))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private void run(List<String> options) throws IOException {
        Process process = process(options).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        BufferedReader said = process.inputReader();
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); ; line = said.readLine()) {
            if (line == null) {
                throw new IllegalStateException(all.toString());
            }
            all.append(line).append('\n');
            if (line.contains("ready for connections") && line.contains("port: " + port)) {
                break;
            }
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(rest -> {}));
    }

    private ProcessBuilder process(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--user=root",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--datadir=" + data.resolve("data"),
                "--socket=" + data.resolve("socket"),
                "--pid-file=" + data.resolve("pid"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--mysqlx=OFF",
                "--tls-version=",
                "--skip-log-bin",
                "--performance-schema=OFF",
                "--innodb-redo-log-capacity=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=OFF",
                "--default-authentication-plugin=mysql_native_password",
                "--character-set-server=utf8mb4"));
        command.addAll(options);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private void stop(Process process) {
        try {
            process.destroyForcibly().waitFor();
            delete(data);
        } catch (IOException | InterruptedException e) {
            System.getLogger(MySqlServer.class.getName()).log(System.Logger.Level.DEBUG, "left " + data, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
