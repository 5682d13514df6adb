package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.util.List;

/// Verifies an index of which the engine knows no verification of its own: a few rows are looked for once with it and
/// once without, by an operator of its own.
final class IndexProbe {
    private static final int ROWS = 5;

    /// Operators that the first column of an index answers, and that compare two of its values or a text with a query.
    private static final String OPERATORS = """
            select distinct format('operator(%I.%s)', n.nspname, o.oprname), o.oprright = 'tsquery'::regtype, m.amopstrategy
              from pg_index i join pg_opclass c on c.oid = i.indclass[0]
              join pg_amop m on m.amopfamily = c.opcfamily and m.amoppurpose = 's'
                            and m.amoplefttype = c.opcintype and m.amoprighttype in (c.opcintype, 'tsquery'::regtype)
              join pg_operator o on o.oid = m.amopopr and o.oprresult = 'bool'::regtype
              join pg_namespace n on n.oid = o.oprnamespace
             where i.indexrelid = to_regclass(?)
             order by 3, 1
            """;

    private static final String QUERY_OF_TEXT = """
            (select string_agg(quote_literal(w), ' & ')::tsquery from (select w from unnest(tsvector_to_array(lifeboat_sample)) w limit 5) words)""";

    private final EngineFindings findings;

    IndexProbe(EngineFindings findings) {
        this.findings = findings;
    }

    /// @param name how SQL writes it
    /// @param query whether what is looked for is a query made of a text, not the value itself
    private record Operator(String name, boolean query) {
        String of(String left) {
            return "%s %s %s".formatted(left, name, query ? QUERY_OF_TEXT : "lifeboat_sample");
        }
    }

    void verify(String what, String name, IndexCheck.Index index) throws SQLException {
        findings.execute("set local statement_timeout = '1min'"); // a scan of a damaged index may never end
        probe(what, name, index);
        findings.execute("set local statement_timeout = '13min'");
    }

    private void probe(String what, String name, IndexCheck.Index index) throws SQLException {
        var value = firstKey(name);
        if (value.isEmpty()) {
            return;
        }
        findings.execute("drop table if exists pg_temp.lifeboat_probe");
        if (!sampled(what, value.getFirst(), index)) {
            return;
        }
        for (var operator :
                findings.rows(what, OPERATORS, row -> new Operator(row.getString(1), row.getBoolean(2)), name)) {
            if (fits(what, operator) && compared(what, name, value.getFirst(), operator, index)) {
                return;
            }
        }
        findings.unknown("%s (%s) cannot be verified: no query of a sample uses it".formatted(what, index.method()));
    }

    private List<String> firstKey(String name) throws SQLException {
        return findings.rows(name, "select pg_get_indexdef(to_regclass(?), 1, false)", row -> row.getString(1), name);
    }

    /// Whether there is anything to look for.
    private boolean sampled(String what, String value, IndexCheck.Index index) throws SQLException {
        scans("off", "on");
        findings.update(
                what,
                "create temp table lifeboat_probe on commit drop as select %s as lifeboat_sample from only %s where (%s) and %s is not null order by md5(ctid::text) limit %d"
                        .formatted(value, index.table(), index.where(), value, ROWS));
        return findings.rows(what, "select 1 from pg_temp.lifeboat_probe limit 1", _ -> 1)
                        .size()
                == 1;
    }

    /// An operator fits where every sample finds itself by it.
    private boolean fits(String what, Operator operator) throws SQLException {
        return findings.rows(
                        what,
                        "select coalesce(bool_and(%s), false) from pg_temp.lifeboat_probe"
                                .formatted(operator.of("lifeboat_sample")),
                        row -> row.getBoolean(1))
                .equals(List.of(true));
    }

    /// Compares both ways of looking; false where the index is not used.
    private boolean compared(String what, String name, String value, Operator operator, IndexCheck.Index index)
            throws SQLException {
        var query =
                "select count(*) from pg_temp.lifeboat_probe p cross join lateral (select 1 from only %s where (%s) and %s) found"
                        .formatted(index.table(), index.where(), operator.of("(" + value + ")"));
        scans("on", "off");
        var plain = name.substring(name.indexOf('.') + 1);
        var plan = String.join("\n", findings.rows(what, "explain " + query, row -> row.getString(1)));
        if (!plan.contains(plain)) {
            return false;
        }
        var with = findings.rows(what, query, row -> row.getLong(1));
        scans("off", "on");
        var without = findings.rows(what, query, row -> row.getLong(1));
        if (!with.isEmpty() && !without.isEmpty() && !with.equals(without)) {
            findings.damaged("%s finds %,d rows of %,d".formatted(what, with.getFirst(), without.getFirst()));
        }
        return true;
    }

    private void scans(String byIndex, String bySequence) throws SQLException {
        findings.execute(("set local enable_indexscan = %1$s; set local enable_bitmapscan = %1$s;"
                        + " set local enable_indexonlyscan = %1$s; set local enable_seqscan = %2$s")
                .formatted(byIndex, bySequence));
    }
}
