package lifeboat.aws.rds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.SqlAccess;
import lifeboat.reconcile.sql.StoreFailed;

/// Proves of a user who shall only read that it cannot write, each time it logs in.
///
/// What a function or view with the rights of its owner would write for it cannot be seen.
final class ReadOnlyLogin {
    /// What a user of MySQL or MariaDB may have who can write no row. A role may hold anything, so it counts as
    /// more.
    private static final Set<String> HARMLESS =
            Set.of("USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS", "REPLICATION CLIENT", "BINLOG MONITOR");

    private static final String WRITABLE_IN_POSTGRES = """
            select case when (select rolsuper from pg_roles where rolname = current_user) then 'everything, as superuser' else (
              select 'table ' || c.oid::regclass
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
                and (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                  or has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
              order by 1 limit 1) end""";

    private ReadOnlyLogin() {}

    /// Logs in for a moment and looks; nothing where no user of its own was given.
    ///
    /// @throws Invalid where the user could write
    static void prove(String url, SqlAccess access) {
        if (access.readCredentials().isPresent()) {
            try (var connection = DriverManager.getConnection(url)) {
                refuse(connection, access);
            } catch (SQLException e) {
                throw new StoreFailed("logging in with the secret \"%s\"".formatted(access.readingCredentials()), e);
            }
        }
    }

    /// The same of a connection that is there; closed where it is refused.
    static Connection proven(Connection connection, SqlAccess access) throws SQLException {
        try {
            if (access.readCredentials().isPresent()) {
                refuse(connection, access);
            }
            return connection;
        } catch (SQLException | Invalid e) {
            connection.close();
            throw e;
        }
    }

    private static void refuse(Connection connection, SqlAccess access) throws SQLException {
        Optional<String> writable =
                connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")
                        ? first(connection, WRITABLE_IN_POSTGRES)
                        : grantOf(connection);
        if (writable.isPresent()) {
            throw new Invalid(
                    "LB-314",
                    "readCredentials \"%s\": its user can write: %s. hint: leave it nothing but the right to read, or leave readCredentials out"
                            .formatted(access.readingCredentials(), writable.get()));
        }
    }

    private static Optional<String> first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    private static Optional<String> grantOf(Connection connection) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show grants")) {
            while (row.next()) {
                grants.add(row.getString(1));
            }
        }
        return grants.stream().flatMap(grant -> moreThanReading(grant).stream()).findFirst();
    }

    /// `GRANT SELECT, INSERT (a) ON ...`: what it gives beyond reading, where, and to whom: it may be everybody.
    private static Optional<String> moreThanReading(String withSecret) {
        String grant = withSecret.replaceFirst("(?i) IDENTIFIED .*$", "");
        int on = grant.indexOf(" ON ");
        if (on < 0) {
            return Optional.of(grant);
        }
        return Arrays.stream(grant.substring("GRANT ".length(), on).split(",(?![^(]*\\))", -1))
                .map(privilege -> privilege.replaceFirst("\\(.*$", "").strip())
                .filter(privilege -> !HARMLESS.contains(privilege))
                .findFirst()
                .map(privilege -> privilege + grant.substring(on));
    }
}
