package lifeboat.integrity.sql;

import java.util.List;

/// Who owns objects, who may do what with them, and what is said of them.
final class AccessKinds {
    /// A setting of an extension or an application may be a password: it is told by its digest.
    private static final String SETTINGS = """
            (select string_agg(case when exists (select from pg_settings g where g.name = split_part(s, '=', 1) and g.name not like '%.%')
                                    then s else split_part(s, '=', 1) || ' ' || md5(s) end, ', ' order by s) from unnest(setconfig) s)""";

    private static final ObjectKind OWNER = ObjectKind.property("owner of", """
            select i.type || ' ' || i.identity, pg_get_userbyid(o.owner)
              from (select 'pg_class'::regclass::oid, oid, relowner from pg_class
                     where relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c') and relpersistence <> 't'
                    union all select 'pg_namespace'::regclass, n.oid, nspowner from pg_namespace n where {ours}
                    union all select 'pg_proc'::regclass, oid, proowner from pg_proc
                    union all select 'pg_type'::regclass, oid, typowner from pg_type t where typtype not in ('c', 'p', 'm')
                                     and not exists (select from pg_type e where e.typarray = t.oid)
                    union all select 'pg_operator'::regclass, oid, oprowner from pg_operator
                    union all select 'pg_opclass'::regclass, oid, opcowner from pg_opclass
                    union all select 'pg_opfamily'::regclass, oid, opfowner from pg_opfamily
                    union all select 'pg_collation'::regclass, oid, collowner from pg_collation
                    union all select 'pg_conversion'::regclass, oid, conowner from pg_conversion
                    union all select 'pg_language'::regclass, oid, lanowner from pg_language
                    union all select 'pg_foreign_data_wrapper'::regclass, oid, fdwowner from pg_foreign_data_wrapper
                    union all select 'pg_foreign_server'::regclass, oid, srvowner from pg_foreign_server
                    union all select 'pg_event_trigger'::regclass, oid, evtowner from pg_event_trigger
                    union all select 'pg_publication'::regclass, oid, pubowner from pg_publication
                    union all select 'pg_statistic_ext'::regclass, oid, stxowner from pg_statistic_ext
                    union all select 'pg_ts_dict'::regclass, oid, dictowner from pg_ts_dict
                    union all select 'pg_ts_config'::regclass, oid, cfgowner from pg_ts_config
                    union all select 'pg_extension'::regclass, oid, extowner from pg_extension) o (classid, objid, owner),
                   lateral pg_identify_object(o.classid, o.objid, 0) i
             where (o.objid >= 16384 or o.classid = 'pg_namespace'::regclass) and i.schema is distinct from 'pg_temp'
            union all
            select 'the database', pg_get_userbyid(d.datdba) from pg_database d where d.datname = current_database()
            union all
            select 'subscription ' || s.subname, pg_get_userbyid(s.subowner)
              from pg_subscription s where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
            """);

    /// What is given by default is written out, so that it makes no difference whether it was given besides.
    private static final ObjectKind PRIVILEGES = ObjectKind.property("privileges on", """
            select i.type || ' ' || i.identity, coalesce((select string_agg(a::text, ', ' order by a::text) from unnest(o.acl) a), 'none')
              from (select 'pg_class'::regclass::oid, oid,
                           coalesce(relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner))
                      from pg_class where relkind in ('r', 'p', 'f', 'v', 'm', 'S') and relpersistence <> 't'
                    union all select 'pg_namespace'::regclass, oid, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace
                     where nspname !~ '^pg_(toast_)?temp'
                    union all select 'pg_proc'::regclass, oid, coalesce(proacl, acldefault('f', proowner)) from pg_proc
                    union all select 'pg_type'::regclass, oid, coalesce(typacl, acldefault('T', typowner)) from pg_type t
                     where typtype not in ('c', 'p', 'm') and not exists (select from pg_type e where e.typarray = t.oid)
                    union all select 'pg_language'::regclass, oid, coalesce(lanacl, acldefault('l', lanowner)) from pg_language
                    union all select 'pg_foreign_data_wrapper'::regclass, oid, coalesce(fdwacl, acldefault('F', fdwowner))
                                from pg_foreign_data_wrapper
                    union all select 'pg_foreign_server'::regclass, oid, coalesce(srvacl, acldefault('S', srvowner))
                                from pg_foreign_server) o (classid, objid, acl),
                   lateral pg_identify_object(o.classid, o.objid, 0) i
             where i.schema is distinct from 'pg_temp' and i.schema is distinct from 'pg_toast'
            union all
            select 'the database', coalesce((select string_agg(a::text, ', ' order by a::text)
                                               from unnest(coalesce(d.datacl, acldefault('d', d.datdba))) a), 'none')
              from pg_database d where d.datname = current_database()
            """);

