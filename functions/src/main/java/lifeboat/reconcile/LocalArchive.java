package lifeboat.reconcile;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;

/// An archive in a folder of this machine.
public final class LocalArchive implements Archive {
    private final Path folder;

    /// An archive in a folder.
    ///
    /// @param folder made when the first file is written
    public LocalArchive(Path folder) {
        this.folder = folder;
    }

    @Override
    public OutputStream create(String name) throws IOException {
        Path target = path(name);
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempFile(target.getParent(), ".draft", "");
        return new WholeFile(Files.newOutputStream(draft), draft, target);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(path(name));
    }

    @Override
    public boolean has(String name) {
        return Files.exists(path(name));
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path deepest = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(deepest)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(deepest)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public boolean swap(String name, Optional<String> seen, Optional<String> next) throws IOException {
        Files.createDirectories(path(name).getParent());
        Path guard = path(name).resolveSibling("." + path(name).getFileName() + ".guard");
        synchronized (LocalArchive.class) {
            try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                return held.isValid() && text(name).equals(seen) && replaced(name, next);
            }
        }
    }

    @Override
    public Optional<String> text(String name) throws IOException {
        try {
            return Optional.of(Files.readString(path(name)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private boolean replaced(String name, Optional<String> next) throws IOException {
        if (next.isEmpty()) {
            return Files.deleteIfExists(path(name));
        }
        Path draft = Files.createTempFile(path(name).getParent(), ".draft", "");
        Files.writeString(draft, next.get());
        Files.move(draft, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private Path path(String name) {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
            throw new Invalid("LB-405", "file \"%s\" is not allowed: parts of A-Z a-z 0-9 . _ -".formatted(name));
        }
        return folder.resolve(name);
    }

    /// Appears under its name only when it was written to the end and reached the disk.
    private static final class WholeFile extends FilterOutputStream {
        private final Path draft;
        private final Path target;
        private boolean closed;

        WholeFile(OutputStream out, Path draft, Path target) {
            super(out);
            this.draft = draft;
            this.target = target;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            super.close();
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            link();
        }

        private void link() throws IOException {
            try {
                Files.createLink(target, draft);
            } catch (FileAlreadyExistsException taken) {
                throw new FileAlreadyExistsException(target.toString(), null, "files of an archive are never replaced");
            } finally {
                Files.deleteIfExists(draft);
            }
            namesReachTheDisk(Objects.requireNonNull(target.getParent()));
        }

        /// A file whose name is lost with the power is lost, and with it the way back.
        private static void namesReachTheDisk(Path folder) throws IOException {
            if (folder.getFileSystem()
                    .supportedFileAttributeViews()
                    .contains("posix")) { // else no folder can be opened
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }
}
