package lifeboat.integrity.sql;

import java.util.List;

/// Tables and what lies on them.
final class RelationKinds {
    /// What is told of a relation only where it is not the usual.
    private static final String STORED = """
            coalesce(' of ' || nullif(c.reloftype, 0)::regtype::text, '')
            || coalesce(' using ' || (select m.amname from pg_am m where m.oid = c.relam and m.amname <> 'heap' and c.relkind <> 'i'), '')
            || coalesce(' in ' || (select s.spcname from pg_tablespace s where s.oid = c.reltablespace), '')
            || coalesce(' options ' || (select string_agg(o, ', ' order by o) from unnest(c.reloptions) o), '')
            || coalesce(' toast options ' || (select string_agg(o, ', ' order by o)
                                                from pg_class toast, unnest(toast.reloptions) o where toast.oid = c.reltoastrelid), '')
            """;

    private static final ObjectKind TABLE = ObjectKind.of("table", """
            select format('%I.%I', n.nspname, c.relname),
                   case c.relkind when 'r' then 'table' when 'p' then 'partitioned ' || pg_get_partkeydef(c.oid)
                        when 'f' then 'foreign table' end
                   || case c.relpersistence when 'u' then ' unlogged' else '' end
                   || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')
                   || case when c.relrowsecurity then ' with row security' else '' end
                   || case when c.relforcerowsecurity then ' with forced row security' else '' end
                   || case c.relreplident when 'n' then ' replica identity nothing' when 'f' then ' replica identity full'
                           when 'i' then ' replica identity by index' else '' end
                   ||\s""" + STORED + """
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'f') and {ours}
            """, "DO_TABLE");

    private static final ObjectKind COLUMN = ObjectKind.of("column", """
            select format('%I.%I.%I', n.nspname, c.relname, a.attname),
                   format_type(a.atttypid, a.atttypmod)
                   || case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation else '' end
                   || case when a.attnotnull then ' not null' else '' end
                   || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
                   || case a.attgenerated when '' then '' when 's' then ' generated stored' when 'v' then ' generated virtual'
                           else ' generated ' || a.attgenerated::text end
                   || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                   || case when a.attstorage <> t.typstorage then ' storage ' || a.attstorage::text else '' end
                   || case when a.attcompression <> '' then ' compression ' || a.attcompression::text else '' end
                   || case when a.attstattarget >= 0 then ' statistics ' || a.attstattarget else '' end
                   || coalesce(' options ' || (select string_agg(o, ', ' order by o) from unnest(a.attoptions) o), '')
                   || coalesce(' foreign options ' || (select string_agg(split_part(o, '=', 1) || ' ' || md5(o), ', ' order by o)
                                                         from unnest(a.attfdwoptions) o), '')
                   || case when a.attislocal then '' else ' inherited' end
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_type t on t.oid = a.atttypid
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and {ours}
            """, "DO_ATTRDEF");

    private static final ObjectKind COLUMN_ORDER = ObjectKind.property("order of columns", """
            select format('%I.%I', n.nspname, c.relname), string_agg(a.attname, ', ' order by a.attnum)
              from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and {ours} group by 1
            """);

    private static final ObjectKind FOREIGN_TABLE = ObjectKind.of("foreign table", """
            select format('%I.%I', n.nspname, c.relname),
                   'server ' || s.srvname || coalesce((select string_agg(', ' || split_part(o, '=', 1) || ' ' || md5(o), '' order by o)
                                                         from unnest(f.ftoptions) o), '')
              from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
              join pg_class c on c.oid = f.ftrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours}
            """, "DO_TABLE");

    private static final ObjectKind CONSTRAINT = ObjectKind.of("constraint", """
            select format('%I.%I.%I', n.nspname, c.relname, k.conname),
                   pg_get_constraintdef(k.oid) || case when k.conislocal then '' else ' inherited' end
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours}
            """, "DO_CONSTRAINT", "DO_FK_CONSTRAINT");

    /// The triggers that make a constraint hold; their names hold numbers, so they are told by what they do.
    private static final ObjectKind CONSTRAINT_TRIGGERS =
            ObjectKind.property("triggers of constraint", """
            select format('%I.%I.%I on %s', n.nspname, c.relname, k.conname, t.tgrelid::regclass),
                   string_agg(t.tgfoid::regproc || ' ' || t.tgtype || ' '
                              || case t.tgenabled when 'O' then 'enabled' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end,
                              ', ' order by t.tgfoid::regproc::text, t.tgtype, t.tgenabled)
              from pg_trigger t join pg_constraint k on k.oid = t.tgconstraint
              join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
             where t.tgisinternal and {ours} group by 1
            """, "DO_TRIGGER");

