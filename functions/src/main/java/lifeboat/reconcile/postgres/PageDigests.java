package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.BitSet;

/// The digest of every heap page of a stretch of one table: row count and order-independent sum of row hashes.
final class PageDigests {
    private final int[] counts;
    private final long[] digests;
    private long rows;

    private PageDigests(int pages) {
        this.counts = new int[pages];
        this.digests = new long[pages];
    }

    /// Reads them in one scan of that stretch.
    static PageDigests read(Side side, TableQueries queries, int first, int pages) throws SQLException {
        var read = new PageDigests(pages);
        try (CopyRows rows = new CopyRows(side.stream(), queries.pageDigests(first, pages))) {
            while (rows.next()) {
                int at = rows.intAt(0) - first;
                read.counts[at] = rows.intAt(1);
                read.digests[at] = rows.longAt(2);
                read.rows += read.counts[at];
            }
        }
        return read;
    }

    long rows() {
        return rows;
    }

    /// Pages that hold other rows on the other side, as offsets from the first.
    BitSet differing(PageDigests other) {
        BitSet differing = new BitSet(counts.length);
        for (int i = 0; i < counts.length; i++) {
            differing.set(i, counts[i] != other.counts[i] || digests[i] != other.digests[i]);
        }
        return differing;
    }
}
