package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import lifeboat.integrity.BeyondEnd;

/// Verifies blocks of a table, of its TOAST or of a sequence.
final class HeapCheck {
    /// Rows below this share of what the catalog last counted are too few to call pages without rows emptied.
    private static final double ENOUGH = 0.9;

    private static final String SIZE = """
            select pg_relation_size(c.oid) / current_setting('block_size')::bigint, c.relpages, c.reltuples, c.relkind::text
              from pg_class c where c.oid = to_regclass(?)
            """;

    /// A page of zeroes is one that the engine takes for never used, but its visibility map tells that rows were there.
    private static final String FORGOTTEN = """
            select count(*), min(b) from generate_series(?::bigint, ?::bigint) b, pg_visibility(to_regclass(?), b) v
             where (v.all_visible or v.all_frozen) and not v.pd_all_visible
            """;

    private static final String ROWLESS = """
            with seen as (select distinct (t.ctid::text::point)[0]::bigint as b, count(*) as rows from only {table} t
                           where t.ctid >= ?::tid and t.ctid < ?::tid group by 1)
            select count(*) filter (where s.b is null and not v.all_visible), coalesce(sum(s.rows), 0)
              from generate_series(?::bigint, ?::bigint) b cross join lateral pg_visibility(to_regclass(?), b) v
              left join seen s on s.b = b.b
            """;

    /// Every column that may be stored elsewhere or compressed is read whole; a virtual one is not stored.
    private static final String COLUMNS = """
            select case a.atttypid when 'bytea'::regtype then format('md5(%1$I)', a.attname) else format('hashtext(%1$I::text)', a.attname) end
              from pg_attribute a join pg_class c on c.oid = a.attrelid
             where c.oid = to_regclass(?) and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v'
             order by a.attnum
            """;

    private final EngineFindings findings;

    HeapCheck(EngineFindings findings) {
        this.findings = findings;
    }

    /// @param blocks that there are
    /// @param pages that the catalog counted last, by VACUUM or ANALYZE
    /// @param tuples that the catalog counted then; negative: never
    record Size(long blocks, long pages, double tuples, String kind) {
        boolean isToast() {
            return kind.equals("t");
        }
    }

    /// Verifies a whole table.
    void whole(String table) throws SQLException {
        blocks(table, 0, Long.MAX_VALUE);
    }

    /// Verifies the blocks from one to another that there are.
    void blocks(String table, long first, long last) throws SQLException {
        for (var size : size(table)) {
            if (first == 0) {
                shrunk(table, size);
            }
            var end = Math.min(last, size.blocks - 1);
            if (size.blocks == 0 || first > end) {
                continue;
            }
            pages(table, first, end);
            forgotten(table, first, end);
            rows(table, size, first, end);
            values(table, first, end);
        }
    }

    /// A relation with fewer blocks than the catalog counted lost rows, or gave blocks without rows back.
    void shrunk(String relation, Size size) throws SQLException {
        if (size.blocks >= size.pages) {
            return;
        }
        var seen = "%s has %,d blocks, its catalog counted %,d".formatted(relation, size.blocks, size.pages);
        switch (new HeapEnd(findings).look(relation)) {
            case BeyondEnd.Rows(var what) -> findings.damaged("%s: %s".formatted(seen, what));
            case BeyondEnd.Nothing _ -> {}
            case BeyondEnd.Untold(var why) ->
                findings.unknown(("%s: emptied or cut, which cannot be distinguished here, since %s;"
                                + " hint: the checks fingerprint and matchesLive find out")
                        .formatted(seen, why));
        }
    }

    /// Nothing where there is no such relation, or it cannot be read, which is noted.
    List<Size> size(String relation) throws SQLException {
        var size = findings.rows(
                relation,
                SIZE,
                row -> new Size(row.getLong(1), row.getLong(2), row.getDouble(3), row.getString(4)),
                relation);
        if (size.isEmpty()) {
            findings.unknown("%s is not there any more".formatted(relation));
        }
        return size;
    }

    /// As amcheck sees it: every tuple, and of every value in TOAST whether it is there.
    void pages(String table, long first, long last) throws SQLException {
        findings.rows(
                        table,
                        "select format('block %s: %s', blkno, msg) from verify_heapam(to_regclass(?), false, true, 'none', ?, ?) limit 5",
                        row -> row.getString(1),
                        table,
                        first,
                        last)
                .forEach(found -> findings.damaged("%s: %s".formatted(table, found)));
    }

    /// Blocks of which the visibility map knows more than the page.
    void forgotten(String table, long first, long last) throws SQLException {
        findings.rows(
                        table,
                        FORGOTTEN,
                        row -> row.getLong(1) == 0
                                ? List.<String>of()
                                : List.of("%s: %,d blocks are not as the visibility map has them, block %d first"
                                        .formatted(table, row.getLong(1), row.getLong(2))),
                        first,
                        last,
                        table)
                .forEach(found -> found.forEach(findings::damaged));
    }

    /// Pages without a row are emptied or zeroed, which cannot be told apart here: it matters where rows are wanting.
    private void rows(String table, Size size, long first, long last) throws SQLException {
        var from = "(%d,0)".formatted(first);
        var to = "(%d,0)".formatted(last + 1);
        findings.rows(
                        table,
                        ROWLESS.replace("{table}", table),
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        from,
                        to,
                        first,
                        last,
                        table)
                .forEach(found -> rowless(table, size, last - first + 1, found[0], found[1]));
    }

    private void rowless(String table, Size size, long blocks, long rowless, long rows) {
        var counted = size.pages == 0 ? -1 : size.tuples * Math.min(blocks, size.pages) / size.pages;
        if (rowless > 0 && (counted < 0 || rows < ENOUGH * counted)) {
            findings.unknown(
                    ("%s: %,d of %,d blocks hold no row and were not vacuumed since: emptied or zeroed, which cannot be"
                                    + " distinguished here (%,d rows, %s counted); hint: the checks fingerprint and matchesLive find out")
                            .formatted(
                                    table, rowless, blocks, rows, counted < 0 ? "never" : "%,.0f".formatted(counted)));
        }
    }

    private void values(String table, long first, long last) throws SQLException {
        var columns = findings.rows(table, COLUMNS, row -> row.getString(1), table);
        var read = columns.stream().map("count(%s)"::formatted).collect(Collectors.joining(", "));
        if (!columns.isEmpty()) {
            findings.rows(
                    table,
                    "select %s from only %s t where t.ctid >= ?::tid and t.ctid < ?::tid".formatted(read, table),
                    _ -> 0,
                    "(%d,0)".formatted(first),
                    "(%d,0)".formatted(last + 1));
        }
    }
}
