package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.util.Optional;
import lifeboat.failure.sql.SqlFailure;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// A database that could not be read, in its own words. What depends on it is inconclusive.
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }

    Unreadable(SQLException cause) {
        super(said(cause), SqlFailure.withoutValues(cause));
    }

    /// What the database said, and what helps where that is known.
    public static String said(SQLException cause) {
        return hiddenByPolicy(cause)
                ? ("LB-498 row-level security would hide rows from the user that reads: %s; hint: give that user BYPASSRLS,"
                                + " or the membership of the table's owner where the table is not under FORCE ROW LEVEL SECURITY")
                        .formatted(inOneLine(cause))
                : inOneLine(cause);
    }

    /// The server names the routine in every language alike. With `row_security = off` it refuses what a policy would
    /// filter.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/ddl-rowsecurity.html">Row security policies</a>
    private static boolean hiddenByPolicy(SQLException cause) {
        return cause instanceof PSQLException answer
                && Optional.ofNullable(answer.getServerErrorMessage())
                        .map(ServerErrorMessage::getRoutine)
                        .filter("check_enable_rls"::equals)
                        .isPresent();
    }

    /// The driver says where in the query it went wrong, and what would help, on lines of their own.
    private static String inOneLine(SQLException cause) {
        return SqlFailure.text(cause);
    }
}
