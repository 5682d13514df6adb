package lifeboat.aws.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.aws.Arns;
import lifeboat.aws.SettingsJson;
import lifeboat.parity.Step;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// The alarms that watch a table by one metric of DynamoDB each. Those of auto scaling come with its policies.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">
///     PutMetricAlarm</a>
record TableAlarms(CloudWatchClient cloudWatch) {
    private static final String NAMESPACE = "AWS/DynamoDB";
    private static final String TABLE = "TableName";
    private static final List<String> ACTIONS = List.of("alarmActions", "okActions", "insufficientDataActions");

    /// The longest that the name of an alarm can be.
    private static final int NAME = 255;

    /// The alarms on a table, as JSON; empty where nothing watches it.
    ///
    /// @param all the alarms of the region
    Optional<String> capture(List<MetricAlarm> all, String table) {
        var found = watching(all.stream(), table).map(TableAlarms::described).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(SettingsJson.write(found));
    }

    /// Alarms that cannot be captured: those over several metrics at once, where one of them is the table's.
    List<String> unsupported(List<MetricAlarm> all, String table) {
        return all.stream()
                .filter(alarm -> alarm.metrics().stream().anyMatch(query -> speaksOf(table, query)))
                .map(alarm -> "alarm \"%s\" over several metrics".formatted(alarm.alarmName()))
                .toList();
    }

    private static boolean speaksOf(String table, MetricDataQuery query) {
        return query.metricStat() != null
                && NAMESPACE.equals(query.metricStat().metric().namespace())
                && of(table, query.metricStat().metric().dimensions());
    }

    private static boolean of(String table, List<Dimension> dimensions) {
        return dimensions.stream()
                .anyMatch(dimension ->
                        dimension.name().equals(TABLE) && dimension.value().equals(table));
    }

    /// Watches a copy as was captured, by alarms that carry its name; those of a drill act on nothing. An alarm whose
    /// actions are refused watches without them.
    Step apply(TableDescription copy, String captured, boolean drill) {
        var there = own(copy.tableName()).collect(Collectors.toMap(MetricAlarm::alarmName, alarm -> alarm));
        return Step.of(StreamSupport.stream(SettingsJson.tree(captured).spliterator(), false)
                .map(alarm -> {
                    @Nullable MetricAlarm made = there.get(name(copy.tableName(), alarm));
                    return made == null
                            ? make(copy, alarm, drill)
                            : drill ? new Step.AsCaptured() : complete(made, alarm);
                })
                .toList());
    }

    private Step make(TableDescription copy, JsonNode alarm, boolean drill) {
        var ours = actions(alarm).allMatch(action -> Arns.sameRegion(copy.tableArn(), action));
        var acting = !drill && ours ? put(copy, alarm, true) : new Step.Refused("its actions are in another region");
        return acting instanceof Step.Refused ? put(copy, alarm, false) : acting;
    }

    private Step put(TableDescription copy, JsonNode alarm, boolean acts) {
        return SettingChange.tried(() -> {
            cloudWatch.putMetricAlarm(request(copy.tableName(), alarm, acts));
            return new Step.Underway();
        });
    }

    private static Step complete(MetricAlarm made, JsonNode alarm) {
        var lacking = actions(alarm)
                .distinct()
                .filter(action -> !actions(made).contains(action))
                .toList();
        return lacking.isEmpty()
                ? new Step.AsCaptured()
                : new Step.Refused("alarm \"%s\" watches without its actions %s"
                        .formatted(made.alarmName(), String.join(", ", lacking)));
    }

    private static Stream<String> actions(JsonNode alarm) {
        return ACTIONS.stream().flatMap(field -> texts(alarm, field).stream());
    }

    private static List<String> actions(MetricAlarm alarm) {
        return Stream.of(alarm.alarmActions(), alarm.okActions(), alarm.insufficientDataActions())
                .flatMap(List::stream)
                .toList();
    }

    /// Removes the alarms that were made for a copy that goes.
    void remove(String copy) {
        var names = own(copy).map(MetricAlarm::alarmName).toList();
        for (var from = 0; from < names.size(); from += 100) {
            List<String> page = names.subList(from, Math.min(from + 100, names.size()));
            cloudWatch.deleteAlarms(request -> request.alarmNames(page));
        }
    }

