package lifeboat.integrity.sql;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Whether each sequence lies before a value of the column that it fills: then the next insert is refused.
///
/// The positions themselves say nothing, as live has moved on. Rows with numbers of their own can have left a sequence
/// behind in live too; then that is no difference.
final class SequencePositions {
    static final ObjectKind KIND = new ObjectKind("sequence position", List.of("DO_SEQUENCE_SET"), true, "");

    static final String BEHIND = "behind the values of the column";
    static final String AHEAD = "not behind the values of the column";

    /// A column without an index is read whole up to so many blocks of the table.
    private static final long SMALL = 10_000;

    /// Columns by the sequences that they own, and by those that their defaults ask.
    private static final String FILLED = """
            with filled (sequence, relation, number) as (
                select d.objid, d.refobjid, d.refobjsubid from pg_depend d
                 where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
                   and d.refobjsubid > 0 and d.deptype in ('a', 'i')
                union
                select d.refobjid, f.adrelid, f.adnum from pg_depend d join pg_attrdef f on f.oid = d.objid
                 where d.classid = 'pg_attrdef'::regclass and d.refclassid = 'pg_class'::regclass)
            select s.seqrelid::regclass::text, a.attrelid::regclass::text, quote_ident(a.attname), s.seqincrement,
                   has_sequence_privilege(s.seqrelid, 'select') and has_column_privilege(a.attrelid, a.attnum, 'select')
                   and not row_security_active(a.attrelid)
                   and (pg_relation_size(c.oid) < %d * 8192
                        or exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indisvalid
                                      and i.indpred is null))
              from filled f join pg_sequence s on s.seqrelid = f.sequence
              join pg_attribute a on a.attrelid = f.relation and a.attnum = f.number
              join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') join pg_type t on t.oid = a.atttypid
             where not s.seqcycle and t.typname in ('int2', 'int4', 'int8', 'numeric') and c.relpersistence <> 't'
            """.formatted(SMALL);

    private SequencePositions() {}

    /// @param sequence quoted, with its schema
    /// @param table whose column it fills
    /// @param readable whether both may be read, in little time
    private record Filled(String sequence, String table, String column, long increment, boolean readable) {}

    /// What is found of every sequence that fills a column, by their names; those that cannot be read are left out.
    static NavigableMap<String, String> of(Snapshot database) {
        var found = new TreeMap<String, String>();
        filled(database).stream()
                .filter(Filled::readable)
                .forEach(filled -> found.put(
                        "%s of %s.%s".formatted(filled.sequence, filled.table, filled.column),
                        position(database, filled)));
        return found;
    }

    /// How many sequences are not looked at.
    static long unread(Snapshot database) {
        return filled(database).stream().filter(filled -> !filled.readable).count();
    }

    private static List<Filled> filled(Snapshot database) {
        return database.list(
                FILLED,
                row -> new Filled(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getBoolean(5)));
    }

    private static String position(Snapshot database, Filled filled) {
        var query = filled.increment > 0
                ? "select coalesce((select max(%1$s) from %2$s) > s.at, false) from (%3$s) s"
                : "select coalesce((select min(%1$s) from %2$s) < s.at, false) from (%3$s) s";
        var at = "select case when is_called then last_value else last_value::numeric - %d end as at from %s"
                .formatted(filled.increment, filled.sequence);
        var behind = database.list(query.formatted(filled.column, filled.table, at), row -> row.getBoolean(1))
                .getFirst();
        return behind ? BEHIND : AHEAD;
    }
}
