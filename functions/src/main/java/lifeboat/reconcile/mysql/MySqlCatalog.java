package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.Table;
import org.jspecify.annotations.Nullable;

/// Reads what a database says of its tables.
///
/// @see <a href="https://mariadb.com/kb/en/information-schema-tables/">Information schema</a>
final class MySqlCatalog {
    private static final String HERE = " WHERE table_schema = DATABASE() ";
    private static final String TABLES = "AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ";
    private final Connection connection;

    MySqlCatalog(Connection connection) {
        this.connection = connection;
    }

    /// Takes a row of an answer.
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    List<Table> tables() throws SQLException {
        Map<String, List<Column>> columns = columns();
        Map<String, List<List<String>>> keys = keys();
        Map<String, Set<String>> triggers = triggers();
        List<Table> tables = new ArrayList<>();
        for (String name : names()) {
            tables.add(new Table(
                    TableName.of(name),
                    columns.getOrDefault(name, List.of()),
                    keys.getOrDefault(name, List.of()),
                    1,
                    obstacle(name),
                    triggers.getOrDefault(name, Set.of()),
                    false));
        }
        return tables;
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        each("SELECT table_name FROM information_schema.tables" + HERE + TABLES, row -> names.add(row.getString(1)));
        return names;
    }

    /// Columns that the user may not read are not in the information schema, so that only `*` brings them up, and
    /// of invisible ones the definition of the table, which is shown to nobody who has rights on columns alone.
    private Table.Obstacle obstacle(String table) throws SQLException {
        try {
            each("SELECT * FROM %s WHERE FALSE".formatted(RowText.name(table)), row -> {});
            each("SHOW CREATE TABLE %s".formatted(RowText.name(table)), row -> {});
            return Table.Obstacle.NONE;
        } catch (SQLException e) {
            if (MySqlErrors.isDenied(e)) {
                return Table.Obstacle.NOT_PERMITTED;
            }
            if (MySqlErrors.isLost(e)) {
                throw e;
            }
            return Table.Obstacle.NONE; // told when it is compared
        }
    }

