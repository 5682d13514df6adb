package lifeboat.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a database said when a statement failed, fit for logs, e-mails and the history of a state machine.
///
/// A message about a value that does not fit holds that value, and a message of a trigger may hold anything. So the
/// message stays only where its class of SQLSTATE speaks of no rows: connections, logins, names, syntax, locks,
/// resources. Elsewhere the state, the vendor's number and the names that the server gives remain.
///
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes of PostgreSQL</a>
public final class SqlFailure {
    private static final Set<String> ABOUT_NO_ROWS = Set.of(
            "08", "0A", "25", "26", "28", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "70", "F0", "XX");

    /// `SIGNAL` in a trigger of MySQL or MariaDB: whatever it likes to say.
    private static final int SIGNALLED = 1644;

    private static final String DIVISION_BY_ZERO = "22012";

    private SqlFailure() {}

    /// In one line.
    public static String text(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return message(cause, state)
                .map(message -> message.strip().replaceAll("\\s*\\R\\s*", "; "))
                .orElseGet(() -> "SQLSTATE %s%s%s"
                        .formatted(
                                state,
                                cause.getErrorCode() == 0 ? "" : ", error " + cause.getErrorCode(),
                                names(cause).map(", "::concat).orElse("")));
    }

    /// The message; empty where it may hold a value. A routine can raise any state, so what one says never stays.
    private static Optional<String> message(SQLException cause, String state) {
        if (state.length() != 5
                || !(ABOUT_NO_ROWS.contains(state.substring(0, 2)) || state.equals(DIVISION_BY_ZERO))
                || cause.getErrorCode() == SIGNALLED) {
            return Optional.empty();
        }
        return cause instanceof PSQLException answer && answer.getServerErrorMessage() != null
                ? Optional.of(answer.getServerErrorMessage())
                        .filter(said -> said.getWhere() == null)
                        .map(ServerErrorMessage::getMessage)
                : Optional.ofNullable(cause.getMessage());
    }

    /// The same failure as a cause that can be logged: where it happened, and nothing of what rows hold.
    public static SQLException withoutValues(SQLException cause) {
        SQLException clean = new SQLException(text(cause), cause.getSQLState(), cause.getErrorCode());
        clean.setStackTrace(cause.getStackTrace());
        return clean;
    }

    private static Optional<String> names(SQLException cause) {
        return cause instanceof PSQLException answer
                ? Optional.ofNullable(answer.getServerErrorMessage())
                        .map(SqlFailure::names)
                        .filter(names -> !names.isEmpty())
                : Optional.empty();
    }

    private static String names(ServerErrorMessage said) {
        return Stream.of(
                        named("constraint", said.getConstraint()),
                        named("table", said.getTable()),
                        named("column", said.getColumn()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(String what, @org.jspecify.annotations.Nullable String name) {
        return Optional.ofNullable(name).map(text -> "%s \"%s\"".formatted(what, text));
    }
}
