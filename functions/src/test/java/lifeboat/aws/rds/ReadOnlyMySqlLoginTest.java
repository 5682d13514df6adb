package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.SqlAccess;
import lifeboat.reconcile.mysql.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users of real servers of MySQL and MariaDB who shall only read.
class ReadOnlyMySqlLoginTest {
    private static final SqlAccess READER =
            new SqlAccess("orders", "techmoda/orders", Optional.of("techmoda/orders-reader"));

    @AfterEach
    void forget() throws SQLException {
        for (Engine engine : Engine.values()) {
            engine.run(
                    "test",
                    "DROP USER IF EXISTS " + reader(engine),
                    "DROP ROLE IF EXISTS writers",
                    "DROP DATABASE IF EXISTS readonly");
        }
    }

    @Test
    void whoCanOnlyReadIsLetIn() throws SQLException {
        create(Engine.MYSQL, "GRANT SHOW VIEW ON readonly.* TO reader", "GRANT PROCESS ON *.* TO reader");
        assertThatCode(() -> prove(Engine.MYSQL)).doesNotThrowAnyException();
    }

    /// A new MariaDB lets everybody write in `test`.
    @Test
    void whatEverybodyMayWriteIsNamedWithItsPlace() throws SQLException {
        List<String> everybody = Engine.MARIADB.column("test", "SHOW GRANTS FOR PUBLIC");
        create(Engine.MARIADB, "GRANT SHOW VIEW ON readonly.* TO reader", "GRANT PROCESS ON *.* TO reader");
        assertThatThrownBy(() -> prove(Engine.MARIADB)).hasMessageContaining("INSERT ON `test`.* TO PUBLIC");
        for (String grant : everybody) {
            Engine.MARIADB.run("test", grant.replaceFirst("^GRANT", "REVOKE").replaceFirst(" TO ", " FROM "));
        }
        try {
            assertThatCode(() -> prove(Engine.MARIADB)).doesNotThrowAnyException();
        } finally {
            Engine.MARIADB.run("test", everybody.toArray(String[]::new));
        }
    }

    /// What is revoked of all databases for one of them stands among the grants.
    @Test
    void whoMayNotReadEverythingIsLetIn() throws Exception {
        Engine.MYSQL.under("partial_revokes", "ON", () -> {
            create(Engine.MYSQL, "GRANT SELECT ON *.* TO reader", "REVOKE SELECT ON mysql.* FROM reader");
            assertThatCode(() -> prove(Engine.MYSQL)).doesNotThrowAnyException();
            forget();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MARIADB | GRANT SELECT, INSERT ON readonly.* TO reader              | INSERT
            MYSQL   | GRANT SELECT, INSERT ON readonly.* TO reader              | INSERT
            MARIADB | GRANT SELECT (v), UPDATE (id, v) ON readonly.t TO reader  | UPDATE
            MYSQL   | GRANT SELECT (v), UPDATE (id, v) ON readonly.t TO reader  | UPDATE
            MARIADB | GRANT EXECUTE ON readonly.* TO reader                     | EXECUTE
            MYSQL   | GRANT EXECUTE ON readonly.* TO reader                     | EXECUTE
            MARIADB | GRANT ALL ON readonly.* TO reader                         | ALL PRIVILEGES
            MYSQL   | GRANT ALL ON readonly.* TO reader                         | ALL PRIVILEGES
            MARIADB | GRANT writers TO reader                               | writers
            MYSQL   | GRANT writers TO reader                               | writers
            MYSQL   | GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO reader         | SYSTEM_VARIABLES_ADMIN
            """)
    void whoCanWriteInAnyWayIsRefused(Engine engine, String grant, String what) throws SQLException {
        engine.run("test", "CREATE ROLE writers");
        create(engine, grant);
        assertThatThrownBy(() -> prove(engine))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("LB-314")
                .hasMessageContaining("techmoda/orders-reader")
                .hasMessageContaining(what);
    }

    private static void prove(Engine engine) {
        ReadOnlyLogin.prove(engine.url("readonly", "reader"), READER);
    }

    private static void create(Engine engine, String... grants) throws SQLException {
        engine.run(
                "test",
                "CREATE DATABASE readonly",
                "CREATE TABLE readonly.t (id INT PRIMARY KEY, v TEXT)",
                "CREATE USER " + reader(engine),
                "GRANT SELECT ON readonly.* TO " + reader(engine));
        for (String grant : grants) {
            engine.run("readonly", grant.replace("reader", reader(engine)));
        }
    }

    /// The host as either server calls its own machine.
    private static String reader(Engine engine) {
        return "reader@'%s'".formatted(engine == Engine.MYSQL ? "127.0.0.1" : "localhost");
    }
}
