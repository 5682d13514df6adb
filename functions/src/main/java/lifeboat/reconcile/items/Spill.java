package lifeboat.reconcile.items;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import lifeboat.integrity.Digest;
import org.jspecify.annotations.Nullable;

/// Keys that wait on disk, in a temporary file that exists only once there is something to keep.
final class Spill implements AutoCloseable {
    private @Nullable Path file;
    private @Nullable DataOutputStream out;
    private long records;

    void write(ItemKey key, KeyMatcher.Waiting waiting) {
        try {
            var to = open();
            to.writeBoolean(waiting.copy());
            to.writeLong(waiting.digest().high());
            to.writeLong(waiting.digest().low());
            to.writeShort(key.encoded().length);
            to.write(key.encoded());
            records++;
        } catch (IOException e) {
            throw new UncheckedIOException("keys could not be kept in " + file, e);
        }
    }

    private DataOutputStream open() throws IOException {
        if (out == null) {
            file = Files.createTempFile("lifeboat-keys", ".spill");
            file.toFile().deleteOnExit();
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 14));
        }
        return out;
    }

    /// Hands back everything in the order of writing.
    void read(BiConsumer<ItemKey, KeyMatcher.Waiting> reader) {
        if (file == null || out == null) {
            return;
        }
        try {
            out.flush();
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                for (var i = 0L; i < records; i++) {
                    var waiting = new KeyMatcher.Waiting(in.readBoolean(), new Digest(in.readLong(), in.readLong()));
                    reader.accept(ItemKey.ofEncoded(in.readNBytes(in.readUnsignedShort())), waiting);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("keys could not be read back from " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            if (out != null && file != null) {
                out.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file " + file + " could not be removed", e);
        }
    }
}
