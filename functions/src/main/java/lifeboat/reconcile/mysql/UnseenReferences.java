package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lifeboat.reconcile.Refusal;

/// Tables of other databases that refer to this one and that the user of live does not see: deleting or changing a row
/// here would delete or change rows there that no plan names.
///
/// @see <a
/// href="https://dev.mysql.com/doc/refman/8.0/en/information-schema-innodb-foreign-table.html">INNODB_FOREIGN</a>
final class UnseenReferences {
    /// Unknown table of the information schema, in MySQL and in MariaDB.
    private static final int UNKNOWN_TABLE = 1109;

    private static final int UNKNOWN_CHARSET = 1115;
    private final Connection live;

    UnseenReferences(Connection live) {
        this.live = live;
    }

    /// Why it is not sure that all of them are seen.
    Optional<Refusal> refuses() throws SQLException {
        if (Grants.read(live).haveEverywhere("SELECT")) {
            return Optional.empty();
        }
        try {
            Map<String, Long> referring = referring();
            long columns =
                    referring.values().stream().mapToLong(Long::longValue).sum();
            return columns <= seen() ? Optional.empty() : Optional.of(unseen(referring.keySet()));
        } catch (SQLException e) {
            if (!MySqlErrors.isDenied(e)) {
                throw e;
            }
            return Optional.of(
                    new Refusal(
                            "LB-486",
                            "tables of other databases may refer to live, and the user of live would not see them",
                            "GRANT PROCESS ON *.* to the user of live, which lets it count them; it reads nothing more by that"));
        }
    }

    /// Columns that refer to this database, as far as the user sees them.
    private long seen() throws SQLException {
        return Long.parseLong(MySqlEndpoint.one(
                live,
                "SELECT COUNT(*) FROM information_schema.key_column_usage WHERE referenced_table_schema = DATABASE()"));
    }

    private static Refusal unseen(Set<String> referring) {
        return new Refusal(
                "LB-486",
                "not every table that refers to live is seen by its user; there are: %s"
                        .formatted(String.join(", ", referring)),
                "GRANT SELECT on those of other databases to the user of live");
    }

    /// Foreign keys with the tables that have them, as InnoDB itself spells them, and their numbers of columns.
    private Map<String, Long> referring() throws SQLException {
        try {
            return referring("information_schema.innodb_foreign");
        } catch (SQLException e) {
            if (e.getErrorCode() != UNKNOWN_TABLE) {
                throw e;
            }
            return referring("information_schema.innodb_sys_foreign");
        }
    }

    private Map<String, Long> referring(String view) throws SQLException {
        Map<String, Long> referring = new TreeMap<>();
        String sql =
                "SELECT CONCAT(for_name, ' (', id, ')'), n_cols FROM %s WHERE LEFT(ref_name, CHAR_LENGTH(?) + 1) = CONCAT(?, '/')"
                        .formatted(view);
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            String database = database();
            statement.setString(1, database);
            statement.setString(2, database);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    referring.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return referring;
    }

    /// The name of the database as InnoDB spells it: MariaDB has it as that of a folder.
    private String database() throws SQLException {
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery("SELECT CAST(CONVERT(DATABASE() USING filename) AS BINARY)")) {
            row.next();
            return new String(row.getBytes(1), StandardCharsets.UTF_8);
        } catch (SQLException e) {
            if (e.getErrorCode() != UNKNOWN_CHARSET) {
                throw e;
            }
            return MySqlEndpoint.one(live, "SELECT DATABASE()");
        }
    }
}
