package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.util.List;
import lifeboat.integrity.RelationFile;

/// Verifies indexes: B-trees wholly, GIN by its structure where the server can (18), all others by samples.
final class IndexCheck {
    private static final String INDEX = """
            select a.amname, i.indisunique,
                   exists (select from pg_proc p where p.proname = 'bt_index_parent_check' and p.pronargs = 4),
                   exists (select from pg_proc p where p.proname = 'gin_index_check'),
                   format('%I.%I', n.nspname, t.relname), pg_get_expr(i.indpred, i.indrelid),
                   (select string_agg(pg_get_indexdef(i.indexrelid, k, false), ', ') from generate_series(1, i.indnkeyatts) k),
                   coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false)
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
              join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
             where i.indexrelid = to_regclass(?)
            """;

    private final EngineFindings findings;
    private final HeapCheck heaps;

    IndexCheck(EngineFindings findings, HeapCheck heaps) {
        this.findings = findings;
        this.heaps = heaps;
    }

    /// @param method the access method: `btree`
    /// @param checksUnique whether the server's amcheck finds duplicates (PostgreSQL 17)
    /// @param checksGin whether it verifies GIN (PostgreSQL 18)
    /// @param condition of a partial index; empty: none
    /// @param keys its columns and expressions
    record Index(
            String method,
            boolean unique,
            boolean checksUnique,
            boolean checksGin,
            String table,
            String condition,
            String keys,
            boolean nullsAreEqual) {
        String where() {
            return condition.isEmpty() ? "true" : condition;
        }
    }

    void verify(String name) throws SQLException {
        var what = "index " + name;
        var sizes = heaps.size(name);
        for (var index : index(name)) {
            for (var size : sizes) {
                shrunk(what, size, index);
            }
            var named = "%s of %s".formatted(what, index.table);
            switch (index.method) {
                case "btree" -> btree(named, name, index);
                case "gin" -> gin(named, name, index);
                default -> new IndexProbe(findings).verify(named, name, index);
            }
        }
    }

    /// No operation makes an index shorter, but the last blocks that a server added may be in no log. What a B-tree
    /// lacks is found in it.
    private void shrunk(String what, HeapCheck.Size size, Index index) {
        var seen = "%s has %,d blocks, its catalog counted %,d".formatted(what, size.blocks(), size.pages());
        if (size.blocks() + RelationFile.ADDED_AHEAD < size.pages()) {
            findings.damaged(seen);
        } else if (size.blocks() < size.pages() && !index.method.equals("btree")) {
            findings.unknown(seen + "; hint: REINDEX it in the copy before the copy is used");
        }
    }

    private List<Index> index(String name) throws SQLException {
        return findings.rows(
                "index " + name,
                INDEX,
                row -> new Index(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6) == null ? "" : row.getString(6),
                        row.getString(7),
                        row.getBoolean(8)),
                name);
    }

    /// Never probed: a scan that meets a page of zeroes may not end, and cannot be cancelled.
    private void gin(String what, String name, Index index) throws SQLException {
        var versions =
                findings.rows(what, "select version from pgstatginindex(to_regclass(?))", row -> row.getInt(1), name);
        if (versions.contains(0)) {
            findings.damaged("%s has no version in its first page".formatted(what));
        } else if (index.checksGin) {
            findings.rows(what, "select gin_index_check(to_regclass(?))::text", _ -> 0, name);
        } else {
            findings.unknown(("%s (gin) cannot be verified before PostgreSQL 18; hint: REINDEX it in the copy before"
                            + " the copy is used")
                    .formatted(what));
        }
    }

    private void btree(String what, String name, Index index) throws SQLException {
        var unique = index.checksUnique ? ", true" : "";
        findings.rows(
                what,
                "select bt_index_parent_check(to_regclass(?), true, false%s)::text".formatted(unique),
                _ -> 0,
                name);
        if (index.unique && !index.checksUnique) {
            duplicates(what, index);
        }
    }

    /// Rows of the table that a unique index should have kept apart; the index is not used.
    void duplicates(String what, Index index) throws SQLException {
        var distinct = index.nullsAreEqual ? "" : " and (%s) is not null".formatted("row(" + index.keys + ")");
        findings.execute("set local enable_indexscan = off; set local enable_bitmapscan = off");
        findings.rows(
                        what,
                        "select count(*) from only %s where (%s)%s group by %s having count(*) > 1 limit 1"
                                .formatted(index.table, index.where(), distinct, index.keys),
                        row -> row.getLong(1))
                .forEach(rows -> findings.damaged("%s is unique, but %,d rows have one key".formatted(what, rows)));
        findings.execute("set local enable_indexscan = on; set local enable_bitmapscan = on");
    }
}
