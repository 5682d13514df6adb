package lifeboat.integrity.sql;

import java.util.List;

/// What a database is made of beside tables, types and functions.
final class DatabaseKinds {
    /// Options may hold passwords: they are told by name and digest.
    private static final String OPTIONS =
            "coalesce((select string_agg(', ' || split_part(o, '=', 1) || ' ' || md5(o), '' order by o) from unnest(%s) o), '')";

    private static final ObjectKind DATABASE = ObjectKind.of("database", """
            select 'as a whole',
                   (to_jsonb(d) - '{oid, datname, datdba, datacl, dattablespace, datfrozenxid, datminmxid, datlastsysoid}'::text[]
                    || jsonb_build_object('tablespace', (select s.spcname from pg_tablespace s where s.oid = d.dattablespace)))::text
              from pg_database d where d.datname = current_database()
            """);

    private static final ObjectKind SCHEMA = ObjectKind.of(
            "schema", "select quote_ident(n.nspname), 'schema' from pg_namespace n where {ours}", "DO_NAMESPACE");

    private static final ObjectKind EXTENSION = ObjectKind.of("extension", """
            select x.extname, x.extversion || ' in ' || x.extnamespace::regnamespace
                   || coalesce(' dumps ' || (select string_agg(t::regclass::text, ', ' order by t::regclass::text) from unnest(x.extconfig) t), '')
              from pg_extension x
            """, "DO_EXTENSION");

    private static final ObjectKind LANGUAGE = ObjectKind.of("language", """
            select quote_ident(l.lanname), concat_ws(' ', case when l.lanpltrusted then 'trusted' end, l.lanplcallfoid::regproc,
                             nullif(l.laninline, 0)::regproc, nullif(l.lanvalidator, 0)::regproc)
              from pg_language l where l.lanispl
            """, "DO_PROCLANG");

    private static final ObjectKind ACCESS_METHOD = ObjectKind.of(
            "access method",
            "select quote_ident(m.amname), concat_ws(' ', m.amtype, m.amhandler) from pg_am m where m.oid >= 16384",
            "DO_ACCESS_METHOD");

    private static final ObjectKind EVENT_TRIGGER = ObjectKind.of("event trigger", """
            select quote_ident(t.evtname), concat_ws(' ', t.evtevent, t.evtfoid::regproc, t.evtenabled, t.evttags::text)
              from pg_event_trigger t
            """, "DO_EVENT_TRIGGER");

    private static final ObjectKind WRAPPER = ObjectKind.of(
            "foreign-data wrapper",
            """
            select quote_ident(w.fdwname),
                   concat_ws(' ', nullif(w.fdwhandler, 0)::regproc, nullif(w.fdwvalidator, 0)::regproc) ||\s""" + OPTIONS.formatted("w.fdwoptions") + " from pg_foreign_data_wrapper w",
            "DO_FDW");

    private static final ObjectKind SERVER =
            ObjectKind.of("foreign server", """
            select quote_ident(s.srvname), concat_ws(' ', w.fdwname, s.srvtype, s.srvversion) ||\s""" + OPTIONS.formatted("s.srvoptions") + """
              from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
            """, "DO_FOREIGN_SERVER");

    private static final ObjectKind USER_MAPPING = ObjectKind.of(
            "user mapping", """
            select format('%I for %I', u.srvname, u.usename), 'mapping' ||\s""" + OPTIONS.formatted("u.umoptions") + " from pg_user_mappings u", "DO_FOREIGN_SERVER");

    private static final ObjectKind TEXT_SEARCH =
            ObjectKind.of("text search", """
            select 'configuration ' || c.oid::regconfig,
                   concat_ws(' ', 'parser', p.prsnamespace::regnamespace, p.prsname,
                       (select string_agg(m.maptokentype || ' ' || m.mapdict::regdictionary, ', ' order by m.maptokentype, m.mapseqno)
                          from pg_ts_config_map m where m.mapcfg = c.oid))
              from pg_ts_config c join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace n on n.oid = c.cfgnamespace
             where {ours} and {own pg_ts_config c}
            union all
            select 'dictionary ' || d.oid::regdictionary, concat_ws(' ', t.tmplnamespace::regnamespace, t.tmplname, d.dictinitoption)
              from pg_ts_dict d join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace n on n.oid = d.dictnamespace
             where {ours} and {own pg_ts_dict d}
            union all
            select format('parser %I.%I', n.nspname, p.prsname),
                   concat_ws(' ', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)
              from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace where {ours} and {own pg_ts_parser p}
            union all
            select format('template %I.%I', n.nspname, t.tmplname), concat_ws(' ', t.tmplinit, t.tmpllexize)
              from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace where {ours} and {own pg_ts_template t}
            """, "DO_TSPARSER", "DO_TSDICT", "DO_TSTEMPLATE", "DO_TSCONFIG");

    private static final ObjectKind PUBLICATION = ObjectKind.of(
            "publication",
            "select quote_ident(p.pubname), (to_jsonb(p) - '{oid, pubname, pubowner}'::text[])::text from pg_publication p",
            "DO_PUBLICATION");

    private static final ObjectKind PUBLISHED =
            ObjectKind.of("published table", """
            select format('%I %I.%I', p.pubname, p.schemaname, p.tablename),
                   coalesce((to_jsonb(p) - '{pubname, schemaname, tablename}'::text[])::text, '')
              from pg_publication_tables p
            """, "DO_PUBLICATION_REL", "DO_PUBLICATION_TABLE_IN_SCHEMA");

    private static final ObjectKind SUBSCRIPTION = ObjectKind.of("subscription", """
            select quote_ident(s.subname),
                   concat_ws(' ', case when s.subenabled then 'enabled' else 'disabled' end, 'slot', s.subslotname, s.subsynccommit,
                             s.subpublications::text, s.subbinary, s.substream)
              from pg_subscription s where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
            """, "DO_SUBSCRIPTION");

    private DatabaseKinds() {}

    static List<ObjectKind> all() {
        return List.of(
                DATABASE,
                SCHEMA,
                EXTENSION,
                LANGUAGE,
                ACCESS_METHOD,
                EVENT_TRIGGER,
                WRAPPER,
                SERVER,
                USER_MAPPING,
                TEXT_SEARCH,
                PUBLICATION,
                PUBLISHED,
                SUBSCRIPTION);
    }
}
