package lifeboat.failure.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.failure.Failure;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a database said when a statement failed, fit for logs, e-mails and the history of a state machine.
///
/// A message about a value that does not fit holds that value, and a message of a trigger may hold anything. So the
/// message stays only where it speaks of no rows: connections, logins, names, syntax, locks, resources. Elsewhere the
/// state, the vendor's number and the names that the server gives remain.
///
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes of PostgreSQL</a>
/// @see <a href="https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html">Errors of MySQL</a>
public final class SqlFailure {
    private static final Set<String> ABOUT_NO_ROWS = Set.of(
            "08", "0A", "25", "26", "28", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "70", "F0", "XX");

    /// Of these, classes that PostgreSQL also gives to a value that it cannot read at run time: `'4111 &'::tsquery` is
    /// a syntax error, `'4111'::regclass` a table that does not exist.
    private static final Set<String> ABOUT_VALUES_TOO = Set.of("0A", "3D", "3F", "42", "54", "XX");

    /// Division by zero; a right that is missing; files that are damaged.
    private static final Set<String> NEVER_ABOUT_A_VALUE = Set.of("22012", "42501", "XX001", "XX002");

    /// Where MySQL has no state for an error.
    private static final String GENERAL = "HY000";

    /// Numbers of MySQL and MariaDB whose texts hold names, limits and settings. `SIGNAL` in a trigger may say anything
    /// and has another number, as has the text of a statement that could not be understood.
    private static final Set<Integer> NAMES_AND_LIMITS = Set.of(
            1020, 1021, 1040, 1042, 1043, 1044, 1045, 1046, 1049, 1053, 1054, 1072, 1091, 1109, 1114, 1118, 1130, 1142,
            1143, 1146, 1153, 1158, 1159, 1160, 1161, 1176, 1193, 1203, 1205, 1206, 1213, 1226, 1227, 1231, 1235, 1238,
            1251, 1290, 1301, 1305, 1317, 1356, 1370, 1419, 1449, 1461, 1534, 1698, 1792, 1799, 1836, 1927, 1969, 3024,
            3159, 4031);

    private SqlFailure() {}

    /// In one line.
    public static String text(SQLException cause) {
        return message(cause)
                .map(message -> message.strip().replaceAll("\\s*\\R\\s*", "; "))
                .orElseGet(() -> "SQLSTATE %s%s%s"
                        .formatted(
                                cause.getSQLState(),
                                cause.getErrorCode() == 0 ? "" : ", error " + cause.getErrorCode(),
                                names(cause).map(", "::concat).orElse("")));
    }

    /// The same of any failure; empty where no database failed.
    public static Optional<String> said(Throwable failure) {
        return failure instanceof SQLException cause ? Optional.of(text(cause)) : Optional.empty();
    }

    /// The same failure as a cause that can be logged: where it happened, and nothing of what rows hold.
    public static SQLException withoutValues(SQLException cause) {
        SQLException clean = new WithoutValues(text(cause), cause.getSQLState(), cause.getErrorCode());
        clean.setStackTrace(cause.getStackTrace());
        return clean;
    }

    /// Its message is what may be said.
    private static final class WithoutValues extends SQLException {
        private static final long serialVersionUID = 1L;

        WithoutValues(String message, @org.jspecify.annotations.Nullable String state, int number) {
            super(message, state, number);
        }
    }

    /// The message; empty where it may hold a value. A routine can raise any state, so what one says never stays.
    private static Optional<String> message(SQLException cause) {
        if (cause instanceof WithoutValues || Failure.isOurs(cause)) {
            return Optional.ofNullable(cause.getMessage());
        }
        String state = String.valueOf(cause.getSQLState());
        boolean aboutNoRows = (state.length() == 5 && ABOUT_NO_ROWS.contains(state.substring(0, 2)))
                || (state.equals(GENERAL) && NAMES_AND_LIMITS.contains(cause.getErrorCode()));
        if (!aboutNoRows && !NEVER_ABOUT_A_VALUE.contains(state)) {
            return Optional.empty();
        }
        if (cause instanceof PSQLException answer && answer.getServerErrorMessage() != null) {
            return Optional.of(answer.getServerErrorMessage())
                    .filter(said -> said.getWhere() == null && isAboutTheStatement(state, said))
                    .map(ServerErrorMessage::getMessage);
        }
        return Optional.ofNullable(cause.getMessage())
                .filter(_ -> cause.getErrorCode() <= 0 || NAMES_AND_LIMITS.contains(cause.getErrorCode()));
    }

    /// Only what is found before a statement runs has a place in it. What a session ends with speaks of the session.
    private static boolean isAboutTheStatement(String state, ServerErrorMessage said) {
        return !ABOUT_VALUES_TOO.contains(state.substring(0, 2))
                || NEVER_ABOUT_A_VALUE.contains(state)
                || said.getPosition() > 0
                || "FATAL".equals(said.getSeverity())
                || String.valueOf(said.getMessage()).codePoints().noneMatch(SqlFailure::quotes);
    }

    /// In any language that a server may speak.
    private static boolean quotes(int character) {
        int type = Character.getType(character);
        return character == '"'
                || character == '\''
                || character == '`'
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || (type == Character.START_PUNCTUATION && "([{".indexOf(character) < 0);
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
