package lifeboat.infra;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Dashboards and alarms look at metrics that somebody emits: our own code, or AWS Backup.
class MetricsTest {
    private static final Path GRAFANA = Path.of("infra/grafana/lifeboat.json");
    private static final Path PAGE = Path.of("docs/reference/monitoring.md");
    private static final Pattern SEARCHED =
            Pattern.compile("\\{(Lifeboat|AWS/Backup)[^}]*} MetricName=\\\\*\"([A-Za-z]+)");

    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html">Metrics of AWS
    ///     Backup</a>
    private static final Pattern OF_AWS_BACKUP = Pattern.compile(
            "NumberOf(Backup|Copy|Restore)Jobs(Created|Pending|Running|Aborted|Completed|Failed|Expired)");

    @Test
    void dashboardSearchesMetricsThatExist() throws IOException {
        var dashboard = Templates.properties(
                        Templates.of(Templates.PROD).stack("recovery-us-east-1"), "AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .toString();

        assertThat(searched(dashboard)).hasSizeGreaterThan(5).allSatisfy(MetricsTest::emitted);
    }

    @Test
    void grafanaShowsWhatTheDashboardShows() throws IOException {
        var grafana = new ObjectMapper().readTree(GRAFANA.toFile());

        assertThat(grafana.path("panels").size()).isGreaterThan(5);
        assertThat(searched(grafana.toString())).hasSizeGreaterThan(5).allSatisfy(MetricsTest::emitted);
    }

    /// A day on which everything fails is 0 %, and a job that expired or was aborted left no backup either.
    @Test
    void successRateCountsEveryJobThatEndedAndIsZeroWhereNoneCompleted() throws IOException {
        var dashboard = Templates.properties(
                        Templates.of(Templates.PROD).stack("recovery-us-east-1"), "AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .toString();
        var grafana = Files.readString(GRAFANA);

        for (var shown : List.of(dashboard, grafana)) {
            assertThat(shown)
                    .contains("IF(ended > 0, 100 * completed / ended)")
                    .contains("SUM([TIME_SERIES(0), FILL(jobsCompleted, 0)])")
                    .contains(
                            "SUM([FILL(jobsCompleted, 0), FILL(jobsFailed, 0), FILL(jobsExpired, 0), FILL(jobsAborted, 0)])");
            for (var state : List.of("Completed", "Failed", "Expired", "Aborted")) {
                assertThat(shown).contains("jobs" + state).contains("NumberOfBackupJobs" + state);
            }
        }
    }

    @Test
    void alarmsLookAtMetricsThatExist() {
        var alarms = Templates.properties(
                        Templates.of(Templates.PROD).stack("recovery-us-east-1"), "AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.path("Namespace").asText().equals("Lifeboat"))
                .map(alarm -> "Lifeboat " + alarm.path("MetricName").asText())
                .toList();

        assertThat(alarms)
                .contains("Lifeboat BackupWindowUsed", "Lifeboat BackupStorageUsed", "Lifeboat IntegrityFailed")
                .allSatisfy(MetricsTest::emitted);
    }

    /// Scheduler hands a call over and never hears how it ended: only the function's own errors tell.
    @Test
    void everyFunctionThatAScheduleStartsIsWatchedForErrors() {
        var stack = Templates.of(Templates.PROD).stack("recovery-us-east-1");
        var scheduled = Templates.properties(stack, "AWS::Scheduler::Schedule")
                .map(schedule -> schedule.at("/Target/Arn/Fn::GetAtt/0").asText())
                .collect(Collectors.toSet());
        var watched = Templates.properties(stack, "AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.path("MetricName").asText().equals("Errors"))
                .map(alarm -> alarm.at("/Dimensions/0/Value/Ref").asText())
                .collect(Collectors.toSet());

        assertThat(scheduled).hasSizeGreaterThan(4);
        assertThat(watched).containsAll(scheduled);
    }

    /// Metrics of two environments of an account lie in one namespace: without their name, one raises the other's
    /// alarms.
    @Test
    void everyFigureOfOursIsThatOfThisEnvironment() throws IOException {
        var recovery = Templates.of(Templates.PROD).stack("recovery-us-east-1");

        assertThat(Templates.properties(recovery, "AWS::Lambda::Function"))
                .isNotEmpty()
                .allSatisfy(function -> assertThat(function.at("/Environment/Variables/POWERTOOLS_SERVICE_NAME")
                                .asText())
                        .isEqualTo("lifeboat-prod"));
        var ours = Templates.properties(recovery, "AWS::CloudWatch::Alarm")
                .flatMap(alarm -> Stream.concat(Stream.of(alarm), alarm.findValues("Metric").stream()))
                .filter(metric -> metric.path("Namespace").asText().equals("Lifeboat"))
                .toList();
        assertThat(ours)
                .hasSizeGreaterThan(6)
                .allSatisfy(metric -> assertThat(metric.path("Dimensions").toString())
                        .isEqualTo("[{\"Name\":\"Service\",\"Value\":\"lifeboat-prod\"}]"));
        var dashboard = Templates.properties(recovery, "AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .toString();
        assertThat(searches(dashboard)).hasSizeGreaterThan(10).allMatch(search -> search.contains("lifeboat-prod"));
        assertThat(searches(Files.readString(GRAFANA)))
                .hasSizeGreaterThan(10)
                .allMatch(search -> search.contains("lifeboat-$environment"));
    }

    @Test
    void drillsAreShownApartFromIncidentsAndEachWorkloadHasItsLine() throws IOException {
        var dashboard = Templates.properties(
                        Templates.of(Templates.PROD).stack("recovery-us-east-1"), "AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .toString();

        for (var shown : List.of(dashboard, Files.readString(GRAFANA))) {
            var ofRecoveries = searches(shown).stream()
                    .filter(search -> search.contains("Workload"))
                    .toList();
            assertThat(ofRecoveries)
                    .hasSize(10)
                    .allMatch(search -> search.contains("DRILL") || search.contains("INCIDENT"));
            assertThat(shown).contains("Dim.Workload").doesNotContain("MAX(SEARCH('{Lifeboat,Mode");
        }
    }

    /// What has not run cannot be missed before it could run for the first time.
    @Test
    void silenceIsNoAlarmOnTheFirstDay() {
        var alarms = Templates.of(Templates.PROD).stack("recovery-us-east-1").path("Resources").properties().stream()
                .filter(one -> one.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                .toList();

        assertThat(alarms)
                .noneMatch(alarm -> alarm.getValue()
                        .at("/Properties/TreatMissingData")
                        .asText()
                        .equals("breaching"));
        var sweep = alarm(alarms, "SweepSilent");
        assertThat(sweep.path("TreatMissingData").asText()).isEqualTo("missing");
        assertThat(sweep.path("InsufficientDataActions")).isEqualTo(sweep.path("AlarmActions"));
        var validation = alarm(alarms, "ValidationSilent").toString();
        assertThat(validation).contains("BackupChecksPassed", "FILL(sweeps, 0)").contains("\"EvaluationPeriods\":6");
    }

    private static com.fasterxml.jackson.databind.JsonNode alarm(
            List<java.util.Map.Entry<String, com.fasterxml.jackson.databind.JsonNode>> alarms, String name) {
        return alarms.stream()
                .filter(one -> one.getKey().contains(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .path("Properties");
    }

    /// A message of a schedule can only be put into an encrypted queue by who may use its key.
    @Test
    void everyScheduleMayUseTheKeyOfItsDeadLetterQueue() {
        for (var stack : List.of("recovery-us-east-1", "recovery-us-west-2")) {
            var template = Templates.of(Templates.PROD).stack(stack);
            var roles = Templates.properties(template, "AWS::Scheduler::Schedule")
                    .map(schedule -> schedule.at("/Target/RoleArn/Fn::GetAtt/0").asText())
                    .collect(Collectors.toSet());
            var mayUseTheKey = Templates.properties(template, "AWS::IAM::Policy")
                    .filter(policy -> policy.toString().contains("\"kms:Decrypt\",\"kms:GenerateDataKey\"")
                            && policy.toString().contains("sqs:SendMessage"))
                    .flatMap(policy -> policy.findValuesAsText("Ref").stream())
                    .collect(Collectors.toSet());

            assertThat(roles).isNotEmpty();
            assertThat(mayUseTheKey).containsAll(roles);
        }
    }

    private static List<String> searches(String text) {
        return Pattern.compile("SEARCH\\('\\{Lifeboat[^']*'")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .toList();
    }

    @Test
    void pageNamesEveryMetricAndEveryAlarm() throws IOException {
        var page = Files.readString(PAGE);
        var recovery = Templates.of(Templates.PROD).stack("recovery-us-east-1");
        var alarms = recovery.path("Resources").properties().stream()
                .filter(one -> one.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                .map(one -> one.getKey().replaceFirst("^Alarms(.*)[0-9A-F]{8}$", "$1"))
                .toList();
        var metrics = searched(Files.readString(GRAFANA)).stream()
                .filter(metric -> metric.startsWith("Lifeboat "))
                .map(metric -> metric.replaceFirst(".* ", ""))
                .toList();

        assertThat(alarms)
                .hasSizeGreaterThan(10)
                .allSatisfy(alarm -> assertThat(page).contains("`" + alarm + "`"));
        assertThat(metrics)
                .hasSizeGreaterThan(10)
                .allSatisfy(metric -> assertThat(page).contains("`" + metric + "`"));
    }

    private static Set<String> searched(String text) {
        return SEARCHED.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .collect(toCollection(TreeSet::new));
    }

    private static void emitted(String metric) throws IOException {
        var name = metric.replaceFirst(".* ", "");
        if (metric.startsWith("AWS/Backup")) {
            assertThat(name).matches(OF_AWS_BACKUP);
            return;
        }
        try (Stream<Path> sources = Files.walk(Path.of("functions/src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith("Metrics.java")))
                    .anySatisfy(file -> assertThat(Files.readString(file)).contains("\"" + name + "\""));
        }
    }
}
