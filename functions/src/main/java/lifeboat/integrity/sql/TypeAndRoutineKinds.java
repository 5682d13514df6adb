package lifeboat.integrity.sql;

import java.util.List;

/// Types, and what works on values of them: functions, operators and what indexes and casts need of these.
final class TypeAndRoutineKinds {
    private static final ObjectKind TYPE = ObjectKind.of("type", """
            select format('%I.%I', n.nspname, t.typname),
                   case when not t.typisdefined then 'shell' else
                   concat_ws(' ', t.typtype, t.typlen, t.typbyval, t.typalign, t.typstorage, t.typdelim, t.typcategory, t.typispreferred,
                             t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze,
                             to_jsonb(t) ->> 'typsubscript', 'of', t.typelem::regtype, 'collate', t.typcollation::regcollation,
                             'default', t.typdefault) end
              from pg_type t join pg_namespace n on n.oid = t.typnamespace
             where (t.typtype = 'b' or not t.typisdefined)
               and not exists (select from pg_type e where e.typarray = t.oid) and {ours} and {own pg_type t}
            """, "DO_TYPE", "DO_SHELL_TYPE");

    private static final ObjectKind DOMAIN = ObjectKind.of("domain", """
            select format('%I.%I', n.nspname, t.typname),
                   format_type(t.typbasetype, t.typtypmod)
                   || case when t.typcollation <> b.typcollation then ' collate ' || t.typcollation::regcollation else '' end
                   || case when t.typnotnull then ' not null' else '' end || coalesce(' default ' || t.typdefault, '')
              from pg_type t join pg_type b on b.oid = t.typbasetype join pg_namespace n on n.oid = t.typnamespace
             where t.typtype = 'd' and {ours} and {own pg_type t}
            """, "DO_TYPE");

    private static final ObjectKind DOMAIN_CONSTRAINT = ObjectKind.of("domain constraint", """
            select format('%I.%I.%I', n.nspname, t.typname, k.conname), pg_get_constraintdef(k.oid)
              from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
             where {ours}
            """, "DO_CONSTRAINT");

    private static final ObjectKind ENUM = ObjectKind.of("enum", """
            select format('%I.%I', n.nspname, t.typname),
                   coalesce(string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder), 'empty')
              from pg_type t left join pg_enum e on e.enumtypid = t.oid join pg_namespace n on n.oid = t.typnamespace
             where t.typtype = 'e' and {ours} group by 1
            """, "DO_TYPE");

    private static final ObjectKind COMPOSITE = ObjectKind.of("composite type", """
            select format('%I.%I', n.nspname, c.relname),
                   coalesce(string_agg(format('%I %s collate %s', a.attname, format_type(a.atttypid, a.atttypmod),
                                              a.attcollation::regcollation), ', ' order by a.attnum), 'empty')
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relkind = 'c' and {ours} group by 1
            """, "DO_TYPE", "DO_DUMMY_TYPE");

    private static final ObjectKind RANGE = ObjectKind.of("range", """
            select format('%I.%I', n.nspname, t.typname),
                   concat_ws(' ', r.rngsubtype::regtype, o.opcname, r.rngcollation::regcollation, r.rngcanonical, r.rngsubdiff,
                             r.rngmultitypid::regtype)
              from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
              join pg_opclass o on o.oid = r.rngsubopc
             where {ours}
            """, "DO_TYPE");

    private static final ObjectKind FUNCTION = ObjectKind.of("function", """
            select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), pg_get_functiondef(p.oid)
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where p.prokind <> 'a' and {ours} and {own pg_proc p}
            """, "DO_FUNC");

    private static final ObjectKind AGGREGATE = ObjectKind.of("aggregate", """
            select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
                   concat_ws(' ', pg_get_function_result(p.oid), p.proparallel, p.provolatile, g.aggkind, g.aggnumdirectargs,
                             g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn,
                             g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify, g.aggmfinalmodify,
                             g.aggsortop::regoperator, g.aggtranstype::regtype, g.aggtransspace, g.aggmtranstype::regtype,
                             g.aggmtransspace, 'start', g.agginitval, 'moving', g.aggminitval)
              from pg_aggregate g join pg_proc p on p.oid = g.aggfnoid join pg_namespace n on n.oid = p.pronamespace
             where {ours} and {own pg_proc p}
            """, "DO_AGG");

