package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Values that are too long for a statement: they go to the server in portions and wait in variables of the session. So
/// a row is written whose values each fit a packet of the server, though the row does not, or not in digits.
final class LongValues implements AutoCloseable {
    /// A value of fewer digits goes with its statement.
    private static final int SHORT = 1_000;

    private static final int PORTION = 1 << 20;

    private static final String BYTES = "UNHEX(?)";
    private final Connection live;
    private final int portion;
    private final List<String> names = new ArrayList<>();

    LongValues(Connection live) throws SQLException {
        this.live = live;
        this.portion = (int) Math.min(PORTION, most(live) / 8 * 2);
    }

    /// Bytes of one value, and of one statement, that the server takes.
    static long most(Connection live) throws SQLException {
        return Long.parseLong(MySqlEndpoint.one(live, "SELECT @@max_allowed_packet"));
    }

    /// Whether a value goes by a variable.
    boolean takes(String part, String parameter) {
        return part.length() > SHORT && parameter.contains(BYTES);
    }

    /// Sends a value.
    ///
    /// @param digits its bytes in hexadecimal
    /// @param parameter what would take the digits
    /// @return what takes the variable instead
    String put(String digits, String parameter) throws SQLException {
        String name = "@lifeboat_" + names.size();
        names.add(name);
        append("SET %s = UNHEX(?)".formatted(name), digits.substring(0, Math.min(portion, digits.length())));
        for (int at = portion; at < digits.length(); at += portion) {
            append(
                    "SET %1$s = CONCAT(%1$s, UNHEX(?))".formatted(name),
                    digits.substring(at, Math.min(at + portion, digits.length())));
        }
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery("SELECT LENGTH(%s)".formatted(name))) {
            row.next();
            if (row.getLong(1) != digits.length() / 2) {
                throw new SQLException(
                        "live does not take a value of %d bytes".formatted(digits.length() / 2),
                        "22001",
                        MySqlErrors.PACKET_TOO_LARGE);
            }
        }
        return parameter.replace(BYTES, name);
    }

    private void append(String sql, String digits) throws SQLException {
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            statement.setString(1, digits);
            statement.execute();
        }
    }

    /// Frees the server's memory.
    @Override
    public void close() throws SQLException {
        try (Statement statement = live.createStatement()) {
            for (String name : names) {
                statement.execute("SET %s = NULL".formatted(name));
            }
        }
    }
}
