package lifeboat.reconcile.items;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing buffer in which values stand in their one canonical form, ready to be hashed.
final class CanonicalBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    CanonicalBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void truncate(int to) {
        size = to;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    HashValue128 hash(Hasher128 hasher, int from) {
        return hasher.hashBytesTo128Bits(bytes, from, size - from);
    }

    void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putLong(long value) {
        reserve(8);
        size += 8;
        setLong(size - 8, value);
    }

    void setLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    void set(int at, int value) {
        bytes[at] = (byte) value;
    }

    /// Text of fewer than 65,536 bytes after its length in two bytes.
    void putSized(String text) {
        var chars = text.toCharArray();
        var start = size;
        put(0);
        put(0);
        putUtf8(chars, 0, chars.length);
        var length = size - start - 2;
        bytes[start] = (byte) (length >>> 8);
        bytes[start + 1] = (byte) length;
    }

    /// Text of any length after its length in four bytes, so that what follows cannot be taken for a part of it.
    void putText(char[] chars, int offset, int length) {
        var start = size;
        reserve(4);
        size += 4;
        putUtf8(chars, offset, length);
        var written = size - start - 4;
        for (var i = 0; i < 4; i++) {
            bytes[start + i] = (byte) (written >>> (24 - 8 * i));
        }
    }

    private void putUtf8(char[] chars, int offset, int length) {
        reserve(3 * length);
        var end = offset + length;
        for (var i = offset; i < end; i++) {
            var c = chars[i];
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xc0 | c >> 6);
                bytes[size++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(chars[i + 1])) {
                putSupplementary(Character.toCodePoint(c, chars[++i]));
            } else {
                bytes[size++] = (byte) (0xe0 | c >> 12);
                bytes[size++] = (byte) (0x80 | (c >> 6 & 0x3f));
                bytes[size++] = (byte) (0x80 | (c & 0x3f));
            }
        }
    }

    private void putSupplementary(int codePoint) {
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
        bytes[size++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
