package lifeboat.integrity.sql;

import java.util.List;
import java.util.Optional;

/// A table whose rows can be read and compared.
///
/// @param name schema and name, quoted as SQL writes them
/// @param partitioned whether its rows lie in partitions, which are read with it
/// @param columns in their order; none that is generated, since those follow from others
/// @param key the columns of its primary key, in the key's order; empty where it has none
record Table(String name, boolean partitioned, List<Column> columns, List<Column> key) {
    private static final String COLUMNS = """
            select a.attname, quote_ident(a.attname), format_type(a.atttypid, null),
                   coalesce((select array_position(i.indkey::int2[], a.attnum) from pg_index i
                              where i.indrelid = c.oid and i.indisprimary), -1)
              from pg_attribute a join pg_class c on c.oid = a.attrelid
             where c.oid = to_regclass(?)::oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum
            """;

    private static final String TABLE = """
            select format('%I.%I', n.nspname, c.relname), c.relkind = 'p'
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
               and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and c.oid = to_regclass(?)::oid
            """;

    Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /// One column.
    ///
    /// @param plain its name as the catalog has it
    /// @param name its name, quoted as SQL writes it
    /// @param type as `format_type` writes it: `timestamp with time zone`
    record Column(String plain, String name, String type) {}

    private record Keyed(Column column, int position) {}

    /// The table of that quoted name, or empty where there is none.
    static Optional<Table> find(Snapshot database, String name) {
        return database.list(TABLE, row -> read(database, row.getString(1), row.getBoolean(2)), name).stream()
                .findFirst();
    }

    private static Table read(Snapshot database, String name, boolean partitioned) {
        var columns = database.list(
                COLUMNS,
                row -> new Keyed(new Column(row.getString(1), row.getString(2), row.getString(3)), row.getInt(4)),
                name);
        var key = columns.stream()
                .filter(column -> column.position >= 0)
                .sorted((a, b) -> Integer.compare(a.position, b.position))
                .map(Keyed::column)
                .toList();
        return new Table(name, partitioned, columns.stream().map(Keyed::column).toList(), key);
    }

    /// Whether in that database other tables inherit from it: a query that does not say `only` reads their rows too.
    boolean hasHeirs(Snapshot database) {
        return !partitioned
                && !database.list(
                                "select 1 from pg_inherits where inhparent = to_regclass(?)::oid limit 1",
                                row -> row.getInt(1),
                                name)
                        .isEmpty();
    }

    /// The table as a query reads it: without the rows of tables that inherit from it, which are tables of their own.
    String from() {
        return (partitioned ? "" : "only ") + name;
    }

    /// The column of that name, or empty where the table has none.
    Optional<Column> column(String plain) {
        return columns.stream().filter(column -> column.plain.equals(plain)).findFirst();
    }
}
