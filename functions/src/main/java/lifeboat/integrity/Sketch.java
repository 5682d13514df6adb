package lifeboat.integrity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// All rows of a table, added up in cells: always of the same size, and yet the rows that two tables do not share can
/// be told one by one from the difference of their sketches, as long as they are not too many.
///
/// Each row is added to three cells. A cell in which a single row is left over tells that row; it is taken out of its
/// other two cells, which may then hold a single one. That needs some twelve hundred differing rows or fewer. For more
/// there are further levels, of a sample of the keys each: a sixteenth, a sixteenth of that, and so on.
///
/// @see <a href="https://arxiv.org/abs/1101.2245">Goodrich, Mitzenmacher: Invertible Bloom Lookup Tables</a>
public final class Sketch {
    static final int LEVELS = 5;
    private static final int EACH_ROW = 3;
    private static final int WIDTH = 512;
    private static final int WIDTH_OF_A_SAMPLE = 128;
    private static final int CELLS = EACH_ROW * (WIDTH + (LEVELS - 1) * WIDTH_OF_A_SAMPLE);
    private static final int BYTES = CELLS * (Integer.BYTES + 4 * Long.BYTES);

    private final int[] counts = new int[CELLS];
    private final long[] keys = new long[CELLS];
    private final long[] contents = new long[CELLS];
    private final long[] times = new long[CELLS];
    private final long[] checks = new long[CELLS];

    /// Of no row.
    public Sketch() {
        // every cell is empty
    }

    /// The rows that two tables do not share, or a sample of them.
    ///
    /// @param level 0: all of them; else those whose key is in the sample of that level
    /// @param more rows that only the one has
    /// @param fewer rows that only the other has
    record Differences(int level, List<RowDigest> more, List<RowDigest> fewer) {
        Differences {
            more = List.copyOf(more);
            fewer = List.copyOf(fewer);
        }
    }

    /// Adds a row; only for whoever makes the sketch.
    void add(RowDigest row) {
        var level = RowDigest.level(row.key());
        for (var i = 0; i <= level; i++) {
            put(i, row, 1);
        }
    }

    private void put(int level, RowDigest row, int sign) {
        var check = row.check();
        for (var i = 0; i < EACH_ROW; i++) {
            put(cell(level, check, i), row, check, sign);
        }
    }

    private void put(int cell, RowDigest row, long check, int sign) {
        counts[cell] += sign;
        keys[cell] += sign * row.key();
        contents[cell] += sign * row.content();
        times[cell] += sign * row.writtenAt();
        checks[cell] += sign * check;
    }

    private static int cell(int level, long check, int which) {
        return first(level)
                + which * width(level)
                + (int) Long.remainderUnsigned(Long.rotateLeft(check, 21 * which), width(level));
    }

    private static int first(int level) {
        return level == 0 ? 0 : EACH_ROW * (WIDTH + (level - 1) * WIDTH_OF_A_SAMPLE);
    }

    private static int width(int level) {
        return level == 0 ? WIDTH : WIDTH_OF_A_SAMPLE;
    }

    /// Of the rows of both.
    Sketch plus(Sketch other) {
        return combined(other, 1);
    }

    /// The difference, of which {@link #differences} tells the rows.
    Sketch minus(Sketch other) {
        return combined(other, -1);
    }

    private Sketch combined(Sketch other, int sign) {
        var both = new Sketch();
        for (var i = 0; i < CELLS; i++) {
            both.counts[i] = counts[i] + sign * other.counts[i];
            both.keys[i] = keys[i] + sign * other.keys[i];
            both.contents[i] = contents[i] + sign * other.contents[i];
            both.times[i] = times[i] + sign * other.times[i];
            both.checks[i] = checks[i] + sign * other.checks[i];
        }
        return both;
    }

    /// The rows of a difference, from the finest level that tells all of its rows; empty: there are too many.
    Optional<Differences> differences() {
        for (var level = 0; level < LEVELS; level++) {
            var found = combined(new Sketch(), 1).taken(level);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// Takes row after row out of the cells of a level; empty where rows are left that cannot be told.
    private Optional<Differences> taken(int level) {
        List<RowDigest> more = new ArrayList<>();
        List<RowDigest> fewer = new ArrayList<>();
        var end = first(level) + EACH_ROW * width(level);
        var single = new ArrayDeque<Integer>();
        for (var cell = first(level); cell < end; cell++) {
            single.add(cell);
        }
        while (!single.isEmpty()) {
            int cell = single.remove();
            var row = single(cell);
            if (row.isPresent()) {
                int sign = counts[cell];
                (sign > 0 ? more : fewer).add(row.get());
                put(level, row.get(), -sign);
                for (var i = 0; i < EACH_ROW; i++) {
                    single.add(cell(level, row.get().check(), i));
                }
            }
        }
        for (var cell = first(level); cell < end; cell++) {
            if (!isEmpty(cell)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Differences(level, more, fewer));
    }

    private Optional<RowDigest> single(int cell) {
        int sign = counts[cell];
        if (sign != 1 && sign != -1) {
            return Optional.empty();
        }
        var row = new RowDigest(sign * keys[cell], sign * contents[cell], sign * times[cell]);
        return row.check() == sign * checks[cell] ? Optional.of(row) : Optional.empty();
    }

    private boolean isEmpty(int cell) {
        return counts[cell] == 0 && keys[cell] == 0 && contents[cell] == 0 && times[cell] == 0 && checks[cell] == 0;
    }

    /// Reads what {@link #toString} wrote.
    ///
    /// @throws IllegalArgumentException where the text is of another form
    public static Sketch parse(String text) {
        var sketch = new Sketch();
        try (var bytes =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            var buffer = ByteBuffer.wrap(bytes.readNBytes(BYTES));
            if (buffer.limit() != BYTES || bytes.read() >= 0) {
                throw new IllegalArgumentException("a sketch has %,d bytes, not %,d".formatted(BYTES, buffer.limit()));
            }
            for (var i = 0; i < CELLS; i++) {
                sketch.counts[i] = buffer.getInt();
                sketch.keys[i] = buffer.getLong();
                sketch.contents[i] = buffer.getLong();
                sketch.times[i] = buffer.getLong();
                sketch.checks[i] = buffer.getLong();
            }
            return sketch;
        } catch (IOException e) {
            throw new IllegalArgumentException("a sketch is compressed and written in base64", e);
        }
    }

    /// Compressed, in base64: the fewer rows, the shorter; at most some 150,000 characters.
    @Override
    public String toString() {
        var buffer = ByteBuffer.allocate(BYTES);
        for (var i = 0; i < CELLS; i++) {
            buffer.putInt(counts[i])
                    .putLong(keys[i])
                    .putLong(contents[i])
                    .putLong(times[i])
                    .putLong(checks[i]);
        }
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes)) {
            compressed.write(buffer.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sketch sketch
                && Arrays.equals(counts, sketch.counts)
                && Arrays.equals(keys, sketch.keys)
                && Arrays.equals(contents, sketch.contents)
                && Arrays.equals(times, sketch.times)
                && Arrays.equals(checks, sketch.checks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(checks);
    }
}
