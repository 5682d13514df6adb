package lifeboat.reconcile.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.Table;

/// Reads what a database says of its tables. Partitions are tables of their own, as they are stored.
///
/// @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System catalogs</a>
final class Catalog {
    private static final String USER_SCHEMAS = """
            n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'""";

    /// A trigger `g` that somebody made, and no constraint. In a partition those that come from its parent are
    /// marked as internal up to release 14.
    static final String BY_A_USER = """
            (NOT g.tgisinternal OR g.tgparentid <> 0 AND NOT EXISTS (
              SELECT 1 FROM pg_constraint x WHERE x.oid = g.tgconstraint AND x.contype <> 't'))""";

    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relpersistence,
                   EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indimmediate) AS deferrable,
                   EXISTS (SELECT 1 FROM pg_rewrite w WHERE w.ev_class = c.oid) AS ruled,
                   pg_relation_size(c.oid) / current_setting('block_size')::int8 AS pages,
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
                   coalesce((SELECT array_agg(g.tgname ORDER BY g.tgname) FROM pg_trigger g
                     WHERE g.tgrelid = c.oid AND %1$s AND g.tgenabled IN ('O', 'A')), '{}') AS triggers,
                   coalesce((SELECT array_agg(g.tgname ORDER BY g.tgname) FROM pg_trigger g
                     WHERE g.tgrelid = c.oid AND %1$s AND g.tgenabled = 'A'), '{}') AS unstoppable
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND\s""".formatted(BY_A_USER) + USER_SCHEMAS;

    private static final String COLUMNS = """
            WITH RECURSIVE base AS (
              SELECT oid, oid AS below, typbasetype FROM pg_type
              UNION ALL
              SELECT b.oid, t.oid, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.typbasetype)
            SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
                   CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname ELSE '' END AS base,
                   a.attnotnull, a.attgenerated, a.attidentity,
                   CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN '=' ELSE coalesce((
                     SELECT format('OPERATOR(%I.%s)', x.nspname, o.oprname) FROM pg_opclass k
                     JOIN pg_am m ON m.oid = k.opcmethod AND m.amname = 'btree'
                     JOIN pg_amop e ON e.amopfamily = k.opcfamily AND e.amopstrategy = 3
                       AND e.amoplefttype = k.opcintype AND e.amoprighttype = k.opcintype
                     JOIN pg_operator o ON o.oid = e.amopopr JOIN pg_namespace x ON x.oid = o.oprnamespace
                     WHERE k.opcdefault AND k.opcintype = t.oid), '=') END AS equality
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN base b ON b.oid = a.atttypid AND b.typbasetype = 0 JOIN pg_type t ON t.oid = b.below
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND\s""" + USER_SCHEMAS + """

            ORDER BY a.attrelid, a.attnum""";

    /// Where a constraint is not validated a column can still hold the NULL that it forbids.
    private static final String KEYS = """
            SELECT i.indrelid, array_agg(a.attname ORDER BY k.at) AS columns
            FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(num, at)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
            WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND k.at <= i.indnkeyatts
            GROUP BY i.indexrelid, i.indrelid, i.indisprimary HAVING bool_and(a.attnotnull AND NOT EXISTS (
              SELECT 1 FROM pg_constraint n WHERE n.conrelid = a.attrelid AND n.contype = 'n' AND NOT n.convalidated
                AND a.attnum = ANY (n.conkey)))
            ORDER BY i.indrelid, i.indisprimary DESC, count(*), i.indexrelid""";

    private static final String FOREIGN_KEYS = """
            SELECT cn.nspname, c.relname, pn.nspname, p.relname,
                   (SELECT array_agg(a.attname ORDER BY k.at) FROM unnest(f.conkey) WITH ORDINALITY k(num, at)
                    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num),
                   (SELECT array_agg(a.attname ORDER BY k.at) FROM unnest(f.confkey) WITH ORDINALITY k(num, at)
                    JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num),
                   f.confdeltype IN ('c', 'n', 'd') OR f.confupdtype IN ('c', 'n', 'd'),
                   f.confdeltype = 'a' AS replaceable,
                   NOT EXISTS (SELECT 1 FROM pg_constraint w WHERE w.oid = f.conparentid AND w.conrelid = f.conrelid) AS checked,
                   (SELECT array_agg(format('OPERATOR(%I.%s)', x.nspname, o.oprname) ORDER BY k.at)
                    FROM unnest(f.conpfeqop) WITH ORDINALITY k(op, at) JOIN pg_operator o ON o.oid = k.op
                    JOIN pg_namespace x ON x.oid = o.oprnamespace)
            FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE f.contype = 'f'""";

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    List<Table> tables() throws SQLException {
        Map<Long, List<Column>> columns = columns();
        Map<Long, List<List<String>>> keys = keys();
        List<Table> tables = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                long oid = row.getLong("oid");
                tables.add(new Table(
                        new TableName(row.getString("nspname"), row.getString("relname")),
                        columns.getOrDefault(oid, List.of()),
                        keys.getOrDefault(oid, List.of()),
                        row.getLong("pages"),
                        obstacle(row),
                        Set.copyOf(texts(row.getArray("triggers"))),
                        Set.copyOf(texts(row.getArray("unstoppable"))),
                        row.getBoolean("deferrable"),
                        row.getBoolean("ruled")));
            }
        }
        return tables;
    }

    private static Table.Obstacle obstacle(ResultSet row) throws SQLException {
        if (!row.getBoolean("readable")) {
            return Table.Obstacle.NOT_PERMITTED;
        }
        return row.getString("relpersistence").equals("u") ? Table.Obstacle.UNLOGGED : Table.Obstacle.NONE;
    }

    private Map<Long, List<Column>> columns() throws SQLException {
        Map<Long, List<Column>> columns = new HashMap<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                columns.computeIfAbsent(row.getLong("attrelid"), oid -> new ArrayList<>())
                        .add(new Column(
                                row.getString("attname"),
                                row.getString("type"),
                                row.getString("base"),
                                row.getBoolean("attnotnull"),
                                generation(row),
                                row.getString("equality")));
            }
        }
        return columns;
    }

    private static Column.Generation generation(ResultSet row) throws SQLException {
        if (!row.getString("attgenerated").isEmpty()) {
            return Column.Generation.COMPUTED;
        }
        return row.getString("attidentity").equals("a") ? Column.Generation.IDENTITY_ALWAYS : Column.Generation.PLAIN;
    }

    private Map<Long, List<List<String>>> keys() throws SQLException {
        Map<Long, List<List<String>>> keys = new LinkedHashMap<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                keys.computeIfAbsent(row.getLong(1), oid -> new ArrayList<>()).add(texts(row.getArray(2)));
            }
        }
        return keys;
    }

    List<ForeignKey> foreignKeys() throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
            while (row.next()) {
                keys.add(new ForeignKey(
                        new TableName(row.getString(1), row.getString(2)),
                        texts(row.getArray(5)),
                        new TableName(row.getString(3), row.getString(4)),
                        texts(row.getArray(6)),
                        row.getBoolean(7),
                        row.getBoolean("replaceable"),
                        row.getBoolean("checked"),
                        texts(row.getArray(10))));
            }
        }
        return keys;
    }

    /// Whose rows a comparison does not cover, one phrase each.
    List<String> uncovered() throws SQLException {
        List<String> notes = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'materialized view' END, n.nspname, c.relname
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('f', 'm') AND\s""" + USER_SCHEMAS + " ORDER BY 1, 2, 3")) {
            while (row.next()) {
                notes.add("rows of %s %s.%s".formatted(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return notes;
    }

    long largeObjects() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_largeobject_metadata")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
