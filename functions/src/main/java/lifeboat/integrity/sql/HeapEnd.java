package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.integrity.BeyondEnd;

/// Looks for what a table or TOAST held beyond the end of its file.
///
/// A file may be shorter than it was: VACUUM gives empty blocks at the end back, and one that is cancelled then leaves
/// the catalog's count as it was; blocks that a server adds ahead of their use are in no log, so that a restore may
/// lack them. None of them ever held a row that an index or the visibility map still knows.
///
/// @see <a href="https://www.postgresql.org/docs/current/routine-vacuuming.html">Routine vacuuming</a>
final class HeapEnd {
    /// One byte of the visibility map stands for four blocks; 24 bytes of its pages are their header.
    private static final String KNOWN_VISIBLE = """
            select count(*)
              from (select c.oid, current_setting('block_size')::bigint as block from pg_class c where c.oid = to_regclass(?)) c,
                   generate_series(pg_relation_size(c.oid) / c.block,
                                   pg_relation_size(c.oid, 'vm') / c.block * (c.block - 24) * 4 - 1) b,
                   pg_visibility_map(c.oid, b) v
             where v.all_visible or v.all_frozen
            """;

    /// Indexes that lead to every row, in order.
    private static final String INDEXES = """
            select format('%I.%I', n.nspname, c.relname), quote_ident(c.relname), c.oid::bigint, pg_get_indexdef(c.oid, 1, false)
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_am a on a.oid = c.relam
             where i.indrelid = to_regclass(?) and a.amname = 'btree' and c.relkind = 'i'
               and i.indisvalid and i.indisready and i.indislive and i.indpred is null
             order by i.indisprimary desc, i.indisunique desc, c.relpages, 1
            """;

    private static final String FOLLOW = """
            set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off;
            set local enable_incremental_sort = off; set local enable_indexonlyscan =\s""";

    private static final String AS_USUAL = """
            set local enable_seqscan = on; set local enable_bitmapscan = on; set local enable_sort = on;
            set local enable_incremental_sort = on; set local enable_indexonlyscan = on""";

    private final EngineFindings findings;

    HeapEnd(EngineFindings findings) {
        this.findings = findings;
    }

    private record Index(String name, String plain, long relation, String key) {}

    /// Looks until one index was followed, where no damage was found before. What keeps from looking is noted.
    BeyondEnd look(String heap) throws SQLException {
        var known = known(heap);
        if (known.isPresent()) {
            return known.get();
        }
        for (var index : indexes(heap)) {
            if (follow(heap, index, true)) {
                return new BeyondEnd.Nothing(index.name, index.relation);
            }
            if (findings.isDamaged()) {
                return new BeyondEnd.Rows("index %s leads to rows beyond".formatted(index.name));
            }
            if (findings.hasGaps()) {
                return new BeyondEnd.Untold("index %s could not be followed".formatted(index.name));
            }
        }
        return new BeyondEnd.Untold("it has no index that could be followed to every row");
    }

    /// Looks whether the visibility map knows blocks that are not there.
    Optional<BeyondEnd.Rows> known(String heap) throws SQLException {
        return findings.rows(heap, KNOWN_VISIBLE, row -> row.getLong(1), heap).stream()
                .filter(blocks -> blocks > 0)
                .map(blocks -> new BeyondEnd.Rows("the visibility map knows %,d blocks more".formatted(blocks)))
                .findFirst();
    }

    /// Follows every index to every row, and reads the row itself.
    void followAll(String heap) throws SQLException {
        for (var index : indexes(heap)) {
            follow(heap, index, false);
        }
    }

    private List<Index> indexes(String heap) throws SQLException {
        return findings.rows(
                heap,
                INDEXES,
                row -> new Index(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
                heap);
    }

    /// A block that the file lacks is an error then; one that is known as visible need not be read, and was looked for
    /// before.
    ///
    /// @return whether the index was followed to its end
    private boolean follow(String heap, Index index, boolean knownVisible) throws SQLException {
        findings.execute(FOLLOW + (knownVisible ? "on" : "off"));
        var query =
                "select count(*) from (select 1 from only %s order by %s offset 0) reached".formatted(heap, index.key);
        var what = "index %s of %s".formatted(index.name, heap);
        var uses = findings.rows(what, "explain " + query, row -> row.getString(1)).stream()
                .anyMatch(line -> line.contains(" using %s on ".formatted(index.plain)));
        var reached = new ArrayList<Long>();
        if (uses) {
            reached.addAll(findings.rows(what, query, row -> row.getLong(1)));
        }
        findings.execute(AS_USUAL);
        return !reached.isEmpty();
    }
}
