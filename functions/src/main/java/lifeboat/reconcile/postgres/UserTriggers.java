package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import lifeboat.reconcile.TableName;

/// Switches the user triggers of tables off inside a transaction, and on again before it ends.
///
/// Only user triggers: foreign keys and constraints that are judged late are triggers too, and stay on. Nobody else
/// writes to such a table meanwhile, so that no other write misses a trigger; and a transaction that dies leaves every
/// trigger as it was. A table without triggers is left alone.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE</a>
final class UserTriggers {
    /// Whoever wants to write queues behind the one who waits for the table.
    private static final String LONGEST_WAIT = "2s";

    /// Those that fire on an ordinary write. A partition's triggers that come from its parent are internal up to
    /// release 14; those of constraints are of no user.
    private static final String FIRING = """
            SELECT g.tgname FROM pg_trigger g WHERE g.tgrelid = ?::regclass AND g.tgenabled IN ('O', 'A') AND\s""" + Catalog.BY_A_USER + " ORDER BY 1";

    private final Connection live;

    UserTriggers(Connection live) {
        this.live = live;
    }

    /// Switches them off.
    ///
    /// @return the statements that switch them on again, once no constraint waits for its check any more
    List<String> off(Collection<TableName> tables) throws SQLException {
        List<String> back = new ArrayList<>();
        for (TableName table : new TreeSet<>(tables)) {
            List<String> triggers = firing(table);
            if (!triggers.isEmpty()) {
                alter(table, "DISABLE", triggers);
                back.add(statement(table, "ENABLE", triggers));
                refuseFiring(table);
            }
        }
        return back;
    }

    private void alter(TableName table, String how, List<String> triggers) throws SQLException {
        try {
            execute("SET LOCAL lock_timeout = '%s'".formatted(LONGEST_WAIT));
            execute(statement(table, how, triggers));
            execute("SET LOCAL lock_timeout = '%s'".formatted(Writing.LONGEST_WAIT));
        } catch (SQLException e) {
            throw Transactions.isBusy(e) ? new TableHeld(table, e) : e;
        }
    }

    private static String statement(TableName table, String how, List<String> triggers) {
        List<String> actions = triggers.stream()
                .map(trigger -> "%s TRIGGER %s".formatted(how, Quote.name(trigger)))
                .toList();
        return "ALTER TABLE ONLY %s %s".formatted(Quote.table(table), String.join(", ", actions));
    }

    private void refuseFiring(TableName table) throws SQLException {
        List<String> firing = firing(table);
        if (!firing.isEmpty()) {
            throw new SQLException(
                    "triggers of %s still fire: %s".formatted(table, String.join(", ", firing)), "42501");
        }
    }

    private List<String> firing(TableName table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = live.prepareStatement(FIRING)) {
            statement.setString(1, Quote.table(table));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }
}
