package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.StoreFailed;

/// What the user of live must be allowed for a repair and for its undo, and is not.
final class Rights {
    /// All of them: the undo of an insert deletes, and the other way round.
    private static final List<String> TO_WRITE = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private static final List<String> TO_LOOK = List.of("SELECT");

    private final Connection live;
    private final List<ForeignKey> keys;

    Rights(Connection live, List<ForeignKey> keys) {
        this.live = live;
        this.keys = keys;
    }

    /// All of them at once, so that they are granted once.
    ///
    /// @param filled tables that rows come to, or change in
    /// @param inCopy where the copy's sequences stand
    List<String> missing(Set<TableName> tables, Set<TableName> filled, Map<TableName, SequenceState> inCopy) {
        List<String> missing = new ArrayList<>();
        try {
            for (TableName table : new TreeSet<>(tables)) {
                missing.addAll(onTable(table, TO_WRITE));
                if (is("SELECT row_security_active(?::regclass)", Quote.table(table))) {
                    missing.add("BYPASSRLS, for the row security of %s".formatted(table));
                }
            }
            for (ForeignKey key : keys) {
                missing.addAll(onOthers(key, tables));
            }
            missing.addAll(new Sequences(live).missing(filled, inCopy));
        } catch (SQLException e) {
            throw new StoreFailed("asking for the rights to write live", e);
        }
        return missing.stream().distinct().toList();
    }

    /// Tables that are not repaired but looked at, so that nothing of theirs is deleted or changed.
    private List<String> onOthers(ForeignKey key, Set<TableName> tables) throws SQLException {
        List<String> missing = new ArrayList<>();
        if (tables.contains(key.parent()) && key.changesChildren()) {
            missing.addAll(onTable(key.child(), TO_LOOK));
        }
        return missing;
    }

    private List<String> onTable(TableName table, List<String> rights) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String right : rights) {
            if (!is("SELECT has_table_privilege(?::regclass, '%s')".formatted(right), Quote.table(table))) {
                missing.add("%s on %s".formatted(right, table));
            }
        }
        return missing;
    }

    private boolean is(String question, String name) throws SQLException {
        try (PreparedStatement statement = live.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
