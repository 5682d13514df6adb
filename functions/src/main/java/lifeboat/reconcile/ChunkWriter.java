package lifeboat.reconcile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Writes the planned rows of one piece to files, each of one table and class and of bounded size.
final class ChunkWriter implements AutoCloseable {
    /// Big enough to be worth a file, small enough to be repaired within minutes.
    private static final int ROWS = 50_000;

    /// A chunk is read whole before it is sent to a bucket.
    private static final long BYTES = 64L << 20;

    private final Archive archive;
    private final String prefix;
    private final Map<Kind, Open> open = new HashMap<>();
    private final List<Chunk> closed = new ArrayList<>();
    private int files;

    ChunkWriter(Archive archive, String prefix) {
        this.archive = archive;
        this.prefix = prefix;
    }

    void add(Difference difference) {
        Kind kind = new Kind(difference.table(), difference.kind());
        try {
            Open file = open.get(kind);
            if (file == null) {
                file = begin();
                open.put(kind, file);
            }
            file.add(PlannedRow.of(difference));
            if (file.rows == ROWS || file.bytes > BYTES) {
                open.remove(kind);
                closed.add(file.end(kind));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("planned rows could not be kept below " + prefix, e);
        }
    }

    /// Ends all files.
    List<Chunk> done() {
        try {
            for (Map.Entry<Kind, Open> entry : open.entrySet()) {
                closed.add(entry.getValue().end(entry.getKey()));
            }
            open.clear();
            return List.copyOf(closed);
        } catch (IOException e) {
            throw new UncheckedIOException("planned rows could not be kept below " + prefix, e);
        }
    }

    @Override
    public void close() {
        done();
    }

    private Open begin() throws IOException {
        String name = "%s-%04d.rows".formatted(prefix, files++);
        return new Open(name, new DigestOutputStream(archive.create(name), Digests.sha256()));
    }

    private record Kind(TableName table, DifferenceClass kind) {}

    /// A file that is being written.
    private static final class Open {
        final String name;
        final DigestOutputStream digest;
        final OutputStream out;
        int rows;
        long bytes;

        Open(String name, DigestOutputStream digest) {
            this.name = name;
            this.digest = digest;
            this.out = new BufferedOutputStream(digest, 1 << 15);
        }

        void add(PlannedRow row) throws IOException {
            byte[] line = Chunks.line(row).getBytes(StandardCharsets.UTF_8);
            out.write(line);
            out.write('\n');
            rows++;
            bytes += line.length + 1L;
        }

        Chunk end(Kind kind) throws IOException {
            out.close();
            return new Chunk(
                    name,
                    kind.table(),
                    kind.kind(),
                    rows,
                    HexFormat.of().formatHex(digest.getMessageDigest().digest()));
        }
    }
}
