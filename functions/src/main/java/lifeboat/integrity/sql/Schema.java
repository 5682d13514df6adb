package lifeboat.integrity.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that a PostgreSQL database is made of but its rows, each object by its name with its definition as the
/// database writes it.
///
/// @param objects definitions by kind and name: `column public.orders.total` is `numeric(12,2) not null`
/// @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System catalogs</a>
record Schema(SortedMap<String, String> objects) {
    private static final String OURS = """
            n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            """;

    private static final String QUERY = """
            select 'table ' || format('%%I.%%I', n.nspname, c.relname),
                   case c.relkind when 'r' then 'table' when 'p' then 'partitioned ' || pg_get_partkeydef(c.oid)
                        when 'f' then 'foreign table' end
                   || case c.relpersistence when 'u' then ' unlogged' else '' end
                   || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')
                   || case when c.relrowsecurity then ' with row security' else '' end
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'f') and %1$s
            union all
            select 'column ' || format('%%I.%%I.%%I', n.nspname, c.relname, a.attname),
                   format_type(a.atttypid, a.atttypmod)
                   || case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation else '' end
                   || case when a.attnotnull then ' not null' else '' end
                   || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
                   || case when a.attgenerated <> '' then ' generated' else '' end
                   || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_type t on t.oid = a.atttypid
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and %1$s
            union all
            select 'constraint ' || format('%%I.%%I.%%I', n.nspname, c.relname, k.conname), pg_get_constraintdef(k.oid)
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
             where %1$s
            union all
            select 'index ' || format('%%I.%%I', n.nspname, c.relname),
                   pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end
                   || case when i.indisready then '' else ' not ready' end
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
             where %1$s
            union all
            select 'sequence ' || format('%%I.%%I', n.nspname, c.relname),
                   format('%%s from %%s to %%s by %%s start %%s%%s', format_type(s.seqtypid, null), s.seqmin, s.seqmax,
                          s.seqincrement, s.seqstart, case when s.seqcycle then ' cycle' else '' end)
              from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
             where %1$s
            union all
            select 'view ' || format('%%I.%%I', n.nspname, c.relname), pg_get_viewdef(c.oid)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('v', 'm') and %1$s
               and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            union all
            select 'trigger ' || format('%%I.%%I.%%I', n.nspname, c.relname, t.tgname),
                   pg_get_triggerdef(t.oid) || case t.tgenabled when 'D' then ' disabled' else '' end
              from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
             where not t.tgisinternal and %1$s
            union all
            select 'function ' || format('%%I.%%I(%%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
                   pg_get_functiondef(p.oid)
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where p.prokind in ('f', 'p') and %1$s
               and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            union all
            select 'enum ' || format('%%I.%%I', n.nspname, t.typname),
                   string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
              from pg_type t join pg_enum e on e.enumtypid = t.oid join pg_namespace n on n.oid = t.typnamespace
             where %1$s group by 1
            union all
            select 'extension ' || extname, extversion from pg_extension
            """.formatted(OURS);

    /// Reads the structure of a database.
    static Schema of(Snapshot database) {
        database.list("select set_config('search_path', '', true)", row -> row.getString(1));
        var objects = new TreeMap<String, String>();
        database.list(QUERY, row -> objects.put(row.getString(1), row.getString(2)));
        return new Schema(objects);
    }

    /// How a copy differs from live, one difference a line.
    List<String> differencesTo(Schema live) {
        var differences = new ArrayList<String>();
        live.objects.forEach((name, definition) -> {
            var here = objects.get(name);
            if (here == null) {
                differences.add("%s is missing".formatted(name));
            } else if (!here.equals(definition)) {
                differences.add("%s is %s, in live %s".formatted(name, shortened(here), shortened(definition)));
            }
        });
        objects.keySet().stream()
                .filter(name -> !live.objects.containsKey(name))
                .forEach(name -> differences.add("%s is not in live".formatted(name)));
        return differences;
    }

    /// How many objects of each kind there are.
    @Override
    public String toString() {
        var kinds = new TreeMap<String, Integer>();
        objects.keySet().forEach(name -> kinds.merge(name.substring(0, name.indexOf(' ')), 1, Integer::sum));
        return String.join(", ", kinds.entrySet().stream().map(Schema::counted).toList());
    }

    private static String counted(Map.Entry<String, Integer> kind) {
        return "%s %,d".formatted(kind.getKey(), kind.getValue());
    }

    private static String shortened(String definition) {
        var line = definition.replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }
}
