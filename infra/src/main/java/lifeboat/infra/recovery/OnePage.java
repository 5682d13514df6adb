package lifeboat.infra.recovery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import lifeboat.infra.site.Site;
import lifeboat.recovery.Mode;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GaugeWidget;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.SingleValueWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.amazon.awscdk.services.cloudwatch.YAxisProps;
import software.constructs.Construct;

/// The dashboard: one page, whether there is one workload or a thousand.
///
/// Every figure is a search over metrics, so that a new workload appears by itself and none is a widget of its own.
final class OnePage extends Construct {
    private final Site site;

    OnePage(Construct scope, Site site) {
        super(scope, "OnePage");
        this.site = site;
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName("%s-%s".formatted(site.named("recovery"), site.region()))
                .defaultInterval(Duration.days(30))
                .widgets(List.of(List.of(heading()), verdicts(), measurements(), backups(), storage()))
                .build();
    }

    private IWidget heading() {
        return TextWidget.Builder.create()
                .markdown("# Lifeboat %s, %s%n".formatted(site.environment().name(), site.region())
                        + "What was rehearsed, what it took, and whether backups and copies arrive.")
                .width(24)
                .height(2)
                .build();
    }

    private List<IWidget> verdicts() {
        return modes(mode -> List.of(
                number("%s that met their objectives".formatted(plural(mode)), lifeboat("RecoveryMet", mode, "Sum")),
                number("%s that missed one".formatted(plural(mode)), lifeboat("RecoveryMissed", mode, "Sum")),
                number(
                        "%s that could not be measured".formatted(plural(mode)),
                        lifeboat("RecoveryUnmeasured", mode, "Sum"))));
    }

    private List<IWidget> measurements() {
        return modes(mode -> List.of(
                graph(
                        "%s: time to recover (s)".formatted(plural(mode)),
                        lines(lifeboat("TimeToRecover", mode, "Maximum"))),
                graph("%s: data loss (s)".formatted(plural(mode)), lines(lifeboat("DataLoss", mode, "Maximum")))));
    }

    private List<IWidget> backups() {
        return List.of(
                graph("Backup jobs", jobs("Backup", "Completed", "Failed", "Expired", "Aborted")),
                graph("Copy jobs", jobs("Copy", "Completed", "Failed")),
                graph(
                        "Backups proven by the daily validation",
                        List.of(
                                expression(counted("BackupChecksPassed"), "as promised"),
                                expression(counted("BackupChecksFailed"), "not as promised"),
                                expression(counted("BackupChecksUnknown"), "could not look"))),
                graph("Success rate of backups (%)", List.of(successRate())));
    }

    private List<IWidget> storage() {
        return List.of(
                graph("Longest backup of the day (s)", List.of(expression(counted("BackupDuration"), "longest"))),
                graph("Backed up in the day (bytes)", List.of(expression(counted("BackupSize"), "size"))),
                GaugeWidget.Builder.create()
                        .title("Recovery points of the fuller vault (% of its quota)")
                        .metrics(List.of(expression(counted("BackupStorageUsed"), "used")))
                        .leftYAxis(YAxisProps.builder().min(0).max(100).build())
                        .width(12)
                        .height(6)
                        .build(),
                graph("Damaged copies", List.of(expression(counted("IntegrityFailed"), "recoveries"))));
    }

    private IWidget number(String title, String search) {
        return SingleValueWidget.Builder.create()
                .title(title)
                .metrics(List.of(expression("SUM(%s)".formatted(search), title)))
                .setPeriodToTimeRange(true)
                .width(8)
                .height(4)
                .build();
    }

    private static IWidget graph(String title, List<MathExpression> lines) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(lines)
                .width(12)
                .height(6)
                .build();
    }

    /// Drills and incidents are shown apart: a drill that took an hour says nothing of the night it was needed.
    private static List<IWidget> modes(Function<String, List<IWidget>> widgets) {
        return Stream.of(Mode.values())
                .flatMap(mode -> widgets.apply(mode.name()).stream())
                .toList();
    }

    private static String plural(String mode) {
        return mode.charAt(0) + mode.substring(1).toLowerCase(Locale.ROOT) + "s";
    }

    /// One line a workload.
    private static List<MathExpression> lines(String search) {
        return List.of(expression(search, "${PROP('Dim.Workload')}"));
    }

    private List<MathExpression> jobs(String kind, String... states) {
        return Stream.of(states)
                .map(state ->
                        expression("SUM(%s)".formatted(ofVault("NumberOf%sJobs%s".formatted(kind, state))), state))
                .toList();
    }

    /// Of the jobs that ended, those that left a backup. AWS Backup emits a metric only when it is not zero: a day
    /// without a completed job is 0 %, one without any job is no figure.
    ///
    /// @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">
    ///     Metric math</a>
    private MathExpression successRate() {
        var jobs = new TreeMap<String, IMetric>();
        for (var end : List.of("Completed", "Failed", "Expired", "Aborted")) {
            jobs.put("jobs" + end, ofVaultExactly("NumberOfBackupJobs" + end));
        }
        var parts = new TreeMap<String, IMetric>();
        parts.put(
                "completed",
                daily("SUM([TIME_SERIES(0), FILL(jobsCompleted, 0)])", "completed")
                        .usingMetrics(Map.of("jobsCompleted", jobs.get("jobsCompleted")))
                        .build());
        parts.put(
                "ended",
                daily(
                                "SUM([FILL(jobsCompleted, 0), FILL(jobsFailed, 0), FILL(jobsExpired, 0), FILL(jobsAborted, 0)])",
                                "ended")
                        .usingMetrics(jobs)
                        .build());
        return daily("IF(ended > 0, 100 * completed / ended)", "success rate")
                .usingMetrics(parts)
                .build();
    }

    private String lifeboat(String metric, String mode, String statistic) {
        return "SEARCH('{Lifeboat,Mode,Workload,Service} MetricName=\"%s\" Mode=\"%s\" Service=\"%s\"', '%s', 86400)"
                .formatted(metric, mode, site.service(), statistic);
    }

    private String counted(String metric) {
        return "MAX(SEARCH('{Lifeboat,Service} MetricName=\"%s\" Service=\"%s\"', 'Maximum', 86400))"
                .formatted(metric, site.service());
    }

    private String ofVault(String metric) {
        return "SEARCH('{AWS/Backup,BackupVaultName} MetricName=\"%s\" BackupVaultName=\"%s\"', 'Sum', 86400)"
                .formatted(metric, site.vaultName());
    }

    private Metric ofVaultExactly(String metric) {
        return Metric.Builder.create()
                .namespace("AWS/Backup")
                .metricName(metric)
                .dimensionsMap(Map.of("BackupVaultName", site.vaultName()))
                .statistic("Sum")
                .period(Duration.days(1))
                .build();
    }

    private static MathExpression expression(String expression, String label) {
        return daily(expression, label).build();
    }

    private static MathExpression.Builder daily(String expression, String label) {
        return MathExpression.Builder.create()
                .expression(expression)
                .label(label)
                .period(Duration.days(1));
    }
}
