package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.sql.StoreFailed;
import org.jspecify.annotations.Nullable;

/// Names transactions by their number, and says of a named one how it ended.
///
/// A number means nothing on another server: one that was restored, or that another was promoted for, gives the same
/// numbers to other transactions. So a name also holds which cluster it is, its timeline, the start of the very process
/// that gave the number, and the database. After a restart it is no longer known how a transaction ended: the same
/// cluster could have been put back to an earlier state meanwhile.
///
/// @see <a href="https://www.postgresql.org/docs/current/functions-info.html">pg_xact_status</a>
final class TransactionNames {
    private static final String SERVER = """
            SELECT 'postgresql ' || (SELECT system_identifier FROM pg_control_system()) || ' timeline '
              || (SELECT timeline_id FROM pg_control_checkpoint()) || ' since '
              || extract(epoch FROM pg_postmaster_start_time()) || ' database '
              || (SELECT oid FROM pg_database WHERE datname = current_database()) || ' transaction '""";

    /// It is said to lie in the future: not one of this server's.
    private static final String NOT_YET = "22023";

    private final Connection live;
    private @Nullable String server;

    TransactionNames(Connection live) {
        this.live = live;
    }

    /// The current transaction, which becomes one that may write by that.
    TransactionName current() throws SQLException {
        if (server == null) {
            server = Side.one(live, SERVER);
        }
        return new TransactionName(server + Side.one(live, "SELECT pg_current_xact_id()::text"));
    }

    /// How a transaction ended. It changes nothing.
    Fate fate(TransactionName transaction) {
        try {
            String here = Side.one(live, SERVER);
            String number = transaction
                    .value()
                    .substring(Math.min(here.length(), transaction.value().length()));
            return transaction.value().startsWith(here) && number.matches("[1-9][0-9]{0,18}")
                    ? status(number)
                    : Fate.UNKNOWN;
        } catch (SQLException e) {
            throw new StoreFailed("asking live how transaction %s ended".formatted(transaction), e);
        }
    }

    private Fate status(String number) throws SQLException {
        try (PreparedStatement statement = live.prepareStatement("SELECT pg_xact_status(?::xid8)")) {
            statement.setString(1, number);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return fate(row.getString(1));
            }
        } catch (SQLException e) {
            if (NOT_YET.equals(e.getSQLState())) {
                return Fate.UNKNOWN;
            }
            throw e;
        }
    }

    /// @param status null where it is so long ago that the server has forgotten it
    private static Fate fate(@Nullable String status) {
        if (status == null) {
            return Fate.UNKNOWN;
        }
        return switch (status) {
            case "committed" -> Fate.COMMITTED;
            case "aborted" -> Fate.ROLLED_BACK;
            default -> Fate.UNKNOWN;
        };
    }
}
