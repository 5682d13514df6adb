package lifeboat.failure.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lifeboat.engines.LocalPostgres;
import lifeboat.reconcile.mysql.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves of a failure of a real server.
class SqlFailureTest {
    private static final String SECRET = "4111111111111111";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into cards values (1, '4111111111111111')", // detail: Key (card)=(...) already exists
                "insert into cards values (2, '4111111111111111x')", // detail: Failing row contains (...)
                "select '4111111111111111x'::bigint", // in the message itself
                "do $$ begin raise exception 'card 4111111111111111'; end $$",
                "do $$ begin raise exception 'card 4111111111111111' using errcode = '42501'; end $$",
                "insert into cards values (3, null)",
                "select card::tsquery from (select card || ' &' as card from cards) as odd", // SQLSTATE 42601
                "select ('\"' || card || '\"&')::tsquery from cards",
                "select card::regclass from (select 'x' || card as card from cards) as odd", // SQLSTATE 42P01
                "select card::regtype from (select 'x' || card as card from cards) as odd", // SQLSTATE 42704
                "select ('$ ' || card)::jsonpath from cards", // SQLSTATE 42601
                "select repeat(card, 200)::tsquery from cards" // SQLSTATE 54000
            })
    void neitherTextNorCauseHoldsAValue(String sql) throws SQLException {
        String database = LocalPostgres.newDatabase();
        LocalPostgres.execute(
                database,
                "create table cards (id int primary key, card text unique not null check (card !~ 'x'))",
                "insert into cards values (1, '4111111111111111')");
        try (var connection = LocalPostgres.connect(database);
                var statement = connection.createStatement()) {
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            String logged = trace(SqlFailure.withoutValues(failure));

            assertThat(SqlFailure.text(failure)).startsWith("SQLSTATE ").doesNotContain(SECRET);
            assertThat(logged).contains("SqlFailureTest").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @MethodSource
    void neitherDoesWhatMySqlOrMariaDbSay(Engine engine, String sql) throws SQLException {
        String database = "sayings_" + NUMBER.incrementAndGet();
        engine.run("test", "CREATE DATABASE " + database);
        engine.run(
                database,
                "CREATE TABLE cards (id INT PRIMARY KEY, card VARCHAR(40) UNIQUE, raw JSON, CHECK (card NOT LIKE '%x'))",
                "INSERT INTO cards VALUES (1, '4111111111111111', NULL)",
                "CREATE TRIGGER refuse BEFORE UPDATE ON cards FOR EACH ROW BEGIN DECLARE said TEXT DEFAULT"
                        + " CONCAT('card ', OLD.card); IF NEW.id = 1 THEN SIGNAL SQLSTATE '42000' SET MESSAGE_TEXT = said;"
                        + " ELSE SIGNAL SQLSTATE '42000' SET MESSAGE_TEXT = said, MYSQL_ERRNO = 3100; END IF; END");
        try (var connection = DriverManager.getConnection(engine.url(database, "root"));
                var statement = connection.createStatement()) {
            statement.execute("SET sql_mode = 'STRICT_ALL_TABLES'");
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));

            assertThat(failure.getMessage()).contains("4111111");
            assertThat(SqlFailure.text(failure)).startsWith("SQLSTATE ").doesNotContain("4111111");
            assertThat(trace(SqlFailure.withoutValues(failure))).doesNotContain("4111111");
        }
    }

    static Stream<Arguments> neitherDoesWhatMySqlOrMariaDbSay() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(
                                "INSERT INTO cards VALUES (2, '4111111111111111', NULL)", // Duplicate entry '...'
                                "INSERT INTO cards VALUES ('x4111111111111111', 'a', NULL)", // Incorrect integer value
                                "SELECT card FROM cards WHERE card = 1 4111111111111111", // near '...'
                                "UPDATE cards SET raw = NULL",
                                "UPDATE cards SET id = 5")
                        .map(sql -> Arguments.of(engine, sql)));
    }

    @ParameterizedTest
    @EnumSource
    void namesThatMySqlAndMariaDbSayStay(Engine engine) throws SQLException {
        try (var connection = DriverManager.getConnection(engine.url("test", "root"));
                var statement = connection.createStatement()) {
            assertThat(SqlFailure.text(
                            catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1 FROM nowhere"))))
                    .contains("nowhere");
        }
    }

    @Test
    void namesOfConstraintsAndWordsAboutConnectionsStay() throws SQLException {
        assertThat(SqlFailure.text(new SQLException("password authentication failed for user \"app\"", "28P01")))
                .contains("password authentication failed");
        String database = LocalPostgres.newDatabase();
        LocalPostgres.execute(database, "create table cards (id int primary key)", "insert into cards values (1)");
        try (var connection = LocalPostgres.connect(database);
                var statement = connection.createStatement()) {
            assertThat(SqlFailure.text(catchThrowableOfType(
                            SQLException.class, () -> statement.execute("insert into cards values (1)"))))
                    .isEqualTo("SQLSTATE 23505, constraint \"cards_pkey\", table \"cards\"");
            assertThat(SqlFailure.text(catchThrowableOfType(
                            SQLException.class, () -> statement.execute("select nothing from cards"))))
                    .contains("column \"nothing\" does not exist");
        }
    }

    private static String trace(SQLException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
