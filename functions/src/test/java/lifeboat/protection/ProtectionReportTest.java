package lifeboat.protection;

import static lifeboat.protection.Plans.report;
import static org.assertj.core.api.Assertions.assertThat;

import lifeboat.catalog.Problem;
import lifeboat.protection.Promise.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionReportTest {
    private static final String ORDERS = "rds: orders-db, database: orders, credentials: orders";

    @Test
    void databaseWithItsLogMeetsEveryTier() {
        var report = report("techmoda", "critical", ORDERS);

        assertThat(report.problems()).isEmpty();
        assertThat(report.promises())
                .extracting(Promise::verdict)
                .containsExactly(Verdict.MET, Verdict.NOT_ENFORCED, Verdict.NOT_ENFORCED);
    }

    /// T14: 24 h and an hour to start and two to complete are more than a day.
    @ParameterizedTest
    @CsvSource({"critical", "important", "standard", "non-critical"})
    void dailyBackupsMeetNoTier(String tier) {
        var report = report("techmoda", tier, "efs: fs-01234567");

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("LB-040");
            assertThat(problem.path()).isEqualTo("workloads.w.resources.r");
            assertThat(problem.message()).contains("lost up to 27 h");
        });
    }

    @Test
    void shortfallIsToldWithItsCounterExampleAndAHint() {
        var problem = report("techmoda", "important", ORDERS + ", pointInTime: false")
                .problems()
                .getFirst();

        assertThat(problem.message())
                .isEqualTo(
                        "r, RPO 1 h in the region: a backup \"daily\" that starts at Fri 2026-11-20 01:59 completes at"
                                + " Fri 2026-11-20 04:00; until then the newest is \"daily\" of Thu 2026-11-19 01:00:"
                                + " lost up to 27 h");
        assertThat(problem.hint())
                .isEqualTo("enable point-in-time recovery, or a longer objective, or accept the shortfall");
    }

    @Test
    void hintNamesTheTierThatThePlanCanMeet() {
        var often = "{often: {cron: \"cron(0 0/12 * * ? *)\", deleteAfter: 30d}}";

        assertThat(report(often, "important", ORDERS + ", pointInTime: false")
                        .problems()
                        .getFirst()
                        .hint())
                .contains("or tier non-critical");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "27h  | 2026-11-20 |",
                "27h  | 2030-01-01 |",
                "27h  | 2026-11-19 | LB-041",
                "1619m | 2030-01-01 | LB-042"
            })
    void shortfallIsAcceptedUpToItsDayAndItsSize(String rpo, String until, String expected) {
        var report = report(
                "techmoda",
                "non-critical",
                "efs: fs-01234567",
                "    accept: {rpo: %s, until: %s, because: EFS has no log}".formatted(rpo, until));

        if (expected == null) {
            assertThat(report.problems()).isEmpty();
            assertThat(report.table()).contains("accepted until " + until);
        } else {
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(expected);
                assertThat(problem.path()).isEqualTo("workloads.w.accept");
            });
        }
    }

    /// T15: a copy is a snapshot, so no copy proves an hour.
    @Test
    void copiesCannotPromiseAnHourWhenTheRegionIsLost() {
        var problem = report("runbook", "critical", ORDERS, "    regionLost: {rpo: 1h, rto: 4h}")
                .problems()
                .getFirst();

        assertThat(problem.message())
                .startsWith("r, RPO 1 h region lost: a backup \"four-hourly\"")
                .contains("is copied by");
        assertThat(problem.hint()).contains("copies are snapshots and keep no log");
    }

    @Test
    void objectiveForALostRegionIsEnforcedWhereItIsGiven() {
        assertThat(report("techmoda", "critical", "dynamodb: table", "    regionLost: {rpo: 29h, rto: 40h}")
                        .problems())
                .isEmpty();
        assertThat(report("techmoda", "critical", "dynamodb: table", "    regionLost: {rpo: 1739m, rto: 40h}")
                        .problems())
                .extracting(Problem::code)
                .containsExactly("LB-040");
    }

    @Test
    void lostAccountNeedsAnotherOne() {
        var objective = "    accountLost: {rpo: 30h, rto: 40h}";

        assertThat(report("techmoda", "critical", "dynamodb: table", objective).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).contains("name a recoveryAccount"));
        assertThat(report("techmoda", "critical", "dynamodb: table", objective, "recoveryAccount: \"444455556666\"")
                        .problems())
                .isEmpty();
    }

    @Test
    void nothingIsPromisedWhereTheRulesAreIllegal() {
        var report = report("{a: {cron: \"cron(0 1 * * ? *)\", startWindow: 5m, deleteAfter: 3d}}", "critical", ORDERS);

        assertThat(report.promises()).isEmpty();
        assertThat(report.problems())
                .isEqualTo(report.illegalRules())
                .extracting(Problem::code)
                .containsExactly("LB-034");
    }

    @Test
    void tableShowsObjectiveGuaranteedAndNominalByDomain() {
        assertThat(report("techmoda", "critical", "dynamodb: table", "    regionLost: {rpo: 30h, rto: 40h}")
                        .table())
                .startsWith("""
                        WORKLOAD  RESOURCE  STORE     TIER      IN THE REGION    REGION LOST          ACCOUNT LOST  RECOVERY  RPO
                        w         r         dynamodb  critical  5 min of 15 min  29 h (24 h) of 30 h  all data      yes       met
                        note:\s""");
    }

    /// What no version can restore yet is no guarantee, however often it is backed up.
    @ParameterizedTest
    @CsvSource({
        "s3, s3: bucket",
        "aurora, 'aurora: orders-db, database: orders, credentials: orders'",
        "efs, efs: fs-01234567",
        "ebs, ebs: vol-01234567"
    })
    void storeThatCannotBeRestoredIsNeverMet(String store, String resource) {
        var report = report("runbook", "non-critical", resource);

        assertThat(report.promises().getFirst().verdict()).isEqualTo(Verdict.NOT_RECOVERABLE);
        assertThat(report.table().lines().skip(1).findFirst().orElseThrow())
                .endsWith("  backup only  cannot be recovered yet");
        assertThat(report.table()).contains("note: " + store + " cannot be recovered yet: ");
    }

    @Test
    void shortfallOfAStoreThatCannotBeRestoredSaysBoth() {
        assertThat(report("techmoda", "critical", "efs: fs-01234567").table())
                .contains("MISSED, cannot be recovered yet\n");
        assertThat(report(
                                "techmoda",
                                "critical",
                                "efs: fs-01234567",
                                "    accept: {rpo: 27h, until: 2027-01-01, because: x}")
                        .table())
                .contains("accepted until 2027-01-01, cannot be recovered yet\n");
    }

    @Test
    void databaseIsMetOnlyWhereItsEngineIsPostgresql() {
        assertThat(report("techmoda", "critical", ORDERS).table())
                .contains("  met, if PostgreSQL\n", "note: rds can be recovered where the engine is PostgreSQL");
    }

    @Test
    void recoveryInTheOtherAccountIsNotPromised() {
        var table = report("techmoda", "critical", "dynamodb: table", "recoveryAccount: \"444455556666\"")
                .table();

        assertThat(table).contains("note: recovery in account 444455556666 cannot be carried out yet");
        assertThat(report("techmoda", "critical", "dynamodb: table").table()).doesNotContain("cannot be carried out");
    }

    @Test
    void acceptanceThatIsNotNeededIsNoted() {
        assertThat(report(
                                "techmoda",
                                "critical",
                                "dynamodb: t-1",
                                "    accept: {rpo: 27h, until: 2027-01-01, because: x}")
                        .table())
                .contains("note: workload w accepts a shortfall that it does not have");
    }

    @Test
    void presetsMeetWhatTheyCan() {
        assertThat(report("runbook", "critical", "s3: bucket").problems()).isEmpty();
        assertThat(report("runbook", "non-critical", "ebs: vol-01234567").problems())
                .isEmpty();
    }
}
