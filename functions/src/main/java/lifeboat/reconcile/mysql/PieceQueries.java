package lifeboat.reconcile.mysql;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.stream.Collectors;
import lifeboat.reconcile.sql.TablePair;

/// What both sides are asked about a piece. Without a key, the digest of a row stands for it.
///
/// @param table the table
/// @param times which columns tell times
/// @param condition which of its rows are in the piece
record PieceQueries(TablePair table, MySqlTimes times, String condition) {
    /// Keeps the server from computing what a derived table computes once for each use.
    private static final String ONCE = "LIMIT 18446744073709551615";

    /// Bucket, rows, rows with a digest, and two sums that together are one of 128 bits.
    String buckets() {
        String sums = "COUNT(*), COUNT(s.d), SUM(CAST(CONV(HEX(LEFT(s.d, 8)), 16, 10) AS UNSIGNED)),"
                + " SUM(CAST(CONV(HEX(RIGHT(s.d, 8)), 16, 10) AS UNSIGNED))";
        return table.hasKey()
                ? "SELECT s.h, %s FROM (SELECT %s AS h, %s AS d FROM %s AS t WHERE %s %s) AS s GROUP BY s.h"
                        .formatted(sums, keyBucket(), bytes(), from(), condition, ONCE)
                : "SELECT %s AS h, %s FROM (SELECT %s AS d FROM %s AS t WHERE %s %s) AS s GROUP BY h"
                        .formatted(rowBucket(), sums, bytes(), from(), condition, ONCE);
    }

    /// Bucket, key, digest, number of equal rows and times of the rows in some buckets, in the order of the buckets.
    String rows(BitSet buckets) {
        return table.hasKey()
                ? "SELECT %s AS h, %s, %s, 1, %s FROM %s AS t WHERE %s AND %s ORDER BY h"
                        .formatted(
                                keyBucket(),
                                keyParts(),
                                new RowText(table).digest(),
                                times.columns(table),
                                from(),
                                condition,
                                in(keyBucket(), buckets))
                : "SELECT %s AS h, LOWER(HEX(s.d)), LOWER(HEX(s.d)), COUNT(*), MAX(s.w), MAX(s.x) FROM (SELECT %s AS d, %s FROM %s AS t WHERE %s %s) AS s WHERE %s GROUP BY s.d ORDER BY h"
                        .formatted(
                                rowBucket(),
                                bytes(),
                                times.named(table),
                                from(),
                                condition,
                                ONCE,
                                in(rowBucket(), buckets));
    }

    /// How many rows there are, however they look.
    String count() {
        return "SELECT COUNT(*) FROM %s AS t WHERE %s".formatted(from(), condition);
    }

    /// Each row that was counted must have been read, and no other: else the server cut an answer off, or the table has
    /// no snapshot and changes meanwhile.
    static void requireAll(long counted, long read) throws SQLException {
        if (counted != read) {
            throw new SQLException("the server counts %d rows and handed out %d".formatted(counted, read));
        }
    }

    static SQLException tooLong() {
        return new SQLException(
                "rows are longer than max_allowed_packet of the server, or hold JSON of types that are not known, so they cannot be compared");
    }

    /// One character a bucket: a list of thousands of numbers is turned into a join by MariaDB, which is slow.
    private static String in(String bucket, BitSet buckets) {
        StringBuilder chosen = new StringBuilder(KeyBuckets.BUCKETS);
        for (int i = 0; i < KeyBuckets.BUCKETS; i++) {
            chosen.append(buckets.get(i) ? '1' : '0');
        }
        return "SUBSTRING(_binary'%s', (%s) + 1, 1) = '1'".formatted(chosen, bucket);
    }

    private String keyBucket() {
        return bucket("CONCAT_WS(',', " + keyParts() + ")");
    }

    private static String rowBucket() {
        return bucket("s.d");
    }

    private static String bucket(String of) {
        return "CRC32(%s) & %d".formatted(of, KeyBuckets.BUCKETS - 1);
    }

    private String keyParts() {
        return table.key().stream().map(RowText::keyPart).collect(Collectors.joining(", "));
    }

    private String bytes() {
        return "UNHEX(" + new RowText(table).digest() + ")";
    }

    private String from() {
        return RowText.table(table.name());
    }
}
