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
                .contains("Lifeboat BackupDuration", "Lifeboat BackupStorageUsed", "Lifeboat IntegrityFailed")
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
