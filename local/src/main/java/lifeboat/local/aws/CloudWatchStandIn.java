package lifeboat.local.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/// Stands in for CloudWatch, which has no engine here: keeps alarms and the metrics put to it; has no data to give.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html">CloudWatch API</a>
public final class CloudWatchStandIn implements CloudWatchClient {
    private final World world;
    private final Map<String, MetricAlarm> alarms = new ConcurrentSkipListMap<>();
    private final List<PutMetricDataRequest> metrics = new CopyOnWriteArrayList<>();

    CloudWatchStandIn(World world) {
        this.world = world;
    }

    /// Every metric put so far.
    public List<PutMetricDataRequest> metrics() {
        return List.copyOf(metrics);
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
        Stream.of(request.alarmActions(), request.okActions(), request.insufficientDataActions())
                .flatMap(List::stream)
                .filter(action ->
                        !action.split(":", 5)[3].equals(world.account().region()))
                .findFirst()
                .ifPresent(action -> {
                    throw Refusals.of(
                                    CloudWatchException.builder(),
                                    "ValidationError",
                                    "Invalid region specified in %s. Only %s is supported."
                                            .formatted(action, world.account().region()))
                            .build();
                });
        alarms.put(
                request.alarmName(),
                MetricAlarm.builder()
                        .alarmName(request.alarmName())
                        .alarmArn(world.account().arn("cloudwatch", "alarm:" + request.alarmName()))
                        .alarmDescription(request.alarmDescription())
                        .actionsEnabled(request.actionsEnabled())
                        .okActions(request.okActions())
                        .alarmActions(request.alarmActions())
                        .insufficientDataActions(request.insufficientDataActions())
                        .metricName(request.metricName())
                        .namespace(request.namespace())
                        .statistic(request.statisticAsString())
                        .extendedStatistic(request.extendedStatistic())
                        .dimensions(request.dimensions())
                        .period(request.period())
                        .unit(request.unitAsString())
                        .evaluationPeriods(request.evaluationPeriods())
                        .datapointsToAlarm(request.datapointsToAlarm())
                        .threshold(request.threshold())
                        .comparisonOperator(request.comparisonOperatorAsString())
                        .treatMissingData(request.treatMissingData())
                        .metrics(request.hasMetrics() ? request.metrics() : null)
                        .stateValue("INSUFFICIENT_DATA")
                        .stateUpdatedTimestamp(world.now())
                        .build());
        return PutMetricAlarmResponse.builder().build();
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        List<MetricAlarm> found = alarms.values().stream()
                .filter(alarm ->
                        request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.alarmName()))
                .filter(alarm ->
                        request.alarmNamePrefix() == null || alarm.alarmName().startsWith(request.alarmNamePrefix()))
                .toList();
        int size = request.maxRecords() == null ? 50 : request.maxRecords();
        Page<MetricAlarm> page = Page.of(found, request.nextToken(), size);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.items())
                .nextToken(page.next())
                .build();
    }

    @Override
    public DescribeAlarmsForMetricResponse describeAlarmsForMetric(DescribeAlarmsForMetricRequest request) {
        List<MetricAlarm> found = alarms.values().stream()
                .filter(alarm -> request.metricName().equals(alarm.metricName()))
                .filter(alarm -> request.namespace().equals(alarm.namespace()))
                .filter(alarm -> request.dimensions().equals(alarm.dimensions()))
                .toList();
        return DescribeAlarmsForMetricResponse.builder().metricAlarms(found).build();
    }

    @Override
    public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
        alarms.keySet().removeAll(request.alarmNames());
        return DeleteAlarmsResponse.builder().build();
    }

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
        metrics.add(request);
        return PutMetricDataResponse.builder().build();
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        List<MetricDataResult> empty = request.metricDataQueries().stream()
                .map(query -> MetricDataResult.builder()
                        .id(query.id())
                        .label(query.label())
                        .statusCode(StatusCode.COMPLETE)
                        .build())
                .toList();
        return GetMetricDataResponse.builder().metricDataResults(empty).build();
    }
}
