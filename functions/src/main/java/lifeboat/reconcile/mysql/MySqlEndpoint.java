package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.sql.StoreUnreachable;

/// Where a MySQL or MariaDB database is reached.
///
/// @param url `jdbc:mysql://host:port/database` or `jdbc:mariadb:...`, with `user` and `password` as parameters
public record MySqlEndpoint(String url) {
    /// What a URL of MySQL starts with.
    public static final String MYSQL = "jdbc:mysql:";

    /// What a URL of MariaDB starts with.
    public static final String MARIADB = "jdbc:mariadb:";

    public MySqlEndpoint {
        if (!url.startsWith(MYSQL) && !url.startsWith(MARIADB)) {
            throw new Invalid(
                    "LB-429", "endpoint \"%s\" is not allowed: it starts with %s or %s".formatted(url, MYSQL, MARIADB));
        }
    }

    /// Rows that are written together go as statements of their own, without waiting between: MariaDB's statement for
    /// many rows is another one than that for one, and MySQL has none.
    Connection connect() throws SQLException {
        String driverUrl = url.replaceFirst("^" + MYSQL, MARIADB);
        Properties properties = new Properties();
        properties.setProperty("useBulkStmts", "false");
        properties.setProperty("useBulkStmtsForInserts", "false");
        Connection connection = login(driverUrl, properties);
        boolean usable = false;
        try {
            SessionSettings.apply(connection, this);
            usable = true;
            return connection;
        } finally {
            if (!usable) {
                connection.close();
            }
        }
    }

    private Connection login(String driverUrl, Properties properties) {
        try {
            return DriverManager.getConnection(driverUrl, properties);
        } catch (SQLException e) {
            if (!MySqlErrors.needsEncryption(e)) {
                throw new StoreUnreachable(toString(), e);
            }
            Invalid refused = new Invalid(
                    "LB-481",
                    ("endpoint \"%s\" is not allowed without TLS: the server checks this user's password by caching_sha2_password,"
                                    + " which is not sent in the clear; hint: add sslMode=verify-full with serverSslCert=.., or sslMode=trust;"
                                    + " on a network that nobody listens to, allowPublicKeyRetrieval=true")
                            .formatted(this));
            refused.initCause(e);
            throw refused;
        }
    }

    /// Which database it is: the server's own name and port, and the name of the database.
    static StoreIdentity identity(Connection connection) throws SQLException {
        return new StoreIdentity(
                "mysql:" + one(connection, "SELECT CONCAT(@@hostname, ':', @@port, ' ', @@datadir, ' ', DATABASE())"));
    }

    static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /// Without anything secret.
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
}
