package lifeboat.reconcile.mysql;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lifeboat.reconcile.sql.TablePair;

/// Cuts a table at even steps of its first key column and asks both sides for the digest of each part in one scan, so
/// that only parts that differ are looked into.
final class KeyBuckets {
    private static final int PARTS = 4_096;
    private final TablePair table;
    private final String key;

    KeyBuckets(TablePair table) {
        this.table = table;
        this.key = RowText.name(table.key().getFirst().name());
    }

    /// A range of keys, both ends included.
    record Range(BigInteger from, BigInteger to) {
        String condition(TablePair table) {
            return "t.%1$s BETWEEN %2$s AND %3$s"
                    .formatted(RowText.name(table.key().getFirst().name()), from, to);
        }
    }

    /// The ranges that differ, in order.
    List<Range> differing(Connection copy, Connection live) throws SQLException {
        String bounds = "SELECT MIN(%1$s), MAX(%1$s) FROM %2$s".formatted(key, RowText.table(table.name()));
        BigInteger low = null;
        BigInteger high = null;
        for (Connection side : List.of(copy, live)) {
            try (Statement statement = side.createStatement();
                    ResultSet row = statement.executeQuery(bounds)) {
                row.next();
                if (row.getString(1) != null) {
                    BigInteger from = new BigInteger(row.getString(1));
                    BigInteger to = new BigInteger(row.getString(2));
                    low = low == null ? from : low.min(from);
                    high = high == null ? to : high.max(to);
                }
            }
        }
        return low == null || high == null ? List.of() : differing(copy, live, low, high);
    }

    private List<Range> differing(Connection copy, Connection live, BigInteger low, BigInteger high)
            throws SQLException {
        BigInteger step = high.subtract(low).divide(BigInteger.valueOf(PARTS)).add(BigInteger.ONE);
        Map<Long, String> left = digests(copy, low, step);
        Map<Long, String> right = digests(live, low, step);
        TreeMap<Long, String> all = new TreeMap<>(left);
        all.putAll(right);
        List<Range> ranges = new ArrayList<>();
        for (Long part : all.keySet()) {
            if (!left.getOrDefault(part, "").equals(right.getOrDefault(part, ""))) {
                BigInteger from = low.add(step.multiply(BigInteger.valueOf(part)));
                add(ranges, new Range(from, from.add(step).subtract(BigInteger.ONE)));
            }
        }
        return ranges;
    }

    /// Ranges side by side are read as one.
    private static void add(List<Range> ranges, Range next) {
        if (!ranges.isEmpty() && ranges.getLast().to().add(BigInteger.ONE).equals(next.from())) {
            ranges.add(new Range(ranges.removeLast().from(), next.to()));
        } else {
            ranges.add(next);
        }
    }

    private Map<Long, String> digests(Connection side, BigInteger low, BigInteger step) throws SQLException {
        String query = """
                SELECT s.part, CONCAT_WS(' ', COUNT(*), COUNT(s.d), SUM(CAST(CONV(LEFT(s.d, 15), 16, 10) AS DECIMAL(40))),
                  SUM(CAST(CONV(RIGHT(s.d, 15), 16, 10) AS DECIMAL(40))))
                FROM (SELECT FLOOR((CAST(t.%s AS DECIMAL(40)) - %s) / %s) AS part, %s AS d FROM %s AS t) AS s GROUP BY s.part""".formatted(key, low, step, new RowText(table).digest(), RowText.table(table.name()));
        Map<Long, String> digests = new TreeMap<>();
        try (Statement statement = side.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                digests.put(row.getLong(1), complete(row.getString(2)));
            }
        }
        return digests;
    }

    private static String complete(String digest) throws SQLException {
        String[] parts = digest.split(" ", -1);
        if (!parts[0].equals(parts[1])) {
            throw new SQLException("rows are longer than max_allowed_packet of the server, so they cannot be compared");
        }
        return digest;
    }
}
