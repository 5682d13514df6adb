package lifeboat.infra.recovery;

import java.util.Map;
import java.util.TreeMap;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/// What must wake somebody even when every event was lost.
///
/// AWS Backup publishes a metric only when it is not zero, so a missing figure is well. Only for what must happen
/// every hour is silence itself the alarm.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html">Metrics of AWS Backup</a>
final class Alarms extends Construct {
    private final Site site;
    private final SnsAction tell;

    Alarms(Construct scope, Site site, ITopic results, StateMachine recovery, Functions functions, Queue missed) {
        super(scope, "Alarms");
        this.site = site;
        this.tell = new SnsAction(results);
        backups();
        recoveries(recovery, functions);
        functions(functions);
        above(
                "ScheduleMissed",
                "A schedule or an announcement could not be delivered; its message is in the queue.",
                missed.metricApproximateNumberOfMessagesVisible(),
                0);
    }

    private void backups() {
        above(
                "BackupFailed",
                "A backup job failed, expired or was aborted.",
                sum(
                        "SUM([FILL(failed, 0), FILL(expired, 0), FILL(aborted, 0)])",
                        Ordered.of(
                                "failed", ofBackup("NumberOfBackupJobsFailed"),
                                "expired", ofBackup("NumberOfBackupJobsExpired"),
                                "aborted", ofBackup("NumberOfBackupJobsAborted"))),
                0);
        above(
                "CopyFailed",
                "A copy to the other region failed: the off-site copy is older than the plan says.",
                ofBackup("NumberOfCopyJobsFailed"),
                0);
        if (site.role() == Site.Role.PRIMARY) {
            above(
                    "BackupSlow",
                    "A backup took four fifths of the completion window of its rule: beyond it AWS Backup cancels the job.",
                    ofLifeboat("BackupWindowUsed"),
                    80);
            above(
                    "StorageCritical",
                    "A vault holds four fifths of the recovery points that it may hold: beyond it every backup fails.",
                    ofLifeboat("BackupStorageUsed"),
                    80);
        }
    }

    private void recoveries(StateMachine recovery, Functions functions) {
        above(
                "RecoveryBroke",
                "A recovery did not reach its end: its verdict is missing.",
                sum(
                        "SUM([FILL(failed, 0), FILL(timedOut, 0), FILL(aborted, 0)])",
                        Ordered.of(
                                "failed", recovery.metricFailed(),
                                "timedOut", recovery.metricTimedOut(),
                                "aborted", recovery.metricAborted())),
                0);
        above(
                "RecoveryOverdue",
                "A recovery is still at work when the time to recover that was promised is past; ask where it stands.",
                ofLifeboat("RecoveryOverdue"),
                0);
        above(
                "CloseFailed",
                "A recovery cannot be closed: its verdict is neither written nor sent. It is tried again every hour.",
                errors(functions, Handler.CLOSE),
                0);
        above(
                "IntegrityFailed",
                "A restored copy is damaged: an integrity check of a recovery failed; its e-mail says which.",
                ofLifeboat("IntegrityFailed"),
                0);
        above(
                "DrillCopyKept",
                "Something has the name of a drill's copy and is not proven to be it. It was kept: it stays and costs until a person looks.",
                ofLifeboat("DrillCopyKept"),
                0);
    }

    private void functions(Functions functions) {
        above("SweepFailed", "What a recovery left behind is not removed.", errors(functions, Handler.SWEEP), 0);
        sweepsAreSilent(functions.of(Handler.SWEEP));
        if (site.role() == Site.Role.PRIMARY) {
            drillsReportsAndRecordings(functions);
            validation(functions);
        }
    }

    private void drillsReportsAndRecordings(Functions functions) {
        above(
                "RecordFailed",
                "The recordings that were due could not be started: copies are compared with older ones, or with none.",
                errors(functions, Handler.RECORD),
                0);
        above(
                "DrillsFailed",
                "Drills that were due could not be started: what they would prove is not proven.",
                errors(functions, Handler.DRILL),
                0);
        above(
                "ReportFailed",
                "A report could not be made or sent: its silence does not mean that all is well.",
                errors(functions, Handler.REPORT),
                0);
        above(
                "RecordBroke",
                "What a live resource holds was not written down whole; the execution says why.",
                sum(
                        "SUM([FILL(failed, 0), FILL(timedOut, 0), FILL(aborted, 0)])",
                        Ordered.of(
                                "failed", ofRecordings("ExecutionsFailed"),
                                "timedOut", ofRecordings("ExecutionsTimedOut"),
                                "aborted", ofRecordings("ExecutionsAborted"))),
                0);
    }

