package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Settings under which a value has one text only, the same on both sides.
final class Session {
    private Session() {}

    /// `row_security = off` turns rows that a policy would hide into an error.
    private static final String SETTINGS = """
            SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 3;
            SET bytea_output = 'hex'; SET xmloption = 'content'; SET lc_monetary = 'C'; SET search_path = 'pg_catalog';
            SET row_security = off; SET standard_conforming_strings = on; SET quote_all_identifiers = off;
            SET array_nulls = on; SET statement_timeout = 0; SET lock_timeout = '30s';
            SET idle_in_transaction_session_timeout = 0; SET idle_session_timeout = 0;
            SET max_parallel_workers_per_gather = 0; SET work_mem = '64MB'; SET jit = off""";

    /// The first release that can end a transaction for its age.
    private static final int TRANSACTION_TIMEOUT = 17;

    /// Inside a transaction: names are looked up as triggers and defaults expect.
    static final String AS_THE_OWNER_MEANT = "SET LOCAL search_path TO DEFAULT";

    /// Inside a transaction: names are looked up, and shown, in one way only.
    static final String UNAMBIGUOUS = "SET LOCAL search_path TO 'pg_catalog'";

    static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            if (connection.getMetaData().getDatabaseMajorVersion() >= TRANSACTION_TIMEOUT) {
                statement.execute("SET transaction_timeout = 0");
            }
        }
    }
}
