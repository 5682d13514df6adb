package lifeboat.aws.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.aws.SettingsJson;
import lifeboat.parity.Step;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/// How a table and its indexes scale: targets, and policies that track the use of capacity.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html">Auto scaling</a>
record TableScaling(ApplicationAutoScalingClient autoScaling) {
    /// What a table scales by, as JSON; empty where it does not scale.
    Optional<String> capture(String table) {
        var found = read(table);
        return found.isEmpty() ? Optional.empty() : Optional.of(SettingsJson.write(found));
    }

    /// Makes a copy scale as was captured.
    Step apply(String copy, String captured) {
        var wanted = SettingsJson.tree(captured);
        var there = SettingsJson.tree(SettingsJson.write(read(copy)));
        return Step.of(StreamSupport.stream(wanted.spliterator(), false)
                .filter(entry ->
                        StreamSupport.stream(there.spliterator(), false).noneMatch(entry::equals))
                .map(entry -> SettingChange.tried(() -> put(copy, entry)))
                .toList());
    }

    /// Policies that cannot be captured: those that scale by a metric of one's own.
    List<String> unsupported(String table) {
        return targets(table).stream()
                .flatMap(this::policies)
                .filter(policy -> !supported(policy))
                .map(policy -> "scaling policy \"%s\"".formatted(policy.policyName()))
                .toList();
    }

    private static boolean supported(ScalingPolicy policy) {
        return policy.targetTrackingScalingPolicyConfiguration() != null
                && policy.targetTrackingScalingPolicyConfiguration().predefinedMetricSpecification() != null;
    }

    /// Stops the scaling of a table that goes; its policies go with the targets.
    void remove(String table) {
        targets(table)
                .forEach(target -> autoScaling.deregisterScalableTarget(
                        request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                                .resourceId(target.resourceId())
                                .scalableDimension(target.scalableDimension())));
    }

    private Step put(String copy, JsonNode entry) {
        var resource = resource(copy) + entry.path("of").asText();
        var dimension = entry.path("dimension").asText();
        if (entry.path("policy").isMissingNode()) {
            autoScaling.registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                    .resourceId(resource)
                    .scalableDimension(dimension)
                    .minCapacity(entry.path("min").asInt())
                    .maxCapacity(entry.path("max").asInt()));
        } else {
            autoScaling.putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                    .resourceId(resource)
                    .scalableDimension(dimension)
                    .policyName(entry.path("policy").asText())
                    .policyType(PolicyType.TARGET_TRACKING_SCALING)
                    .targetTrackingScalingPolicyConfiguration(tracking(entry)));
        }
        return new Step.Underway();
    }

    private static TargetTrackingScalingPolicyConfiguration tracking(JsonNode entry) {
        return TargetTrackingScalingPolicyConfiguration.builder()
                .predefinedMetricSpecification(metric ->
                        metric.predefinedMetricType(entry.path("metric").asText()))
                .targetValue(entry.path("target").asDouble())
                .scaleInCooldown(number(entry, "inCooldown"))
                .scaleOutCooldown(number(entry, "outCooldown"))
                .disableScaleIn(entry.path("noScaleIn").asBoolean())
                .build();
    }

    private static @Nullable Integer number(JsonNode entry, String field) {
        return entry.path(field).isNumber() ? entry.path(field).asInt() : null;
    }

    /// Targets before policies, which need them. The table's name is left out, so that a copy's read the same.
    private List<Map<String, Object>> read(String table) {
        var entries = new ArrayList<Map<String, Object>>();
        for (var target : targets(table)) {
            entries.add(entry(
                    table,
                    target.resourceId(),
                    target.scalableDimensionAsString(),
                    Map.of("min", target.minCapacity(), "max", target.maxCapacity())));
        }
        for (var target : targets(table)) {
            policies(target)
                    .filter(TableScaling::supported)
                    .forEach(policy -> entries.add(
                            entry(table, policy.resourceId(), policy.scalableDimensionAsString(), described(policy))));
        }
        return entries;
    }

    private static Map<String, Object> described(ScalingPolicy policy) {
        var tracking = policy.targetTrackingScalingPolicyConfiguration();
        var values = new TreeMap<String, Object>();
        values.put("policy", policy.policyName());
        values.put("metric", tracking.predefinedMetricSpecification().predefinedMetricTypeAsString());
        values.put("target", tracking.targetValue());
        values.put("noScaleIn", Boolean.TRUE.equals(tracking.disableScaleIn()));
        Optional.ofNullable(tracking.scaleInCooldown()).ifPresent(seconds -> values.put("inCooldown", seconds));
        Optional.ofNullable(tracking.scaleOutCooldown()).ifPresent(seconds -> values.put("outCooldown", seconds));
        return values;
    }

    private static Map<String, Object> entry(
            String table, String resource, String dimension, Map<String, Object> values) {
        var entry = new LinkedHashMap<String, Object>(values);
        entry.put("of", resource.substring(resource(table).length()));
        entry.put("dimension", dimension);
        return entry;
    }

    private List<ScalableTarget> targets(String table) {
        return autoScaling
                .describeScalableTargetsPaginator(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB))
                .scalableTargets()
                .stream()
                .filter(target -> target.resourceId().equals(resource(table))
                        || target.resourceId().startsWith(resource(table) + "/index/"))
                .toList();
    }

    private Stream<ScalingPolicy> policies(ScalableTarget target) {
        return autoScaling
                .describeScalingPoliciesPaginator(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                        .resourceId(target.resourceId())
                        .scalableDimension(target.scalableDimension()))
                .scalingPolicies()
                .stream()
                .filter(Objects::nonNull);
    }

    private static String resource(String table) {
        return "table/" + table;
    }
}