    /// Those that were made for a copy.
    private Stream<MetricAlarm> own(String copy) {
        return watching(
                cloudWatch
                        .describeAlarmsPaginator(request -> request.alarmNamePrefix(prefix(copy)))
                        .metricAlarms()
                        .stream(),
                copy);
    }

    private static Stream<MetricAlarm> watching(Stream<MetricAlarm> alarms, String table) {
        return alarms.filter(alarm -> NAMESPACE.equals(alarm.namespace()))
                .filter(alarm -> !alarm.alarmName().startsWith("TargetTracking-"))
                .filter(alarm -> of(table, alarm.dimensions()));
    }

    /// No name of a copy holds a slash, so that no copy's prefix begins with another's.
    private static String prefix(String copy) {
        return copy + "/";
    }

    private static String name(String copy, JsonNode alarm) {
        var name = prefix(copy) + alarm.path("name").asText();
        return name.length() <= NAME ? name : name.substring(0, NAME);
    }

    private static Map<String, Object> described(MetricAlarm alarm) {
        var values = new TreeMap<String, Object>();
        values.put("name", alarm.alarmName());
        values.put("metric", alarm.metricName());
        values.put("periods", alarm.evaluationPeriods());
        values.put("comparison", alarm.comparisonOperatorAsString());
        values.put("actionsEnabled", Boolean.TRUE.equals(alarm.actionsEnabled()));
        values.put("alarmActions", alarm.alarmActions());
        values.put("okActions", alarm.okActions());
        values.put("insufficientDataActions", alarm.insufficientDataActions());
        values.put("dimensions", otherDimensions(alarm));
        put(values, "description", alarm.alarmDescription());
        put(values, "statistic", alarm.statisticAsString());
        put(values, "extendedStatistic", alarm.extendedStatistic());
        put(values, "period", alarm.period());
        put(values, "datapoints", alarm.datapointsToAlarm());
        put(values, "threshold", alarm.threshold());
        put(values, "missingData", alarm.treatMissingData());
        put(values, "unit", alarm.unitAsString());
        return values;
    }

    private static Map<String, String> otherDimensions(MetricAlarm alarm) {
        var dimensions = new TreeMap<String, String>();
        alarm.dimensions().stream()
                .filter(dimension -> !dimension.name().equals(TABLE))
                .forEach(dimension -> dimensions.put(dimension.name(), dimension.value()));
        return dimensions;
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static PutMetricAlarmRequest request(String copy, JsonNode alarm, boolean acts) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name(copy, alarm))
                .alarmDescription(text(alarm, "description"))
                .actionsEnabled(alarm.path("actionsEnabled").asBoolean() && acts)
                .alarmActions(acts ? texts(alarm, "alarmActions") : List.of())
                .okActions(acts ? texts(alarm, "okActions") : List.of())
                .insufficientDataActions(acts ? texts(alarm, "insufficientDataActions") : List.of())
                .namespace(NAMESPACE)
                .metricName(text(alarm, "metric"))
                .dimensions(dimensions(copy, alarm))
                .statistic(text(alarm, "statistic"))
                .extendedStatistic(text(alarm, "extendedStatistic"))
                .period(number(alarm, "period"))
                .evaluationPeriods(number(alarm, "periods"))
                .datapointsToAlarm(number(alarm, "datapoints"))
                .threshold(
                        alarm.path("threshold").isNumber()
                                ? alarm.path("threshold").asDouble()
                                : null)
                .comparisonOperator(text(alarm, "comparison"))
                .treatMissingData(text(alarm, "missingData"))
                .unit(text(alarm, "unit"))
                .build();
    }

    private static List<Dimension> dimensions(String copy, JsonNode alarm) {
        var dimensions = new ArrayList<Dimension>();
        dimensions.add(Dimension.builder().name(TABLE).value(copy).build());
        alarm.path("dimensions")
                .properties()
                .forEach(other -> dimensions.add(Dimension.builder()
                        .name(other.getKey())
                        .value(other.getValue().asText())
                        .build()));
        return dimensions;
    }

    private static List<String> texts(JsonNode alarm, String field) {
        return StreamSupport.stream(alarm.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static @Nullable String text(JsonNode alarm, String field) {
        return alarm.path(field).isTextual() ? alarm.path(field).asText() : null;
    }

    private static @Nullable Integer number(JsonNode alarm, String field) {
        return alarm.path(field).isNumber() ? alarm.path(field).asInt() : null;
    }
}