    private void validation(Functions functions) {
        above(
                "ValidationFailed",
                "The daily validation broke off: nobody knows whether backups are as promised.",
                errors(functions, Handler.VALIDATE),
                0);
        validationIsSilent(functions.of(Handler.SWEEP));
        above(
                "BackupsNotProven",
                "The daily validation found backups that are not as promised; its e-mail says which.",
                ofLifeboat("BackupChecksFailed"),
                0);
        above(
                "BackupsUnknown",
                "The daily validation could not look at everything: that is never taken for well.",
                ofLifeboat("BackupChecksUnknown"),
                0);
    }

    /// A schedule hands a call over and never hears how it ended.
    private static IMetric errors(Functions functions, Handler handler) {
        return functions.of(handler).metricErrors(every(Duration.hours(1)));
    }

    /// Missing figures are told when they begin to be missing, and not before the first one: on its first day
    /// nothing can have run yet.
    private void sweepsAreSilent(IFunction sweep) {
        var alarm = Alarm.Builder.create(this, "SweepSilent")
                .alarmDescription(text("The sweep has not run for three hours: copies of drills may stay and cost."))
                .metric(sweep.metricInvocations(every(Duration.hours(1))))
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .threshold(1)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.MISSING)
                .build();
        alarm.addAlarmAction(tell);
        alarm.addInsufficientDataAction(tell);
    }

    /// Six quarters of a day in which the sweep ran every hour, so the environment stood, and no validation found a
    /// single backup as promised. That the function ran is no proof: it may have broken off.
    private void validationIsSilent(IFunction sweep) {
        var quarter = Duration.hours(6);
        var silent = MathExpression.Builder.create()
                .expression(
                        "IF(SUM([TIME_SERIES(0), FILL(passed, 0)]) < 1 AND SUM([TIME_SERIES(0), FILL(sweeps, 0)]) > 4, 1, 0)")
                .usingMetrics(typed(Ordered.of(
                        "passed", ofLifeboat("BackupChecksPassed"), "sweeps", sweep.metricInvocations(every(quarter)))))
                .period(quarter)
                .build();
        Alarm.Builder.create(this, "ValidationSilent")
                .alarmDescription(
                        text(
                                "For a day and a half no validation has found a backup as promised: nobody knows whether they are."))
                .metric(silent)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(0)
                .evaluationPeriods(6)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build()
                .addAlarmAction(tell);
    }

    private static MetricOptions every(Duration period) {
        return MetricOptions.builder().period(period).statistic("Sum").build();
    }

    private void above(String name, String why, IMetric metric, int threshold) {
        Alarm.Builder.create(this, name)
                .alarmDescription(text(why))
                .metric(metric)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(threshold)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build()
                .addAlarmAction(tell);
    }

    private String text(String why) {
        return "Lifeboat %s, %s: %s".formatted(site.environment().name(), site.region(), why);
    }

    private static IMetric sum(String expression, Map<String, Object> metrics) {
        return MathExpression.Builder.create()
                .expression(expression)
                .usingMetrics(typed(metrics))
                .period(Duration.minutes(5))
                .build();
    }

    private static Map<String, IMetric> typed(Map<String, Object> metrics) {
        var typed = new TreeMap<String, IMetric>();
        metrics.forEach((name, metric) -> typed.put(name, (IMetric) metric));
        return typed;
    }

    /// A figure of our own over all workloads: it is emitted also when it is zero.
    private Metric ofLifeboat(String name) {
        return Metric.Builder.create()
                .namespace("Lifeboat")
                .metricName(name)
                .dimensionsMap(Map.of("Service", site.service()))
                .statistic("Maximum")
                .period(Duration.hours(1))
                .build();
    }

    private Metric ofRecordings(String name) {
        return Metric.Builder.create()
                .namespace("AWS/States")
                .metricName(name)
                .dimensionsMap(Map.of("StateMachineArn", site.recordArn()))
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
    }

    private Metric ofBackup(String name) {
        return Metric.Builder.create()
                .namespace("AWS/Backup")
                .metricName(name)
                .dimensionsMap(Map.of("BackupVaultName", site.vaultName()))
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
    }
}
