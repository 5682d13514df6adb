package lifeboat.reconcile.mysql;

import java.sql.SQLException;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;

/// What an error of the server means for the work at hand.
///
/// @see <a href="https://mariadb.com/kb/en/mariadb-error-codes/">Error codes</a>
final class MySqlErrors {
    /// Database, table, column, routine, and any other privilege.
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

    /// What a server answers when it rolled a transaction back that stood in the way of another.
    static final int DEADLOCK = 1213;

    /// That, lock wait timeout, record changed since the snapshot.
    private static final Set<Integer> BUSY = Set.of(DEADLOCK, 1205, 1020);

    /// Shutting down, connection killed, query killed, disk full, table full, read-only.
    private static final Set<Integer> ENDED = Set.of(1053, 1927, 1317, 1021, 1114, 1290, 1792, 1836);

    /// What a server answers to a statement beyond its packets.
    static final int PACKET_TOO_LARGE = 1153;

    /// That, a row that its page or its log cannot hold.
    private static final Set<Integer> TOO_LARGE = Set.of(PACKET_TOO_LARGE, 1118, 1301, 1534, 1799);

    private MySqlErrors() {}

    /// The user misses a right.
    static boolean isDenied(SQLException e) {
        return DENIED.contains(e.getErrorCode());
    }

    /// Another transaction is in the way: the same can be tried again.
    static boolean isBusy(SQLException e) {
        return BUSY.contains(e.getErrorCode());
    }

    /// The server does not take values as large.
    static boolean isTooLarge(SQLException e) {
        return TOO_LARGE.contains(e.getErrorCode());
    }

    /// Why a row was left alone that the server refused, or somebody held.
    static Why why(SQLException e) {
        if (isBusy(e)) {
            return Why.LOCKED;
        }
        return isTooLarge(e) ? Why.TOO_LARGE : Why.REFUSED_BY_CONSTRAINT;
    }

    /// The password would have to be sent in the clear. Only the text of the driver tells.
    static boolean needsEncryption(SQLException e) {
        return String.valueOf(e.getMessage()).contains("RSA public key is not available");
    }

    /// The connection is gone.
    static boolean isLost(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("08");
    }

    /// No other row would fare better.
    static boolean isFatal(SQLException e) {
        return isLost(e) || isDenied(e) || ENDED.contains(e.getErrorCode());
    }
}
