package lifeboat.reconcile.postgres;

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

/// The structure of both sides.
///
/// @param pairing tables side by side
/// @param liveTables live's own tables
/// @param foreignKeys live's foreign keys
/// @param largeObjects on the side that has more
/// @param uncovered whose rows are not compared, one phrase each
/// @param notes what a person must know
/// @param digest of both sides' tables
record Schema(
        Pairing pairing,
        List<Table> liveTables,
        List<ForeignKey> foreignKeys,
        long largeObjects,
        List<String> uncovered,
        List<String> notes,
        String digest) {
    Schema {
        liveTables = List.copyOf(liveTables);
        foreignKeys = List.copyOf(foreignKeys);
        uncovered = List.copyOf(uncovered);
        notes = List.copyOf(notes);
    }

    /// Reads both catalogs.
    ///
    /// @param only the tables that are looked at; empty: all
    static Schema read(Connection copy, Connection live, Set<TableName> only) throws SQLException {
        Catalog copies = new Catalog(copy);
        Catalog lives = new Catalog(live);
        List<Table> left = only(copies.tables(), only);
        List<Table> right = only(lives.tables(), only);
        refuseUnknown(only, left, right);
        Pairing pairing = Pairing.of(left, right);
        long largeObjects = only.isEmpty() ? Math.max(copies.largeObjects(), lives.largeObjects()) : 0;
        return new Schema(
                pairing,
                right,
                lives.foreignKeys(),
                largeObjects,
                lives.uncovered(),
                triggers(right),
                digest(left, right));
    }

    private static List<Table> only(List<Table> tables, Set<TableName> only) {
        return only.isEmpty()
                ? tables
                : tables.stream().filter(table -> only.contains(table.name())).toList();
    }

    private static void refuseUnknown(Set<TableName> only, List<Table> copy, List<Table> live) {
        Set<TableName> unknown = new TreeSet<>(only);
        copy.forEach(table -> unknown.remove(table.name()));
        live.forEach(table -> unknown.remove(table.name()));
        if (!unknown.isEmpty()) {
            throw new Invalid(
                    "LB-423", "tables \"%s\" is not allowed: neither side has such a table".formatted(unknown));
        }
    }

    private static List<String> triggers(List<Table> tables) {
        return tables.stream()
                .filter(table -> !table.triggers().isEmpty())
                .map(table ->
                        "table %s has triggers that a repair would fire: %s. What they write besides is reported, and not undone; not seen are sequences, notifications, files and other databases"
                                .formatted(table.name(), String.join(", ", new TreeSet<>(table.triggers()))))
                .sorted()
                .toList();
    }

    private static String digest(List<Table> copy, List<Table> live) {
        return sha256(describe(copy) + "\n--\n" + describe(live));
    }

    private static String describe(List<Table> tables) {
        return tables.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .map(table -> table.name() + " " + table.columns() + " " + table.uniqueKeys())
                .collect(Collectors.joining("\n"));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }
}
