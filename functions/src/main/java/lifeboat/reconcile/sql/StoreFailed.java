package lifeboat.reconcile.sql;

import java.sql.SQLException;
import lifeboat.failure.sql.SqlFailure;

/// A database could not be reached or refused a statement that it should take; what was begun is rolled back.
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String state;

    /// A failure and what was being done.
    ///
    /// @param doing what was being done, as a person reads it
    public StoreFailed(String doing, SQLException cause) {
        super("%s: %s".formatted(doing, SqlFailure.text(cause)), SqlFailure.withoutValues(cause));
        this.state = String.valueOf(cause.getSQLState());
    }

    /// Whether the connection is gone, or the server ended it.
    public static boolean isLost(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03") || state.equals("25P04");
    }

    /// The SQLSTATE of the cause.
    public String state() {
        return state;
    }
}
