package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;

/// One side of a piece as 65,536 buckets, into which a hash of the key sorts its rows: how many, and the sum of their
/// digests. All computed by the database in one scan, so that only rows of buckets that differ cross the wire.
final class KeyBuckets {
    /// A power of two. A bucket of a piece holds some dozen rows; one row that differs brings as many.
    static final int BUCKETS = 1 << 16;

    private final String[] digests;
    private final long[] counts;

    private KeyBuckets(String[] digests, long[] counts) {
        this.digests = digests;
        this.counts = counts;
    }

    /// @throws SQLException when a row could not be read whole, or not every row was read
    static KeyBuckets read(Connection side, PieceQueries queries) throws SQLException {
        String[] digests = new String[BUCKETS];
        long[] counts = new long[BUCKETS];
        try (Statement statement = side.createStatement();
                ResultSet row = statement.executeQuery(queries.buckets())) {
            while (row.next()) {
                if (row.getLong(2) != row.getLong(3)) {
                    throw PieceQueries.tooLong();
                }
                counts[row.getInt(1)] = row.getLong(2);
                digests[row.getInt(1)] = "%s %s %s".formatted(row.getString(2), row.getString(4), row.getString(5));
            }
        }
        KeyBuckets buckets = new KeyBuckets(digests, counts);
        PieceQueries.requireAll(Long.parseLong(MySqlEndpoint.one(side, queries.count())), buckets.rows());
        return buckets;
    }

    long rows() {
        return Arrays.stream(counts).sum();
    }

    /// How many rows some buckets hold.
    long rows(BitSet buckets) {
        return buckets.stream().mapToLong(bucket -> counts[bucket]).sum();
    }

    /// Buckets that hold other rows on the other side.
    BitSet differing(KeyBuckets other) {
        BitSet differing = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            differing.set(i, !String.valueOf(digests[i]).equals(String.valueOf(other.digests[i])));
        }
        return differing;
    }
}