    private static final ObjectKind COLUMN_PRIVILEGES = ObjectKind.of("privileges on column", """
            select format('%I.%I.%I', n.nspname, c.relname, a.attname), (select string_agg(x::text, ', ' order by x::text) from unnest(a.attacl) x)
              from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
             where a.attacl is not null and a.attacl <> '{}' and c.relpersistence <> 't'
            """);

    private static final ObjectKind DEFAULT_PRIVILEGES = ObjectKind.of("default privileges", """
            select concat_ws(' ', 'of', pg_get_userbyid(d.defaclrole), 'on', d.defaclobjtype, 'in ' || nullif(d.defaclnamespace, 0)::regnamespace),
                   coalesce((select string_agg(x::text, ', ' order by x::text) from unnest(d.defaclacl) x), 'none')
              from pg_default_acl d
            """, "DO_DEFAULT_ACL");

    private static final ObjectKind SETTING = ObjectKind.of("settings", """
            select case s.setdatabase when 0 then 'of role ' || pg_get_userbyid(s.setrole)
                        else concat_ws(' ', 'of the database', 'for role ' || pg_get_userbyid(nullif(s.setrole, 0))) end,\s""" + SETTINGS + """

              from pg_db_role_setting s
             where s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
            """);

    private static final ObjectKind ROLE = ObjectKind.of("role", """
            select quote_ident(r.rolname), (to_jsonb(r) - '{oid, rolname, rolpassword, rolconfig}'::text[])::text
              from pg_roles r where r.rolname !~ '^pg_'
            """);

    private static final ObjectKind MEMBERSHIP = ObjectKind.of("membership", """
            select format('of %I in %I by %I', pg_get_userbyid(m.member), pg_get_userbyid(m.roleid), pg_get_userbyid(m.grantor)),
                   (to_jsonb(m) - '{oid, member, roleid, grantor}'::text[])::text
              from pg_auth_members m
            """);

    private static final ObjectKind TABLESPACE = ObjectKind.of("tablespace", """
            select quote_ident(t.spcname),
                   concat_ws(' ', 'of', pg_get_userbyid(t.spcowner),
                             'options ' || (select string_agg(o, ', ' order by o) from unnest(t.spcoptions) o),
                             'privileges ' || coalesce((select string_agg(a::text, ', ' order by a::text)
                                                          from unnest(coalesce(t.spcacl, acldefault('t', t.spcowner))) a), 'none'))
              from pg_tablespace t
            """);

    private static final ObjectKind COMMENT = ObjectKind.of("comment on", """
            select distinct i.type || ' ' || i.identity, d.description
              from pg_description d, lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             where (d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass) and i.schema is distinct from 'pg_temp'
            union all
            select 'the database', d.description from pg_shdescription d
             where d.classoid = 'pg_database'::regclass
               and d.objoid = (select b.oid from pg_database b where b.datname = current_database())
            union all
            select 'role ' || r.rolname, d.description from pg_shdescription d join pg_roles r on r.oid = d.objoid
             where d.classoid = 'pg_authid'::regclass
            union all
            select 'tablespace ' || quote_ident(t.spcname), d.description from pg_shdescription d join pg_tablespace t on t.oid = d.objoid
             where d.classoid = 'pg_tablespace'::regclass
            """);

    private static final ObjectKind SECURITY_LABEL = ObjectKind.of("security label", """
            select concat_ws(' ', l.provider, 'on', l.objtype, case l.objtype when 'database' then '' else l.objname end), l.label
              from pg_seclabels l where l.objtype <> 'database' or l.objname = quote_ident(current_database())
            """);

    private AccessKinds() {}

    static List<ObjectKind> all() {
        return List.of(
                OWNER,
                PRIVILEGES,
                COLUMN_PRIVILEGES,
                DEFAULT_PRIVILEGES,
                SETTING,
                ROLE,
                MEMBERSHIP,
                TABLESPACE,
                COMMENT,
                SECURITY_LABEL);
    }
}
