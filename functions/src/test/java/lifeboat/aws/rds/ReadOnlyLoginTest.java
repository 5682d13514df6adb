package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users of a real server who shall only read.
class ReadOnlyLoginTest {
    private static final SqlAccess READER =
            new SqlAccess("orders", "techmoda/orders", Optional.of("techmoda/orders-reader"));
    private final String database = LocalPostgres.newDatabase();

    @Test
    void whoCanOnlyReadIsLetIn() {
        LocalPostgres.execute(
                database,
                "create table t (id int, v text)",
                "create role only_reads login",
                "grant select on t to only_reads");
        try {
            assertThatCode(() -> ReadOnlyLogin.prove(url("only_reads"), READER)).doesNotThrowAnyException();
        } finally {
            LocalPostgres.execute(database, "drop owned by only_reads", "drop role only_reads");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grant insert on t to can_write, table t",
        "grant update (v) on t to can_write, table t",
        "grant truncate on t to can_write, table t",
        "grant delete on t to public, table t",
        "grant pg_write_all_data to can_write, table t",
        "alter table t owner to can_write, table t",
        "alter role can_write superuser, 'everything, as superuser'"
    })
    void whoCanWriteInAnyWayIsRefused(String grant, String what) {
        LocalPostgres.execute(database, "create table t (id int, v text)", "create role can_write login", grant);
        try {
            assertThatThrownBy(() -> ReadOnlyLogin.prove(url("can_write"), READER))
                    .isInstanceOf(Invalid.class)
                    .hasMessageStartingWith("LB-314")
                    .hasMessageContaining("techmoda/orders-reader")
                    .hasMessageContaining(what);
        } finally {
            LocalPostgres.execute(
                    database,
                    "reassign owned by can_write to postgres",
                    "drop owned by can_write",
                    "drop role can_write");
        }
    }

    @Test
    void whereNoReaderIsGivenNothingIsLookedAt() {
        assertThatCode(() -> ReadOnlyLogin.prove(url("postgres"), new SqlAccess("orders", "techmoda/orders")))
                .doesNotThrowAnyException();
        assertThat(READER.readingCredentials()).isEqualTo("techmoda/orders-reader");
    }

    private String url(String user) {
        return "jdbc:postgresql://localhost:%d/%s?user=%s".formatted(LocalPostgres.port(), database, user);
    }
}
