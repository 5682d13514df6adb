package lifeboat.local.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/// Copies and removes folders with everything in them.
final class FileTrees {
    private FileTrees() {}

    /// Copies a folder that is being written to; a file that vanishes meanwhile is left out.
    ///
    /// @param wanted asked with each path relative to the source; a folder not wanted is made, but left empty
    /// @return how many bytes were copied
    static long copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
        CopyTo copying = new CopyTo(source, target, wanted);
        Files.walkFileTree(source, copying);
        return copying.bytes;
    }

    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new Delete());
    }

    private static final class CopyTo extends SimpleFileVisitor<Path> {
        private final Path source;
        private final Path target;
        private final Predicate<Path> wanted;
        private long bytes;

        CopyTo(Path source, Path target, Predicate<Path> wanted) {
            this.source = source;
            this.target = target;
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(target.resolve(source.relativize(folder)));
            return wanted.test(source.relativize(folder)) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!wanted.test(source.relativize(file))) {
                return FileVisitResult.CONTINUE;
            }
            try {
                Files.copy(file, target.resolve(source.relativize(file)));
                bytes += attributes.size();
            } catch (NoSuchFileException _) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static final class Delete extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
