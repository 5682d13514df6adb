package lifeboat.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AWS Backup runs one job of a resource at a time: a job that takes its time may keep the next from starting.
class HeldJobsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @Test
    void jobThatMayOutlastTheNextStartWindowIsRefused() {
        var problem = problems("{hourly: {cron: \"cron(0 * * * ? *)\", completionWindow: 2h, deleteAfter: 7d}}")
                .getFirst();

        assertThat(problem.code()).isEqualTo("LB-039");
        assertThat(problem.path()).isEqualTo("schedules.hourly.completionWindow");
        assertThat(problem.message())
                .contains("the job of Fri 2026-11-20 00:00 may run until Fri 2026-11-20 03:00")
                .contains("\"hourly\" from Fri 2026-11-20 01:00");
        assertThat(problem.hint()).startsWith("a completionWindow of at most 1 h");
    }

    @Test
    void jobThatEndsWithTheNextStartWindowHoldsNothingBack() {
        assertThat(problems("{hourly: {cron: \"cron(0 * * * ? *)\", completionWindow: 1h, deleteAfter: 7d}}"))
                .isEmpty();
    }

    @Test
    void ruleThatFiresOnceAYearHoldsBackADailyOne() {
        assertThat(problems("""
                        {daily: {cron: "cron(0 4 * * ? *)", deleteAfter: 30d},
                         yearly: {cron: "cron(0 1 1 1 ? *)", completionWindow: 6h, deleteAfter: 3y}}""")).extracting(Problem::path).containsExactly("schedules.yearly.completionWindow");
    }

    @Test
    void jobThatIsDroppedHoldsNothingBack() {
        assertThat(problems("""
                        {daily: {cron: "cron(0 1 * * ? *)", completionWindow: 20h, deleteAfter: 30d},
                         weekly: {cron: "cron(30 1 * * ? *)", completionWindow: 20h, deleteAfter: 90d}}""")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"techmoda", "runbook"})
    void presetsHoldNothingBack(String preset) {
        assertThat(problems(preset)).isEmpty();
    }

    private static List<Problem> problems(String schedules) {
        var environment = EnvironmentFile.parse("test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                schedules: %s
                workloads:
                  shop: {tier: non-critical, resources: {products: {dynamodb: techmoda-products}}}
                """.formatted(schedules.replace("\n", " ")));
        return PlanRules.check(environment, TODAY);
    }
}
