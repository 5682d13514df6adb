package lifeboat.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Makes PostgreSQL servers on this machine, new ones and ones restored from a base backup and archived log.
///
/// @param binaries the programs
/// @param folder holds one folder a server
/// @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html">Continuous archiving and
///     point-in-time recovery</a>
public record PostgresEngine(PostgresBinaries binaries, Path folder) {
    // The setting takes no zone names, not even Z.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS+00", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Makes an empty server, whose log is archived from the start.
    ///
    /// @param name unique in this engine
    public PostgresServer create(String name) {
        Path home = home(name);
        Path data = home.resolve("data");
        run(
                home,
                binaries.command(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=" + PostgresServer.SUPERUSER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--wal-segsize=1",
                        "--no-sync"));
        admit(data);
        return start(name, home);
    }

    /// Makes a server from a backup of another: new files, a new port, the same roles and passwords.
    ///
    /// @param time every transaction committed by then, and none after it, is in the new server
    /// @param name unique in this engine
    /// @throws EngineFailure where the log does not reach the target
    public PostgresServer restore(BaseBackup backup, Instant time, String name) {
        Path home = home(name);
        Path data = home.resolve("data");
        try {
            Files.createDirectory(data, ownerOnly());
            FileTrees.copy(backup.files(), data, _ -> true);
            Files.writeString(data.resolve("recovery.signal"), "");
            Files.writeString(data.resolve("postgresql.auto.conf"), settings(backup, time), StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return start(name, home);
    }

    private static String settings(BaseBackup backup, Instant time) {
        return """
                restore_command = 'cp "%s/%%f" "%%p"'
                recovery_target_action = 'promote'
                recovery_target_time = '%s'
                """.formatted(backup.archive(), TIME.format(time));
    }

    private PostgresServer start(String name, Path home) {
        int port = freePort();
        Path archive = home.resolve("archive");
        List<String> command = binaries.command(
                "postgres",
                "-D",
                home.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "archive_mode=on",
                "-c",
                "archive_command=cp \"%%p\" \"%s/%%f.part\" && mv \"%s/%%f.part\" \"%s/%%f\""
                        .replace("%%", "%")
                        .replace("%s", archive.toString()),
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_wal_size=1GB",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("server.log").toFile())
                    .start();
            process.getOutputStream().close();
            PostgresServer server = new PostgresServer(name, home, port, process);
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException("server \"%s\" could not be started".formatted(name), failure);
        }
    }

    // The owner of the cluster needs no password on this machine, everyone else does, as on RDS.
    private static void admit(Path data) {
        try {
            Files.writeString(data.resolve("pg_hba.conf"), """
                    local all all trust
                    host all postgres 127.0.0.1/32 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path home(String name) {
        if (!name.toLowerCase(Locale.ROOT).matches("[a-z0-9-]{1,63}")) {
            throw new EngineFailure("server name \"%s\" is not allowed: letters, digits and hyphens".formatted(name));
        }
        try {
            Path home = Files.createDirectory(folder.resolve(name));
            Files.createDirectory(home.resolve("archive"));
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException("server \"%s\" exists already".formatted(name), failure);
        }
    }

    private static void run(Path home, List<String> command) {
        Path output = home.resolve("initdb.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new EngineFailure("initdb failed: " + Files.readString(output));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineFailure("interrupted", interrupted);
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
