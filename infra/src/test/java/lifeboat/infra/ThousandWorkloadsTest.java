package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Workload;
import lifeboat.infra.protection.ProtectionStack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThousandWorkloadsTest {
    private static final int WORKLOADS = 1_000;
    private static final int RESOURCES_EACH = 5;
    private static Templates one;
    private static Templates thousand;
    private static Duration timeOfOne = Duration.ZERO;
    private static Duration timeOfThousand = Duration.ZERO;

    @BeforeAll
    static void synthesize() {
        measure();
        if (tooLong()) {
            measure(); // something else may have used the machine
        }
    }

    private static void measure() {
        var start = System.nanoTime();
        one = Templates.of(environment(1), "one");
        timeOfOne = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
        thousand = Templates.of(environment(WORKLOADS), "thousand");
        timeOfThousand = Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean tooLong() {
        return timeOfThousand.compareTo(timeOfOne.multipliedBy(3)) >= 0;
    }

    @Test
    void thousandWorkloadsAreAsManyCloudFormationResourcesAsOneButForSelections() {
        var selections =
                (WORKLOADS * RESOURCES_EACH + ProtectionStack.ARNS_A_SELECTION - 1) / ProtectionStack.ARNS_A_SELECTION;

        assertThat(selections).isEqualTo(10);
        assertThat(thousand.size()).isEqualTo(one.size() - 1 + selections);
    }

    @Test
    void noSelectionNamesMoreThanAwsAllows() {
        assertThat(Templates.properties(thousand.stack("protection"), "AWS::Backup::BackupSelection"))
                .hasSize(10)
                .allSatisfy(selection -> assertThat(
                                selection.at("/BackupSelection/Resources").size())
                        .isEqualTo(500));
    }

    @Test
    void noTemplateOutgrowsCloudFormation() {
        assertThat(thousand.stacks()).allSatisfy((stack, template) -> {
            assertThat(template.toString().length()).as(stack).isLessThan(1_000_000);
            assertThat(template.path("Resources").size()).as(stack).isLessThan(500);
        });
    }

    @Test
    void noPolicyOutgrowsIam() {
        assertThat(thousand.stacks().values().stream()
                        .flatMap(template -> Templates.properties(template, "AWS::IAM::Policy")))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(
                                policy.path("PolicyDocument").toString().length())
                        .isLessThan(10_240));
    }

    @Test
    void dashboardIsTheSamePageForAll() {
        assertThat(dashboard(thousand)).hasSameSizeAs(dashboard(one));
    }

    @Test
    void synthesisTakesLessThanThreeTimesAsLong() {
        System.out.printf(
                "synthesis: one workload %d ms, %d workloads %d ms%n",
                timeOfOne.toMillis(), WORKLOADS, timeOfThousand.toMillis());
        assertThat(tooLong()).isFalse();
    }

    private static String dashboard(Templates templates) {
        return Templates.properties(templates.stack("recovery-us-east-1"), "AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static Environment environment(int workloads) {
        return Environments.with(IntStream.range(0, workloads)
                .mapToObj(ThousandWorkloadsTest::workload)
                .toList());
    }

    private static Workload workload(int number) {
        var resources = Stream.concat(
                        IntStream.range(0, 3).mapToObj(n -> Environments.table("products-%d-%d".formatted(number, n))),
                        IntStream.range(0, 2).mapToObj(n -> Environments.database("orders-%d-%d".formatted(number, n))))
                .toList();
        return Environments.workload("workload-" + number, resources);
    }
}
