package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What the user may do by what the server says of its grants. A right that comes by a role which the server does not
/// spell out counts as missing.
///
/// @param database the one that is connected to
/// @param grants as `SHOW GRANTS` tells them
/// @see <a href="https://mariadb.com/kb/en/show-grants/">SHOW GRANTS</a>
record Grants(String database, List<String> grants) {
    /// A server that was started without its grant tables: everyone may do everything.
    private static final int WITHOUT_GRANTS = 1290;

    Grants {
        grants = List.copyOf(grants);
    }

    static Grants read(Connection connection) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GRANTS")) {
            while (row.next()) {
                grants.add(row.getString(1).replace("\\", ""));
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != WITHOUT_GRANTS) {
                throw e;
            }
            grants.add("GRANT ALL PRIVILEGES ON *.* TO everyone");
        }
        return new Grants(MySqlEndpoint.one(connection, "SELECT DATABASE()"), grants);
    }

    /// Whether a right holds for the whole database.
    boolean have(String right) {
        return grants.stream()
                .filter(grant -> grant.startsWith("GRANT ALL PRIVILEGES ")
                        || grant.matches("GRANT ([A-Z ]+, )*%s[, ].*".formatted(right)))
                .anyMatch(grant ->
                        grant.contains(" ON *.* ") || grant.contains(" ON %s.* ".formatted(RowText.name(database))));
    }
}
