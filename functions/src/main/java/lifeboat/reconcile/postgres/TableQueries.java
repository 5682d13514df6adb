package lifeboat.reconcile.postgres;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// The queries that compare one table, or a key range of it. The same text goes to both sides.
final class TableQueries {
    private final TablePair table;
    private final RowHash hash;
    private final Times times;
    private final Optional<IntegerRange> range;

    /// The queries of one piece.
    ///
    /// @param range of the first key column; empty: the whole table
    TableQueries(TablePair table, long seed, Times times, Optional<IntegerRange> range) {
        this.table = table;
        this.hash = new RowHash(table, seed);
        this.times = times;
        this.range = range;
    }

    TablePair table() {
        return table;
    }

    /// Page, number of rows, digest of all rows: for each page of a stretch that holds rows.
    String pageDigests(int first, int pages) {
        return perPage(
                "generate_series(%d, %d)".formatted(first, first + pages - 1),
                "count(*)::int4, hashtextextended(sum(%s)::text COLLATE \"C\", 0)".formatted(hash.expression()));
    }

    /// Page, number of rows, and its rows packed as (2 bytes line, 8 bytes hash) each: for some pages of a stretch.
    String pageRows(int first, BitSet pages) {
        String numbers = pages.stream()
                .mapToObj(page -> Integer.toString(first + page))
                .collect(Collectors.joining(",", "'{", "}'"));
        return perPage(
                "unnest(%s::int4[])".formatted(numbers),
                "count(*)::int4, string_agg(substring(tidsend(t.ctid), 5) || int8send(%s), '')"
                        .formatted(hash.expression()));
    }

    /// Each page is a scan of its own, in the order of its lines: no row needs to be told which page it is of.
    private String perPage(String pages, String results) {
        return """
                SELECT g.p, r.n, r.r FROM (SELECT p, ('(' || p || ',0)')::tid AS a, ('(' || p + 1 || ',0)')::tid AS b
                  FROM %s AS p OFFSET 0) AS g
                CROSS JOIN LATERAL (SELECT %s FROM ONLY %s AS t WHERE t.ctid >= g.a AND t.ctid < g.b AND %s) AS r(n, r)
                WHERE r.n > 0""".formatted(pages, results, from(), filter());
    }

    /// Place, key parts, digest, time of last write, time of purge: for rows at some places.
    String rowsAt(List<Long> places) {
        String tids = places.stream().map(TableQueries::tid).collect(Collectors.joining(",", "'{", "}'"));
        return "SELECT tidsend(t.ctid), %s, %s, %s FROM ONLY %s AS t WHERE t.ctid = ANY (%s::tid[])"
                .formatted(keyParts(), RowHash.digest(table), times.columns(table), from(), tids);
    }

    /// Key parts, hash, place: all rows in the order of the key.
    String keyStream() {
        return "SELECT %s, %s, tidsend(t.ctid) FROM ONLY %s AS t WHERE %s ORDER BY %s"
                .formatted(keyParts(), hash.expression(), from(), filter(), keyOrder());
    }

    /// Digest, how many rows have it, their times: all rows in the order of the digest.
    String multiset() {
        return """
                SELECT s.d, count(*), max(s.w), max(s.x) FROM
                (SELECT %s COLLATE "C" AS d, %s FROM ONLY %s AS t OFFSET 0) AS s GROUP BY s.d ORDER BY s.d""".formatted(RowHash.digest(table), times.named(table), from());
    }

    /// Number of rows, found without an index where [#WITHOUT_INDEXES] holds.
    String count() {
        return "SELECT count(*) FROM ONLY " + from() + " AS t WHERE " + filter();
    }

    /// Inside a transaction, until [#WITH_INDEXES].
    static final String WITHOUT_INDEXES =
            "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off";

    static final String WITH_INDEXES =
            "SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_bitmapscan = on";

    /// Whether [#keyStream] may come in the order of an index.
    boolean mayFollowIndex() {
        return isOrderedByItself(table.key().getFirst());
    }

    private static boolean isOrderedByItself(Column column) {
        return isWholeNumber(column) || column.baseType().equals("uuid");
    }

    private String from() {
        return Quote.table(table.name());
    }

    private String filter() {
        return range.map(bounds -> bounds.condition(
                        "t." + Quote.name(table.key().getFirst().name())))
                .orElse("true");
    }

    private String keyParts() {
        return table.key().stream().map(column -> keyPart("t", column)).collect(Collectors.joining(", "));
    }

    private String keyOrder() {
        return table.key().stream().map(TableQueries::keyOrder).collect(Collectors.joining(", "));
    }

    /// A key column in the form of a [lifeboat.reconcile.RowKey]: whole numbers as bigint, anything else as text.
    static String keyPart(String alias, Column column) {
        String value = alias + "." + Quote.name(column.name());
        return switch (column.baseType()) {
            case "int2", "int4", "int8" -> value + "::int8";
            case "numeric" -> "trim_scale(" + value + ")::text";
            default -> ValueText.of(value, column);
        };
    }

    private static String keyOrder(Column column) {
        // Whatever the encoding of the server, in the order of the bytes that arrive here.
        return isOrderedByItself(column)
                ? "t." + Quote.name(column.name())
                : "convert_to(" + keyPart("t", column) + ", 'UTF8')";
    }

    static boolean isWholeNumber(Column column) {
        return switch (column.baseType()) {
            case "int2", "int4", "int8" -> true;
            default -> false;
        };
    }

    private static String tid(long place) {
        return "\"(%d,%d)\"".formatted(place >>> 16, place & 0xffff);
    }
}
