package lifeboat.protection;

import static lifeboat.protection.Plans.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lifeboat.catalog.EnvironmentReview;
import lifeboat.catalog.Problem;
import org.junit.jupiter.api.Test;

/// What is wrong in one place does not hide what is wrong in another.
class PlanReviewTest {
    private static final String FILE = """
            environment: test
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            schedules:
              daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d}
              weekly: {cron: "cron(0 5 ? * SUN *)", deleteAfter: 90d}
            workloads:
              files:
                tier: critical
                resources:
                  disk: {efs: fs-01234567}
              shop:
                tier: critical
                resources:
                  products: {dynamodb: table}
            """;

    @Test
    void mistakesOfTheFileOfItsRulesAndShortfallsAreReportedTogetherEachWithItsLine() {
        var review = review(
                "region: us-east-1\n", "region: us-east-1\ncolour: red\n",
                "deleteAfter: 90d}", "deleteAfter: 90d, startWindow: 10m}");

        assertThat(review.problems())
                .extracting(problem -> problem.line() + " " + problem.code() + " " + problem.path())
                .containsExactly(
                        "4 LB-008 colour",
                        "8 LB-034 schedules.weekly.startWindow",
                        "13 LB-040 workloads.files.resources.disk");
        assertThat(review.report()).isEmpty();
        assertThat(review.cost()).isEmpty();
    }

    @Test
    void aResourceIsNotJudgedByRulesThatAreBroken() {
        var review = review("deleteAfter: 30d", "deleteAfter: 30 days");

        assertThat(codes(review)).containsExactly("LB-013");
    }

    @Test
    void aWorkloadIsNotJudgedWhereItIsBrokenItself() {
        assertThat(codes(review("efs: fs-01234567", "efs: fs-01234567, checks: 5")))
                .containsExactly("LB-011");
        assertThat(codes(review("dynamodb: table", "dynamodb: table, checks: 5")))
                .containsExactlyInAnyOrder("LB-040", "LB-011");
    }

    @Test
    void unparsableScheduleJudgesNothingThatRestsOnIt() {
        assertThat(codes(review("cron(0 1 * * ? *)", "cron(0 1 1 * 1 *)"))).containsExactly("LB-030");
        assertThat(codes(review(
                        "cron(0 1 * * ? *)\", deleteAfter: 30d",
                        "cron(0 1 1 * 1 *)\", deleteAfter: 30d, stores: [dynamodb]")))
                .containsExactlyInAnyOrder("LB-030", "LB-040");
    }

    @Test
    void rulesOfAPresetThatTheFileDoesNotNameAreNotJudged() {
        assertThat(codes(review(
                        "schedules:", "vaultLock: {mode: governance, minRetention: 60d}\nschedules:", "cron:", "crn:")))
                .containsOnly("LB-008", "LB-010");
    }

    @Test
    void fileThatIsRightHasItsReportAndItsCost() {
        var review =
                review("efs: fs-01234567", "s3: bucket", "deleteAfter: 30d}", "deleteAfter: 30d, continuous: true}");

        assertThat(review.problems()).isEmpty();
        assertThat(review.report().orElseThrow().promises()).hasSize(6);
        assertThat(review.cost().orElseThrow().unknown()).containsExactly("files/disk", "shop/products");
    }

    private static List<String> codes(PlanReview review) {
        return review.problems().stream().map(Problem::code).toList();
    }

    private static PlanReview review(String... changes) {
        var text = FILE;
        for (int i = 0; i < changes.length; i += 2) {
            text = text.replace(changes[i], changes[i + 1]);
        }
        return PlanReview.of(EnvironmentReview.of("test.yaml", text), TODAY);
    }
}
