package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.reconcile.StructureDifference;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.sql.TablePair;

/// What is beside the rows of the tables that both sides have: how columns come about, keys, constraints, triggers, and
/// how far numbers that are handed out have come.
final class MySqlStructure {
    private static final String COLUMNS =
            "SELECT table_name, column_name, CONCAT_WS(' ', column_type, collation_name, IF(is_nullable = 'NO', 'NOT NULL', NULL),"
                    + " CONCAT('DEFAULT ', column_default), NULLIF(extra, ''), CONCAT('AS (', NULLIF(generation_expression, ''), ')'))"
                    + " FROM information_schema.columns WHERE table_schema = DATABASE()";

    /// An index of an expression has no columns; the expression is a field that only MySQL has.
    private static final String INDEXES =
            "SELECT table_name, index_name, CONCAT(IF(non_unique, '', 'UNIQUE '), index_type, ' (', GROUP_CONCAT(CONCAT_WS(' ',"
                    + " COALESCE(column_name, '(expression)'), sub_part, collation) ORDER BY seq_in_index SEPARATOR ', '), ')')"
                    + " FROM information_schema.statistics WHERE table_schema = DATABASE()"
                    + " GROUP BY table_name, index_name, non_unique, index_type";

    private static final String FOREIGN_KEYS =
            "SELECT k.table_name, k.constraint_name, CONCAT('(', GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position), ') REFERENCES ',"
                    + " IF(k.referenced_table_schema = DATABASE(), '', CONCAT(k.referenced_table_schema, '.')), k.referenced_table_name, ' (',"
                    + " GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position), ') ON DELETE ', r.delete_rule, ' ON UPDATE ', r.update_rule)"
                    + " FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r"
                    + " ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name"
                    + " WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL"
                    + " GROUP BY k.table_name, k.constraint_name, k.referenced_table_schema, k.referenced_table_name, r.delete_rule, r.update_rule";

    private static final String TRIGGERS =
            "SELECT event_object_table, trigger_name, CONCAT_WS(' ', action_timing, event_manipulation, action_statement)"
                    + " FROM information_schema.triggers WHERE trigger_schema = DATABASE()";

    private static final String NUMBERS =
            "SELECT table_name, 'AUTO_INCREMENT', auto_increment FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND auto_increment IS NOT NULL";

    private static final List<String> NEVER = List.of(
            "views, routines and events",
            "expressions of indexes, partitions and options of tables",
            "sequences",
            "users and grants");

    private final Connection copy;
    private final Connection live;
    private final Set<String> tables;

    MySqlStructure(Connection copy, Connection live, List<TablePair> pairs) {
        this.copy = copy;
        this.live = live;
        this.tables = new TreeSet<>();
        pairs.forEach(pair -> tables.add(pair.name().name()));
    }

    StructureFindings findings() throws SQLException {
        List<StructureDifference> differences = new ArrayList<>();
        List<String> notCompared = new ArrayList<>(NEVER);
        compare("column", COLUMNS, COLUMNS, differences);
        compare("index", INDEXES, INDEXES, differences);
        compare("foreign key", FOREIGN_KEYS, FOREIGN_KEYS, differences);
        compare("check constraint", checks(copy), checks(live), differences);
        if (Grants.read(copy).have("TRIGGER") && Grants.read(live).have("TRIGGER")) {
            compare("trigger", TRIGGERS, TRIGGERS, differences);
        } else {
            notCompared.add("triggers, which only a user with the right TRIGGER sees");
        }
        numbers(differences);
        return new StructureFindings(differences, notCompared);
    }

    /// In MariaDB the name of a constraint is one of its table only.
    private static String checks(Connection side) throws SQLException {
        boolean mariaDb = MySqlEndpoint.one(side, "SELECT VERSION()").contains("MariaDB");
        return "SELECT t.table_name, t.constraint_name, c.check_clause FROM information_schema.table_constraints t"
                + " JOIN information_schema.check_constraints c ON c.constraint_schema = t.constraint_schema"
                + " AND c.constraint_name = t.constraint_name"
                + (mariaDb ? " AND c.table_name = t.table_name" : "")
                + " WHERE t.table_schema = DATABASE() AND t.constraint_type = 'CHECK'";
    }

    private void compare(String kind, String ofCopy, String ofLive, List<StructureDifference> differences)
            throws SQLException {
        Map<String, String> left = read(copy, ofCopy);
        Map<String, String> right = read(live, ofLive);
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            Optional<String> one = Optional.ofNullable(left.get(name));
            Optional<String> other = Optional.ofNullable(right.get(name));
            if (!one.equals(other)) {
                differences.add(new StructureDifference(kind, name, one, other));
            }
        }
    }

    /// Live is ahead of the copy by rights; behind it, numbers would be handed out a second time.
    private void numbers(List<StructureDifference> differences) throws SQLException {
        Map<String, String> left = read(copy, NUMBERS);
        Map<String, String> right = read(live, NUMBERS);
        left.forEach((name, before) -> {
            String now = right.get(name);
            if (now == null || Long.compareUnsigned(Long.parseUnsignedLong(now), Long.parseUnsignedLong(before)) < 0) {
                differences.add(
                        new StructureDifference("position", name, Optional.of(before), Optional.ofNullable(now)));
            }
        });
    }

    private Map<String, String> read(Connection side, String query) throws SQLException {
        String database = RowText.name(MySqlEndpoint.one(side, "SELECT DATABASE()")) + ".";
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = side.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                if (tables.contains(row.getString(1))) {
                    found.put(
                            row.getString(1) + "." + row.getString(2),
                            String.valueOf(row.getString(3)).replace(database, ""));
                }
            }
        }
        return found;
    }
}
