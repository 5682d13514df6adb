package lifeboat.integrity.sql;

import java.util.List;

/// A kind of objects, or one property of objects, that a PostgreSQL database is made of, and how its objects are read.
///
/// @param name what a person calls it, and the first words of each object's name: `column public.orders.total`
/// @param dumped what `pg_dump` calls it: names of `DumpableObjectType` in its sources, or parts of their definition
/// @param implied whether every object of other kinds has exactly one, so that an object that only one side has is told
///     once: its owner is not missing besides
/// @param query gives each object's name and definition, without a number that two databases would not share
/// @see <a href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/pg_dump.h">pg_dump.h</a>
record ObjectKind(String name, List<String> dumped, boolean implied, String query) {
    private static final String OURS = "(n.nspname <> 'information_schema' and n.nspname !~ '^pg_')";
    private static final String OWN = "not exists (select from pg_depend e"
            + " where e.classid = '$1'::regclass and e.objid = $2.oid and e.deptype = 'e')";

    ObjectKind {
        dumped = List.copyOf(dumped);
    }

    /// A kind of objects.
    ///
    /// @param query where `{ours}` says that `n` is no schema of the server, and `{own pg_proc p}` that
    ///     `p` is no member of an extension
    static ObjectKind of(String name, String query, String... dumped) {
        return new ObjectKind(name, List.of(dumped), false, complete(query));
    }

    /// A property that each object of other kinds has.
    static ObjectKind property(String name, String query, String... dumped) {
        return new ObjectKind(name, List.of(dumped), true, complete(query));
    }

    private static String complete(String query) {
        return query.replace("{ours}", OURS).replaceAll("\\{own (\\w+) (\\w+)}", OWN);
    }
}
