package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.TableOutcome.NotCompared;
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
        Pairing all = Pairing.of(left, right);
        List<NotCompared> others = new ArrayList<>(all.others());
        if (only.isEmpty()) {
            outOfSight(copy, "the copy").ifPresent(others::add);
            outOfSight(live, "live").ifPresent(others::add);
        }
        return new MySqlSchema(
                new Pairing(all.pairs(), others), right, lives.foreignKeys(), lives.notes(only), digest(left, right));
    }

    /// A server does not tell of tables that the user may not see: without a right to all, nobody knows that there are
    /// no others.
    private static Optional<NotCompared> outOfSight(Connection side, String name) throws SQLException {
        Grants grants = Grants.read(side);
        return grants.have("SELECT")
                ? Optional.empty()
                : Optional.of(new NotCompared(
                        TableName.of("(tables out of sight in %s)".formatted(name)),
                        TableOutcome.Why.NOT_PERMITTED,
                        "the user may not SELECT from every table of %s, so there can be more than are listed; hint: %s, or name the tables with --tables"
                                .formatted(name, grants.cure("SELECT"))));
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
