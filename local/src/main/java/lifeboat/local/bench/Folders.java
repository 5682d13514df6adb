package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Temporary folders that the user of PostgreSQL may write to.
final class Folders {
    private Folders() {}

    static Path make() throws IOException {
        Path folder = Files.createTempDirectory("lifeboat-bench");
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    static void delete(Path path) throws IOException {
        List<Path> inside;
        try (Stream<Path> files = Files.walk(path)) {
            inside = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : inside) {
            Files.delete(file);
        }
    }
}
