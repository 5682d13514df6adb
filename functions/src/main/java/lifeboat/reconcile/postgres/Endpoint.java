package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import lifeboat.catalog.Invalid;

/// Where a PostgreSQL database is reached.
///
/// @param url `jdbc:postgresql://host:port/database`, with `user` and `password` as parameters where needed
public record Endpoint(String url) {
    /// What a URL of such an endpoint starts with.
    public static final String SCHEME = "jdbc:postgresql:";

    public Endpoint {
        if (!url.startsWith(SCHEME)) {
            throw new Invalid("LB-406", "endpoint \"%s\" is not allowed: it starts with %s".formatted(url, SCHEME));
        }
    }

    /// A connection whose settings give every value one text only.
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "lifeboat");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(url, properties);
        Session.prepare(connection);
        return connection;
    }

    /// Without anything secret.
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
}
