package lifeboat.reconcile.memory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import lifeboat.reconcile.Archive;

/// Files that outlive the process; each call is a step at which it can die, before and after it took effect.
final class MemoryArchive implements Archive {
    private final TreeMap<String, byte[]> files;
    private final Mortal mortal;

    private MemoryArchive(TreeMap<String, byte[]> files, Mortal mortal) {
        this.files = files;
        this.mortal = mortal;
    }

    static MemoryArchive empty() {
        return new MemoryArchive(new TreeMap<>(), new Mortal(Mortal.NEVER, () -> {}));
    }

    /// The same files, seen by another process.
    MemoryArchive seenBy(Mortal process) {
        return new MemoryArchive(files, process);
    }

    @Override
    public OutputStream create(String name) {
        mortal.step();
        return new ByteArrayOutputStream() {
            private boolean closed;

            @Override
            public void close() throws IOException {
                if (closed) {
                    return;
                }
                closed = true;
                mortal.step();
                if (files.putIfAbsent(name, toByteArray()) != null) {
                    throw new FileAlreadyExistsException(name);
                }
                mortal.step();
            }
        };
    }

    @Override
    public InputStream open(String name) throws IOException {
        mortal.step();
        byte[] content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public boolean has(String name) {
        mortal.step();
        return files.containsKey(name);
    }

    @Override
    public List<String> list(String prefix) {
        mortal.step();
        return files.tailMap(prefix, true).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    @Override
    public boolean swap(String name, Optional<String> seen, Optional<String> next) {
        mortal.step();
        if (!text(name).equals(seen)) {
            return false;
        }
        next.ifPresentOrElse(text -> files.put(name, text.getBytes(StandardCharsets.UTF_8)), () -> files.remove(name));
        mortal.step();
        return true;
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(files.get(name)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
