package lifeboat.aws.rds;

import java.sql.Connection;
import java.sql.SQLException;
import lifeboat.catalog.Resource.RdsInstance;
import lifeboat.lab.LabDatabases;
import lifeboat.reconcile.sql.StoreFailed;

/// A hundred orders in each PostgreSQL database of the lab. One transaction makes the table and fills it, so a
/// table that is there is never written to, whoever made it.
public final class LabOrders implements LabDatabases {
    private static final String TABLE = """
            create table orders (
                id bigint primary key, customer text not null, total numeric(12, 2) not null check (total >= 0),
                updated_at timestamptz not null default now())""";
    private static final String ROWS = """
            insert into orders (id, customer, total)
            select number, 'Customer ' || number, number * 10 from generate_series(1, 100) number""";

    private final RdsDatabases databases;

    /// @param databases where the lab's databases are reached
    public LabOrders(RdsDatabases databases) {
        this.databases = databases;
    }

    @Override
    public int seed(RdsInstance database) {
        try (var connection = databases.writable(database)) {
            return isThere(connection) ? 0 : fill(connection);
        } catch (SQLException e) {
            throw new StoreFailed("filling the lab's database \"%s\"".formatted(database.instance()), e);
        }
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select to_regclass('orders') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(TABLE);
            var filled = statement.executeUpdate(ROWS);
            connection.commit();
            return filled;
        }
    }
}
