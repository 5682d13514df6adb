package lifeboat.integrity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// The hashes of some keys: all of them, or a sample where they are too many.
public final class KeySample {
    /// So many fit beside two sketches into one item of the ledger.
    private static final int FEW = 4_096;
    /// So many fit into the memory of a function, where a table is read at once.
    private static final int MANY = 500_000;

    /// Of no key.
    public static final KeySample NONE = new KeySample(0, 0, new long[0]);

    private final long count;
    private final int level;
    private final long[] keys;

    /// @param keys in order
    KeySample(long count, int level, long[] keys) {
        this.count = count;
        this.level = level;
        this.keys = keys;
    }

    /// How many keys there are.
    long count() {
        return count;
    }

    /// 0: all keys are here; else those whose sample is of that level or a coarser one.
    int level() {
        return level;
    }

    /// Gathers keys; not for use by several threads.
    static final class Gathered {
        private long count;
        private int level;
        private int size;
        private long[] keys = new long[256];

        void add(long key) {
            count++;
            if (RowDigest.level(key) < level) {
                return;
            }
            if (size == MANY) {
                level++;
                var kept = Arrays.stream(keys, 0, size)
                        .filter(known -> RowDigest.level(known) >= level)
                        .toArray();
                size = kept.length;
                System.arraycopy(kept, 0, keys, 0, size);
                add(key);
                count--;
                return;
            }
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, Math.min(MANY, 2 * size));
            }
            keys[size++] = key;
        }

        KeySample sample() {
            var sorted = Arrays.copyOf(keys, size);
            Arrays.sort(sorted);
            return new KeySample(count, level, sorted);
        }
    }

    /// Of the keys of both.
    KeySample plus(KeySample other) {
        var coarser = Math.max(level, other.level);
        var both = Arrays.copyOf(keys, keys.length + other.keys.length);
        System.arraycopy(other.keys, 0, both, keys.length, other.keys.length);
        Arrays.sort(both);
        return new KeySample(count + other.count, level, both).atLevel(coarser);
    }

    /// Few enough for an item of the ledger.
    KeySample few() {
        var sample = this;
        while (sample.keys.length > FEW && sample.level < Sketch.LEVELS - 1) {
            sample = sample.atLevel(sample.level + 1);
        }
        return sample.keys.length > FEW ? new KeySample(count, Sketch.LEVELS, new long[0]) : sample;
    }

    private KeySample atLevel(int coarser) {
        return new KeySample(
                count,
                coarser,
                Arrays.stream(keys)
                        .filter(key -> RowDigest.level(key) >= coarser)
                        .toArray());
    }

    /// How many of the keys are here.
    int size() {
        return keys.length;
    }

    boolean contains(long key) {
        return Arrays.binarySearch(keys, key) >= 0;
    }

    /// Reads what {@link #toString} wrote.
    public static KeySample parse(String text) {
        var fields = text.split(" ", -1);
        var buffer = ByteBuffer.wrap(Base64.getDecoder().decode(fields[2]));
        var keys = new long[buffer.remaining() / Long.BYTES];
        buffer.asLongBuffer().get(keys);
        return new KeySample(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), keys);
    }

    @Override
    public String toString() {
        var buffer = ByteBuffer.allocate(keys.length * Long.BYTES);
        buffer.asLongBuffer().put(keys);
        return "%d %d %s".formatted(count, level, Base64.getEncoder().encodeToString(buffer.array()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySample sample
                && count == sample.count
                && level == sample.level
                && Arrays.equals(keys, sample.keys);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keys);
    }
}
