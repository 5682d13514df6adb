package lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentReviewTest {
    private static final String RIGHT = """
            environment: test
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            contacts:
              email: [oncall@techmoda.example]
              slack: {secret: lifeboat/slack}
            schedules:
              daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, purpose: The log}
            workloads:
              shop:
                tier: critical
                resources:
                  products: {dynamodb: techmoda-products}
                  media:
                    s3: techmoda-media
                    checks:
                      - items: {atLeast: 5}
              archive:
                tier: standard
                resources:
                  old: {dynamodb: techmoda-archive}
            """;

    @Test
    void keysThatNothingReadsAreNamedWithTheirLines() {
        var review = EnvironmentReview.of("test.yaml", RIGHT);

        assertThat(review.problems()).isEmpty();
        assertThat(review.notInEffect())
                .extracting(KeyNotInEffect::toString)
                .containsExactly(
                        "line 7: contacts.slack is not in effect yet: messages go by e-mail only",
                        "line 9: schedules.daily.purpose is not in effect yet: no page or report shows it",
                        "line 17: workloads.shop.resources.media.checks is not in effect yet: restoring this store is"
                                + " not built, so there is no copy to look at");
    }

    @Test
    void valuesHaveTheirLinesAndWhatIsAbsentTheLineAroundIt() {
        var lines = EnvironmentReview.of("test.yaml", RIGHT).lines();

        assertThat(lines.of("schedules.daily.cron")).isEqualTo(9);
        assertThat(lines.of("workloads.shop.resources.media.checks[0].items")).isEqualTo(18);
        assertThat(lines.of("workloads.shop.accept")).isEqualTo(11);
        assertThat(lines.of("vaultLock")).isEqualTo(1);
    }

    @Test
    void whatIsRightIsThereThoughTheRestIsNot() {
        var review = review(
                "recoveryRegion: us-west-2", "recoveryRegion: us-east-1",
                "tier: critical", "tier: critcal",
                "deleteAfter: 30d", "deleteAfter: 30d, colour: red");

        assertThat(review.problems()).extracting(Problem::code).containsExactly("LB-015", "LB-008", "LB-001");
        assertThat(review.environment().orElseThrow().workloads())
                .extracting(workload -> workload.name().value())
                .containsExactly("archive");
        assertThat(review.environment().orElseThrow().schedules().rules()).hasSize(1);
        assertThat(List.of("schedules", "schedules.daily", "workloads.shop", "workloads.shop.tier", "workloads"))
                .noneMatch(review::isSound);
        assertThat(List.of("workloads.archive", "vaultLock")).allMatch(review::isSound);
    }

    @Test
    void nothingIsLeftOfAFileWithoutWorkloads() {
        assertThat(EnvironmentReview.of("test.yaml", "environment: test\n").environment())
                .isEmpty();
        assertThat(EnvironmentReview.of("test.yaml", "a: [\n").problems()).isNotEmpty();
        assertThat(EnvironmentReview.of("test.yaml", "").environment()).isEmpty();
    }

    @Test
    void whereEverythingIsMissingButWorkloadsTheyAreJudged() {
        var review = EnvironmentReview.of("test.yaml", RIGHT.substring(RIGHT.indexOf("workloads:")));

        assertThat(review.problems()).hasSize(4);
        assertThat(review.environment().orElseThrow().workloads()).hasSize(2);
    }

    private static EnvironmentReview review(String... changes) {
        var text = RIGHT;
        for (int i = 0; i < changes.length; i += 2) {
            text = text.replace(changes[i], changes[i + 1]);
        }
        return EnvironmentReview.of("test.yaml", text);
    }
}
