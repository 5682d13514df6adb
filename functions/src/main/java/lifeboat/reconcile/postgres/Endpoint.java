package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.sql.StoreUnreachable;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

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

    /// A connection whose settings give every value one text only. The driver is asked by its name: whoever asks for
    /// any driver loads every other one as well, and the logging that those bring.
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "lifeboat");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = connect(properties);
        Session.prepare(connection);
        return connection;
    }

    private Connection connect(Properties properties) {
        try {
            @Nullable
            Connection connection =
                    Driver.parseURL(url, properties) == null ? null : new Driver().connect(url, properties);
            if (connection == null) {
                // Said here: the driver would say it with the password.
                throw new SQLException("not a URL that the driver of PostgreSQL understands", "08001");
            }
            return connection;
        } catch (SQLException e) {
            throw new StoreUnreachable(toString(), e);
        }
    }

    /// Without anything secret.
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
}
