package lifeboat.local.engine;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs of PostgreSQL, unpacked once from the jar that carries them.
///
/// @param home holds `bin`, `lib` and `share`
public record PostgresBinaries(Path home) {
    private static final String VERSION = "18.6.0";

    /// Unpacks the programs below a folder, unless they are there.
    ///
    /// @param cache kept between runs
    public static PostgresBinaries in(Path cache) {
        Path home = cache.resolve("postgresql-" + VERSION).toAbsolutePath();
        try {
            if (!Files.isDirectory(home)) {
                unpack(cache.toAbsolutePath(), home);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL %s could not be unpacked".formatted(VERSION), failure);
        }
        return new PostgresBinaries(home);
    }

    /// The command line of a program. PostgreSQL refuses to run as root: there it runs in a user namespace of its own.
    List<String> command(String program, String... arguments) {
        List<String> line = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.add(home.resolve("bin").resolve(program).toString());
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    private static void unpack(Path cache, Path home) throws IOException {
        Files.createDirectories(cache);
        Path partly = Files.createTempDirectory(cache, "unpacking-");
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, partly.resolve(entry.getName()).normalize());
            }
        }
        moveInto(home, partly);
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    // Another process may have been quicker; then its copy is as good.
    private static void moveInto(Path home, Path partly) throws IOException {
        try {
            Files.move(partly, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException failure) {
            throw failure;
        } catch (FileSystemException failure) {
            if (!Files.isDirectory(home.resolve("bin"))) {
                throw failure;
            }
            FileTrees.delete(partly);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name");
        if (name.startsWith("Mac")) {
            return "Darwin";
        }
        return name.startsWith("Windows") ? "Windows" : "Linux";
    }

    private static String machine() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name;
    }
}
