package lifeboat.reconcile.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/// The rows of a query, streamed in PostgreSQL's binary copy format: nothing is held but the current row.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, file formats</a>
final class CopyRows implements AutoCloseable {
    private static final int SIGNATURE_BYTES = 11;
    private final DataInputStream in;
    private byte[] @Nullable [] fields = new byte[0][];
    private long bytes;

    CopyRows(Connection connection, String query) throws SQLException {
        var copy = new PGCopyInputStream(
                connection.unwrap(PGConnection.class), "COPY (" + query + ") TO STDOUT (FORMAT binary)");
        this.in = new DataInputStream(new BufferedInputStream(copy, 1 << 16));
        try {
            in.skipNBytes(SIGNATURE_BYTES + 4);
            in.skipNBytes(in.readInt());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Moves to the next row; false: there is none.
    boolean next() throws SQLException {
        try {
            short count = in.readShort();
            if (count < 0) {
                return false;
            }
            if (fields.length != count) {
                fields = new byte[count][];
            }
            for (int i = 0; i < count; i++) {
                fields[i] = field();
            }
            return true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private byte @Nullable [] field() throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        bytes += length + 4;
        byte[] value = new byte[length];
        in.readFully(value);
        return value;
    }

    byte[] bytes(int field) {
        byte[] value = fields[field];
        if (value == null) {
            throw new IllegalStateException("NULL where the query promises a value");
        }
        return value;
    }

    boolean isNull(int field) {
        return fields[field] == null;
    }

    int intAt(int field) {
        return (int) number(bytes(field));
    }

    long longAt(int field) {
        return number(bytes(field));
    }

    /// A whole number of 1 to 8 bytes, the highest first.
    static long number(byte[] value) {
        long number = 0;
        for (byte part : value) {
            number = number << 8 | (part & 0xff);
        }
        return number;
    }

    /// Bytes that came over the wire so far, without the protocol's own.
    long received() {
        return bytes;
    }

    private static SQLException failed(IOException e) throws SQLException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw new UncheckedIOException("a stream of rows broke off", e);
    }

    @Override
    public void close() throws SQLException {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