    private static final ObjectKind INDEX = ObjectKind.of("index", """
            select format('%I.%I', n.nspname, c.relname),
                   pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end
                   || case when i.indisready then '' else ' not ready' end
                   || case when i.indisclustered then ' clustered' else '' end
                   || case when i.indisreplident then ' replica identity' else '' end
                   || coalesce(' in ' || (select s.spcname from pg_tablespace s where s.oid = c.reltablespace), '')
                   || coalesce(' statistics ' || (select string_agg(a.attnum || ' ' || a.attstattarget, ', ' order by a.attnum)
                                                    from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0), '')
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours}
            """, "DO_INDEX");

    private static final ObjectKind SEQUENCE = ObjectKind.of("sequence", """
            select format('%I.%I', n.nspname, c.relname),
                   format('%s from %s to %s by %s start %s%s', format_type(s.seqtypid, null), s.seqmin, s.seqmax,
                          s.seqincrement, s.seqstart, case when s.seqcycle then ' cycle' else '' end)
                   || case when s.seqcache <> 1 then ' cache ' || s.seqcache else '' end
                   || case c.relpersistence when 'u' then ' unlogged' else '' end
                   || coalesce((select ' owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname)
                                  from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                                 where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                   and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'), '')
              from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours}
            """, "DO_TABLE");

    private static final ObjectKind VIEW = ObjectKind.of("view", """
            select format('%I.%I', n.nspname, c.relname),
                   case c.relkind when 'm' then 'materialized ' else '' end
                   || case when c.relispopulated then '' else 'not populated ' end
                   ||\s""" + STORED + """
                   || pg_get_viewdef(c.oid)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('v', 'm') and {ours} and {own pg_class c}
            """, "DO_TABLE", "DO_REFRESH_MATVIEW");

    private static final ObjectKind VIEW_DEFAULT = ObjectKind.of("default of view column", """
            select format('%I.%I.%I', n.nspname, c.relname, a.attname), pg_get_expr(d.adbin, d.adrelid)
              from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
              join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'v' and {ours}
            """, "DO_ATTRDEF");

    private static final ObjectKind TRIGGER = ObjectKind.of("trigger", """
            select format('%I.%I.%I', n.nspname, c.relname, t.tgname),
                   pg_get_triggerdef(t.oid)
                   || case t.tgenabled when 'D' then ' disabled' when 'R' then ' replica' when 'A' then ' always' else '' end
              from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
             where not t.tgisinternal and {ours}
            """, "DO_TRIGGER");

    private static final ObjectKind RULE = ObjectKind.of("rule", """
            select format('%I.%I.%I', n.nspname, c.relname, r.rulename),
                   pg_get_ruledef(r.oid)
                   || case r.ev_enabled when 'D' then ' disabled' when 'R' then ' replica' when 'A' then ' always' else '' end
              from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
             where r.rulename <> '_RETURN' and {ours}
            """, "DO_RULE");

    private static final ObjectKind POLICY = ObjectKind.of("policy", """
            select format('%I.%I.%I', n.nspname, c.relname, p.polname),
                   case when p.polpermissive then 'permissive ' else 'restrictive ' end || 'for ' || p.polcmd::text || ' to '
                   || (select string_agg(case when r = 0 then 'public' else pg_get_userbyid(r) end, ', '
                                         order by case when r = 0 then 'public' else pg_get_userbyid(r) end)
                         from unnest(p.polroles) r)
                   || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
                   || coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
              from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours}
            """, "DO_POLICY");

    private static final ObjectKind INHERITANCE =
            ObjectKind.of("inheritance", """
            select format('%I.%I', n.nspname, c.relname), string_agg(h.inhparent::regclass::text, ', ' order by h.inhseqno)
              from pg_inherits h join pg_class c on c.oid = h.inhrelid join pg_namespace n on n.oid = c.relnamespace
             where {ours} group by 1
            """, "DO_TABLE_ATTACH", "DO_INDEX_ATTACH");

    private static final ObjectKind STATISTICS = ObjectKind.of("extended statistics", """
            select format('%I.%I', n.nspname, s.stxname),
                   pg_get_statisticsobjdef(s.oid) || case when s.stxstattarget >= 0 then ' statistics ' || s.stxstattarget else '' end
              from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
             where {ours}
            """, "DO_STATSEXT");

    private RelationKinds() {}

    static List<ObjectKind> all() {
        return List.of(
                TABLE,
                COLUMN,
                COLUMN_ORDER,
                FOREIGN_TABLE,
                CONSTRAINT,
                CONSTRAINT_TRIGGERS,
                INDEX,
                SEQUENCE,
                VIEW,
                VIEW_DEFAULT,
                TRIGGER,
                RULE,
                POLICY,
                INHERITANCE,
                STATISTICS);
    }
}
