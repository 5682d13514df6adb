package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Settings of the connections of a repair: few rows by their key, so the index; nobody is waited for without end; what
/// was committed stays so.
final class Writing {
    /// How long one waits for a row that somebody holds.
    static final String LONGEST_WAIT = "10s";

    private Writing() {}

    private static final String SETTINGS = """
            SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET lock_timeout = '%s';
            SET idle_in_transaction_session_timeout = '5min'; SET plan_cache_mode = 'force_custom_plan'; SET synchronous_commit = on""".formatted(LONGEST_WAIT);

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
