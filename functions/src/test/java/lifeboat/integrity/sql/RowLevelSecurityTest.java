package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Subject.LiveTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A policy must not hide from a check what the copy lost.
class RowLevelSecurityTest {
    private static final String CURE = "hint: give that user BYPASSRLS";
    private static final List<Check> CHECKS = List.of(
            new Check.Rows("orders", Optional.empty(), Optional.of(10L)),
            new Check.Rows("orders", Optional.of(1d), Optional.empty()),
            new Check.SqlAssertion("select count(*) from orders where total < 0", "0"),
            new Check.MatchesLive(Optional.of("updated_at")),
            new Check.MatchesLive(Optional.empty()));

    private final CopyAndLive databases = new CopyAndLive();

    @BeforeEach
    void ninetyOfAHundredRowsAreGoneAndAPolicyHidesThem() {
        role("tenant", "");
        role("owner", "");
        databases.both(
                "create table orders (id int primary key, tenant int, total numeric, updated_at timestamptz)",
                "insert into orders select i, i % 10, i, '2026-11-20 09:00:00Z' from generate_series(1, 100) i",
                "create policy own on orders using (tenant = 1)",
                "alter table orders enable row level security",
                "grant select on orders to tenant",
                "alter table orders owner to owner");
        databases.inCopy("delete from orders where tenant <> 1");
    }

    @Test
    void noCheckPassesOnWhatAPolicyShows() {
        for (var check : CHECKS) {
            assertThat(outcome("tenant", check))
                    .as(check.toString())
                    .isInstanceOf(Inconclusive.class)
                    .extracting(Outcome::seen)
                    .asString()
                    .contains("LB-498", "orders", CURE);
        }
    }

    @Test
    void noNewestWriteIsTakenFromWhatAPolicyShows() {
        for (var query :
                List.of("select max(updated_at) from orders", "select max(updated_at) from orders where true")) {
            var conclusion = databases.inspect("tenant", Optional.of(new Freshness.Sql(query)), LiveTrust.ABSENT);
            assertThat(conclusion.outcomes().getLast()).isInstanceOf(Inconclusive.class);
            assertThat(conclusion.tally().newestInCopy()).isEmpty();
        }
    }

    @Test
    void anOwnerIsToldOfForce() {
        databases.both("alter table orders force row level security");
        for (var check : CHECKS) {
            assertThat(outcome("owner", check))
                    .as(check.toString())
                    .isInstanceOf(Inconclusive.class)
                    .extracting(Outcome::seen)
                    .asString()
                    .contains("LB-498", CURE, "FORCE ROW LEVEL SECURITY");
        }
    }

    @Test
    void anOwnerWithoutForceAndAUserWhoBypassesSeeTheLoss() {
        role("bypasser", "bypassrls");
        databases.both("grant select on orders to bypasser");
        for (var user : List.of("owner", "bypasser")) {
            assertThat(outcome(user, new Check.Rows("orders", Optional.empty(), Optional.of(11L))))
                    .isEqualTo(new Outcome.Failed("rows of orders >= 11", "10 rows"));
        }
    }

    @Test
    void aRoleThatSwitchesPoliciesOnByDefaultIsNotFollowed() {
        LocalPostgres.execute("postgres", "alter role tenant set row_security = on");
        assertThat(outcome("tenant", CHECKS.getFirst())).isInstanceOf(Inconclusive.class);
        LocalPostgres.execute("postgres", "alter role tenant reset row_security");
    }

    @Test
    void theEngineReadsPagesWhateverPoliciesSay() {
        assertThat(databases.outcome(new Check.EngineCheck())).isInstanceOf(Passed.class);
    }

    private Outcome outcome(String user, Check check) {
        return databases
                .inspect(user, Optional.empty(), LiveTrust.TRUSTED, check)
                .outcomes()
                .getLast();
    }

    private static void role(String name, String options) {
        LocalPostgres.execute(
                "postgres",
                "do $$ begin create role %s login %s; exception when duplicate_object then null; end $$"
                        .formatted(name, options));
    }
}