    private static final ObjectKind OPERATOR = ObjectKind.of("operator", """
            select o.oid::regoperator::text,
                   concat_ws(' ', o.oprresult::regtype, o.oprcode, 'commutator', o.oprcom::regoperator, 'negator', o.oprnegate::regoperator,
                             o.oprrest, o.oprjoin, case when o.oprcanmerge then 'merges' end, case when o.oprcanhash then 'hashes' end)
              from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
             where {ours} and {own pg_operator o}
            """, "DO_OPERATOR");

    private static final ObjectKind OPERATOR_CLASS = ObjectKind.of("operator class", """
            select format('%I.%I using %s', n.nspname, c.opcname, m.amname),
                   concat_ws(' ', c.opcintype::regtype, 'keeps', c.opckeytype::regtype, 'family', f.opfnamespace::regnamespace, f.opfname,
                             case when c.opcdefault then 'default' end)
              from pg_opclass c join pg_opfamily f on f.oid = c.opcfamily join pg_am m on m.oid = c.opcmethod
              join pg_namespace n on n.oid = c.opcnamespace
             where {ours} and {own pg_opclass c}
            """, "DO_OPCLASS");

    private static final ObjectKind OPERATOR_FAMILY = ObjectKind.of("operator family", """
            select format('%I.%I using %s', n.nspname, f.opfname, m.amname),
                   concat_ws('; ',
                       (select string_agg(concat_ws(' ', o.amopstrategy, o.amopopr::regoperator, o.amoppurpose,
                                                    (select s.opfname from pg_opfamily s where s.oid = o.amopsortfamily)), ', '
                                          order by o.amopstrategy, o.amopopr::regoperator::text)
                          from pg_amop o where o.amopfamily = f.oid),
                       (select string_agg(concat_ws(' ', a.amprocnum, a.amproc::regprocedure, a.amproclefttype::regtype,
                                                    a.amprocrighttype::regtype), ', '
                                          order by a.amprocnum, a.amproc::regprocedure::text, a.amproclefttype::regtype::text,
                                                   a.amprocrighttype::regtype::text)
                          from pg_amproc a where a.amprocfamily = f.oid))
              from pg_opfamily f join pg_am m on m.oid = f.opfmethod join pg_namespace n on n.oid = f.opfnamespace
             where {ours} and {own pg_opfamily f}
            """, "DO_OPFAMILY");

    private static final ObjectKind CAST = ObjectKind.of("cast", """
            select format('%s as %s', c.castsource::regtype, c.casttarget::regtype),
                   concat_ws(' ', nullif(c.castfunc, 0)::regprocedure, c.castcontext, c.castmethod)
              from pg_cast c where c.oid >= 16384 and {own pg_cast c}
            """, "DO_CAST");

    private static final ObjectKind TRANSFORM = ObjectKind.of("transform", """
            select format('%s for %s', t.trftype::regtype, l.lanname),
                   concat_ws(' ', nullif(t.trffromsql, 0)::regprocedure, '/', nullif(t.trftosql, 0)::regprocedure)
              from pg_transform t join pg_language l on l.oid = t.trflang
             where {own pg_transform t}
            """, "DO_TRANSFORM");

    private static final ObjectKind COLLATION = ObjectKind.of("collation", """
            select format('%I.%I for %s', n.nspname, c.collname, c.collencoding),
                   (to_jsonb(c) - '{oid, collname, collnamespace, collowner, collencoding}'::text[])::text
              from pg_collation c join pg_namespace n on n.oid = c.collnamespace
             where {ours} and {own pg_collation c}
            """, "DO_COLLATION");

    private static final ObjectKind CONVERSION = ObjectKind.of("conversion", """
            select format('%I.%I', n.nspname, c.conname),
                   concat_ws(' ', pg_encoding_to_char(c.conforencoding), 'to', pg_encoding_to_char(c.contoencoding), c.conproc,
                             case when c.condefault then 'default' end)
              from pg_conversion c join pg_namespace n on n.oid = c.connamespace
             where {ours} and {own pg_conversion c}
            """, "DO_CONVERSION");

    private TypeAndRoutineKinds() {}

    static List<ObjectKind> all() {
        return List.of(
                TYPE,
                DOMAIN,
                DOMAIN_CONSTRAINT,
                ENUM,
                COMPOSITE,
                RANGE,
                FUNCTION,
                AGGREGATE,
                OPERATOR,
                OPERATOR_CLASS,
                OPERATOR_FAMILY,
                CAST,
                TRANSFORM,
                COLLATION,
                CONVERSION);
    }
}
