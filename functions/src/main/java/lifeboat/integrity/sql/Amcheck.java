package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import lifeboat.integrity.BeyondEnd;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;

/// PostgreSQL's own verification of its files, with every value and every index read.
///
/// The extensions are made or updated for the one transaction, and are gone with it. Where live does not have all of
/// them, pieces of a check wait for each other: two that make the same extension would deadlock.
///
/// @see <a href="https://www.postgresql.org/docs/current/amcheck.html">amcheck</a>
/// @see <a href="https://www.postgresql.org/docs/current/pgvisibility.html">pg_visibility</a>
/// @see <a href="https://www.postgresql.org/docs/current/pgstattuple.html">pgstattuple</a>
final class Amcheck {
    private static final String QUESTION = new Question.EngineSound().text();

    /// What it cannot see is said wherever it finds nothing.
    private static final String SOUND =
            "tables, TOAST and indexes read whole and sound; not seen: well-formed values that are wrong, pages of zeroes"
                    + " in tables never vacuumed or counted, blocks cut off tables that no B-tree leads to, indexes other than B-tree and GIN beyond samples";

    private static final String EXTENSIONS = """
            set local statement_timeout = '13min';
            set local row_security = off;
            set local max_parallel_workers_per_gather = 0;
            do $$ begin
              if (select count(*) from pg_catalog.pg_extension where extname in ('amcheck', 'pg_visibility', 'pgstattuple')) < 3
                  or exists (select from pg_catalog.pg_available_extensions where name = 'amcheck' and installed_version <> default_version) then
                perform pg_catalog.pg_advisory_xact_lock(1819502170, 1701734253);
              end if;
            end $$;
            create extension if not exists amcheck with schema public;
            create extension if not exists pg_visibility with schema public;
            create extension if not exists pgstattuple with schema public;
            alter extension amcheck update;
            """;

    /// The extensions may have been made elsewhere before.
    private static final String SEARCH_PATH = """
            select set_config('search_path', 'pg_catalog, ' || string_agg(distinct quote_ident(n.nspname), ', '), true)
              from pg_extension x join pg_namespace n on n.oid = x.extnamespace where x.extname in ('amcheck', 'pg_visibility', 'pgstattuple')
            """;

    private static final String CATALOGS = """
            select format('pg_catalog.%I', c.relname) from pg_class c
             where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' order by 1
            """;

    private static final String SEQUENCES = """
            select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'S' and c.relpersistence = 'p' order by 1
            """;

    private static final String TOAST = """
            select format('pg_toast.%I', t.relname) from pg_class c join pg_class t on t.oid = c.reltoastrelid where c.oid = to_regclass(?)
            """;

    private final EngineFindings findings;
    private final HeapCheck heaps;
    private final IndexCheck indexes;
    private final HeapEnd ends;

    private Amcheck(Connection copy) {
        this.findings = new EngineFindings(copy);
        this.heaps = new HeapCheck(findings);
        this.indexes = new IndexCheck(findings, heaps);
        this.ends = new HeapEnd(findings);
    }

    /// Verifies one piece; the connection's transaction is rolled back.
    static Outcome verify(Connection copy, EnginePiece piece) throws SQLException {
        copy.setAutoCommit(false);
        try {
            var check = new Amcheck(copy);
            prepare(check.findings);
            check.verify(piece);
            return check.findings.outcome(QUESTION, SOUND);
        } catch (SQLException e) {
            return new Outcome.Inconclusive(QUESTION, "%s: %s".formatted(piece, Unreadable.said(e)));
        } finally {
            copy.rollback();
        }
    }

    /// Makes the functions of the extensions known to the transaction.
    static void prepare(EngineFindings findings) throws SQLException {
        findings.execute(EXTENSIONS);
        findings.execute(SEARCH_PATH);
    }

    private void verify(EnginePiece piece) throws SQLException {
        switch (piece) {
            case EnginePiece.Whole(var table) -> table(table);
            case EnginePiece.Blocks(var table, var first, var last) -> {
                if (first == 0) {
                    ends.known(table)
                            .ifPresent(rows -> findings.damaged("%s was cut: %s".formatted(table, rows.seen())));
                }
                heaps.blocks(table, first, last);
            }
            case EnginePiece.Index(var index) -> indexes.verify(index);
            case EnginePiece.Catalogs _ -> catalogs();
            case EnginePiece.Sequences _ -> sequences();
        }
    }

    private void table(String table) throws SQLException {
        var all = new ArrayList<>(List.of(table));
        all.addAll(names(table, TOAST, table));
        for (var heap : all) {
            heaps.whole(heap);
        }
        for (var index : names(table, EnginePiece.INDEXES, table)) {
            indexes.verify(index);
        }
        for (var heap : all) {
            end(heap);
        }
    }

    /// Rows that an index leads to and the file does not hold. Where nothing was ever counted every index is followed.
    private void end(String heap) throws SQLException {
        if (findings.isDamaged()) {
            return;
        }
        for (var size : heaps.size(heap)) {
            if (size.pages() == 0) {
                ends.followAll(heap);
            } else if (ends.look(heap) instanceof BeyondEnd.Rows(var seen)) {
                findings.damaged("%s was cut to %,d blocks: %s".formatted(heap, size.blocks(), seen));
            }
        }
    }

    private void catalogs() throws SQLException {
        for (var catalog : names("catalogs", CATALOGS)) {
            for (var size : heaps.size(catalog)) {
                heaps.shrunk(catalog, size);
                if (size.blocks() > 0) {
                    heaps.pages(catalog, 0, size.blocks() - 1);
                    heaps.forgotten(catalog, 0, size.blocks() - 1);
                }
            }
            for (var index : names(catalog, EnginePiece.INDEXES, catalog)) {
                indexes.verify(index);
            }
        }
    }

    private void sequences() throws SQLException {
        for (var sequence : names("sequences", SEQUENCES)) {
            var query = "select count(last_value) from %s".formatted(sequence);
            if (findings.rows(sequence, query, row -> row.getLong(1)).equals(List.of(0L))) {
                findings.damaged("%s: the sequence has no position".formatted(sequence));
            }
        }
    }

    private List<String> names(String what, String query, Object... parameters) throws SQLException {
        return findings.rows(what, query, row -> row.getString(1), parameters);
    }
}
