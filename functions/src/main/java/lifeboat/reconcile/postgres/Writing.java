package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Settings of the connections of a repair: few rows by their key, so the index; nobody is waited for without end.
final class Writing {
    private Writing() {}

    private static final String SETTINGS = """
            SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET lock_timeout = '10s';
            SET idle_in_transaction_session_timeout = '5min'; SET plan_cache_mode = 'force_custom_plan'""";

    /// Sets a connection up.
    ///
    /// @param readOnly the copy: nothing is ever written there, and its rows can be streamed
    static void prepare(Connection connection, boolean readOnly) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            if (readOnly) {
                statement.execute("SET idle_in_transaction_session_timeout = 0");
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
            }
        }
    }
}
