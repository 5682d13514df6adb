package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.Pairing;
import lifeboat.reconcile.sql.Table;
import lifeboat.reconcile.sql.TablePair;

/// The structure of both sides.
///
/// @param pairing tables side by side
/// @param liveTables live's own tables
/// @param foreignKeys live's foreign keys
/// @param notes what a person must know
/// @param digest of both sides' tables
record MySqlSchema(
        Pairing pairing, List<Table> liveTables, List<ForeignKey> foreignKeys, List<String> notes, String digest) {
    MySqlSchema {
        liveTables = List.copyOf(liveTables);
        foreignKeys = List.copyOf(foreignKeys);
        notes = List.copyOf(notes);
    }

    static MySqlSchema read(Connection copy, Connection live, Set<TableName> only) throws SQLException {
        MySqlCatalog lives = new MySqlCatalog(live);
        List<Table> left = only(new MySqlCatalog(copy).tables(), only);
        List<Table> right = only(lives.tables(), only);
        Set<TableName> unknown = new TreeSet<>(only);
        left.forEach(table -> unknown.remove(table.name()));
        right.forEach(table -> unknown.remove(table.name()));
        if (!unknown.isEmpty()) {
            throw new Invalid(
                    "LB-423", "tables \"%s\" is not allowed: neither side has such a table".formatted(unknown));
        }
        return new MySqlSchema(
                Pairing.of(left, right), right, lives.foreignKeys(), lives.notes(only), digest(left, right));
    }

    TablePair pair(TableName table) {
        return pairing.pairs().stream()
                .filter(pair -> pair.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no table " + table + " on both sides"));
    }

    private static List<Table> only(List<Table> tables, Set<TableName> only) {
        return only.isEmpty()
                ? tables
                : tables.stream().filter(table -> only.contains(table.name())).toList();
    }

    private static String digest(List<Table> copy, List<Table> live) {
        try {
            byte[] text = (describe(copy) + "\n--\n" + describe(live)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }

    private static String describe(List<Table> tables) {
        return tables.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .map(table -> table.name() + " " + table.columns() + " " + table.uniqueKeys())
                .collect(Collectors.joining("\n"));
    }
}
