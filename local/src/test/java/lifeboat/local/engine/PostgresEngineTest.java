package lifeboat.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One server, written to at known times, and what its restored copies hold.
class PostgresEngineTest {
    private static Scratch scratch;
    private static PostgresEngine engine;
    private static PostgresServer source;
    private static BaseBackup backup;
    private static Instant afterFirst;
    private static Instant firstCommit;

    @BeforeAll
    static void writeBackUpAndWriteAgain() throws SQLException {
        scratch = Scratch.create();
        engine = new PostgresEngine(PostgresBinaries.in(EngineCache.folder()), scratch.folder());
        source = engine.create("source");
        run(source, "create table orders (id int primary key, at timestamptz default clock_timestamp())");
        run(source, "create role shop login password 'secret'");
        run(source, "grant all on orders to shop");
        run(source, "insert into orders select g from generate_series(1, 1000) g");
        backup = source.backup("daily");
        run(source, "insert into orders values (2001)");
        firstCommit = instant(source, "select at from orders where id = 2001");
        afterFirst = instant(source, "select clock_timestamp()");
        run(source, "insert into orders values (2002)");
        run(source, "delete from orders where id <= 500");
        source.shipLog();
    }

    @AfterAll
    static void bury() {
        scratch.close();
        assertThat(Files.exists(scratch.folder())).isFalse();
    }

    @Test
    void aPointInTimeHoldsExactlyWhatWasCommittedByThen() throws SQLException {
        try (PostgresServer copy = engine.restore(backup, afterFirst, "copy-pitr")) {
            assertThat(number(copy, "select count(*) from orders")).isEqualTo(1001);
            assertThat(number(copy, "select max(id) from orders")).isEqualTo(2001);
            assertThat(copy.log().lastReplayedTransaction())
                    .hasValueSatisfying(time -> assertThat(time).isBetween(firstCommit, afterFirst));
        }
    }

    @Test
    void aRecoveryPointHoldsNothingWrittenAfterIt() throws SQLException {
        try (PostgresServer copy = engine.restore(backup, backup.consistentAt(), "copy-point")) {
            assertThat(number(copy, "select count(*) from orders")).isEqualTo(1000);
        }
    }

    @Test
    void aCopyCanBeWrittenToAndKnowsThePasswordsOfItsSource() throws SQLException {
        try (PostgresServer copy = engine.restore(backup, backup.consistentAt(), "copy-writable")) {
            try (Connection shop = DriverManager.getConnection(copy.url("postgres"), "shop", "secret");
                    Statement statement = shop.createStatement()) {
                assertThat(statement.executeUpdate("delete from orders")).isEqualTo(1000);
            }
            assertThatThrownBy(() -> DriverManager.getConnection(copy.url("postgres"), "shop", "wrong"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(number(source, "select count(*) from orders")).isEqualTo(502);
    }

    @Test
    void aTimeThatTheLogDoesNotReachIsAFailureNotAShorterRestore() {
        assertThatThrownBy(() -> engine.restore(backup, Instant.now().plusSeconds(3600), "copy-future"))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("recovery ended before configured recovery target was reached");
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Instant instant(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
