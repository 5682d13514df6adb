package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import lifeboat.reconcile.sql.StoreFailed;

/// The only right to repair a live database: an advisory lock in that very database, held by the connection that
/// writes. It ends with the connection, so a repair that died never keeps the next one out.
final class Mutex {
    private static final long KEY = 0x4c696665626f6174L;
    private static final int LONGEST_NAME = 63;
    private static final String NOT_IN_TIME = "55P03";
    private final Connection live;

    Mutex(Connection live) {
        this.live = live;
    }

    /// Says who holds it; empty: now it is ours.
    Optional<String> take(String who) {
        try (PreparedStatement name = live.prepareStatement("SELECT set_config('application_name', ?, false)")) {
            name.setString(1, who.substring(0, Math.min(who.length(), LONGEST_NAME)));
            name.executeQuery().close();
            return taken() ? Optional.empty() : Optional.of(holder());
        } catch (SQLException e) {
            throw new StoreFailed("asking for the right to repair live", e);
        }
    }

    /// Waits a moment: whoever held it may have closed its connection just now, and the server has yet to notice.
    private boolean taken() throws SQLException {
        String usual = Side.one(live, "SELECT current_setting('lock_timeout')");
        try (var statement = live.createStatement()) {
            statement.execute("SET lock_timeout = '2s'");
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(KEY));
            return true;
        } catch (SQLException e) {
            if (!NOT_IN_TIME.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        } finally {
            try (var statement = live.createStatement()) {
                statement.execute("SET lock_timeout = '%s'".formatted(usual));
            }
        }
    }

    private String holder() throws SQLException {
        String query = """
                SELECT coalesce(nullif(a.application_name, ''), 'somebody') || ', connected as '
                  || coalesce(a.usename, 'another user') || ', process ' || l.pid
                FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE
                  datname = current_database()) AND ((l.classid::int8 << 32) | l.objid::int8) = %d""".formatted(KEY);
        try (var statement = live.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "somebody who has just ended";
        }
    }
}