    private Map<String, List<Column>> columns() throws SQLException {
        Map<String, List<Column>> columns = new HashMap<>();
        each(
                "SELECT table_name, column_name, CONCAT(column_type, IF(character_set_name IN " + RowText.UNICODE
                        + ", '', COALESCE(CONCAT(' character set ', character_set_name), ''))),"
                        + " data_type, is_nullable, COALESCE(generation_expression, '')"
                        + " FROM information_schema.columns" + HERE + "ORDER BY table_name, ordinal_position",
                row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(new Column(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5).equals("NO"),
                                row.getString(6).isEmpty() ? Column.Generation.PLAIN : Column.Generation.COMPUTED)));
        return columns;
    }

    /// Of a table with a history the end of a version is part of each key: all current rows have the same.
    private static final String NO_END_OF_VERSION =
            "AND (table_name, column_name) NOT IN (SELECT table_name, column_name FROM information_schema.columns"
                    + HERE + "AND generation_expression = 'ROW END') ";

    private Map<String, List<List<String>>> keys() throws SQLException {
        Map<List<String>, List<String>> byIndex = new LinkedHashMap<>();
        Set<List<String>> unusable = new java.util.HashSet<>();
        each(
                "SELECT table_name, index_name, column_name, nullable, sub_part FROM information_schema.statistics"
                        + HERE
                        + NO_END_OF_VERSION
                        + "AND non_unique = 0 ORDER BY table_name, index_name <> 'PRIMARY', index_name, seq_in_index",
                row -> {
                    List<String> index = List.of(row.getString(1), row.getString(2));
                    if ("YES".equals(row.getString(4)) || row.getString(5) != null || row.getString(3) == null) {
                        unusable.add(index);
                    } else {
                        byIndex.computeIfAbsent(index, any -> new ArrayList<>()).add(row.getString(3));
                    }
                });
        Map<String, List<List<String>>> keys = new HashMap<>();
        byIndex.forEach((index, names) -> {
            if (!unusable.contains(index)) {
                keys.computeIfAbsent(index.getFirst(), table -> new ArrayList<>())
                        .add(names);
            }
        });
        return keys;
    }

    private Map<String, Set<String>> triggers() throws SQLException {
        Map<String, Set<String>> triggers = new HashMap<>();
        each(
                "SELECT event_object_table, trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
                row -> triggers.computeIfAbsent(row.getString(1), table -> new TreeSet<>())
                        .add(row.getString(2)));
        return triggers;
    }

    /// Those of other databases that refer to this one belong to them: what they do to their rows counts as well.
    /// MariaDB does not tell the rules of a table that the user may only SELECT from: then the worst is assumed.
    List<ForeignKey> foreignKeys() throws SQLException {
        Map<String, List<List<String>>> parts = new LinkedHashMap<>();
        each("""
                SELECT k.constraint_name, k.table_name, k.column_name, k.referenced_table_name, k.referenced_column_name,
                  IF(k.table_schema = DATABASE(), '', k.table_schema),
                  IF(k.referenced_table_schema = DATABASE(), '', k.referenced_table_schema),
                  IF(r.constraint_name IS NULL OR r.delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
                    OR r.update_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT'), 'y', 'n')
                FROM information_schema.key_column_usage k
                  LEFT JOIN information_schema.referential_constraints r
                  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
                  AND r.table_name = k.table_name
                WHERE (k.table_schema = DATABASE() OR k.referenced_table_schema = DATABASE())
                  AND k.referenced_table_name IS NOT NULL
                ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position""", row -> {
            List<String> part = new ArrayList<>();
            for (int i = 2; i <= 8; i++) {
                part.add(row.getString(i));
            }
            parts.computeIfAbsent(
                            row.getString(6) + "/" + row.getString(2) + "/" + row.getString(1),
                            any -> new ArrayList<>())
                    .add(part);
        });
        return parts.values().stream().map(MySqlCatalog::foreignKey).toList();
    }

    private static ForeignKey foreignKey(List<List<String>> parts) {
        List<String> first = parts.getFirst();
        return new ForeignKey(
                new TableName(first.get(4), first.get(0)),
                parts.stream().map(part -> part.get(1)).toList(),
                new TableName(first.get(5), first.get(2)),
                parts.stream().map(part -> part.get(3)).toList(),
                first.get(6).equals("y"));
    }

    /// What a comparison of rows does not cover, or not as it should, one sentence each.
    ///
    /// @param only the tables that are compared; empty: all
    List<String> notes(Set<TableName> only) throws SQLException {
        List<String> notes = new ArrayList<>();
        each("SELECT table_name, table_type, engine FROM information_schema.tables" + HERE, row -> {
            if (only.isEmpty() || only.contains(TableName.of(row.getString(1)))) {
                note(row.getString(1), row.getString(2), row.getString(3)).ifPresent(notes::add);
            }
        });
        triggers().forEach((table, names) -> {
            if (only.isEmpty() || only.contains(TableName.of(table))) {
                notes.add("table %s has triggers that a repair would fire: %s"
                        .formatted(table, String.join(", ", names)));
            }
        });
        return notes;
    }

    private static Optional<String> note(String table, String type, @Nullable String engine) {
        if (type.equals("SEQUENCE")) {
            return Optional.of("sequence %s is not compared: see that live's stands behind the rows that come back"
                    .formatted(table));
        }
        if (type.equals("SYSTEM VERSIONED")) {
            return Optional.of(
                    "table %s is system-versioned: its current rows are compared, its history is not".formatted(table));
        }
        return type.equals("BASE TABLE") && !"InnoDB".equals(engine)
                ? Optional.of(
                        "table %s is stored by %s, which has no snapshots and no transactions".formatted(table, engine))
                : Optional.empty();
    }

    private void each(String query, Taker taker) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                taker.take(row);
            }
        }
    }
}
