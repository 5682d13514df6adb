package lifeboat.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import lifeboat.engines.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves of a failure of a real server.
class SqlFailureTest {
    private static final String SECRET = "4111111111111111";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into cards values (1, '4111111111111111')", // detail: Key (card)=(...) already exists
                "insert into cards values (2, '4111111111111111x')", // detail: Failing row contains (...)
                "select '4111111111111111x'::bigint", // in the message itself
                "do $$ begin raise exception 'card 4111111111111111'; end $$",
                "do $$ begin raise exception 'card 4111111111111111' using errcode = '42501'; end $$",
                "insert into cards values (3, null)"
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
            StringWriter logged = new StringWriter();
            SqlFailure.withoutValues(failure).printStackTrace(new PrintWriter(logged));

            assertThat(SqlFailure.text(failure)).startsWith("SQLSTATE ").doesNotContain(SECRET);
            assertThat(logged.toString()).contains("SqlFailureTest").doesNotContain(SECRET);
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
}
