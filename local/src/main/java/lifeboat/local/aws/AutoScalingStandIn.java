package lifeboat.local.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/// Stands in for Application Auto Scaling, which has no engine here: keeps targets and policies; scales nothing.
///
/// @see <a href="https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html">API</a>
final class AutoScalingStandIn implements ApplicationAutoScalingClient {
    private final World world;
    private final Map<String, ScalableTarget> targets = new ConcurrentSkipListMap<>();
    private final Map<String, ScalingPolicy> policies = new ConcurrentSkipListMap<>();

    AutoScalingStandIn(World world) {
        this.world = world;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest request) {
        String key = key(request.resourceId(), request.scalableDimensionAsString());
        ScalableTarget target = ScalableTarget.builder()
                .serviceNamespace(request.serviceNamespaceAsString())
                .resourceId(request.resourceId())
                .scalableDimension(request.scalableDimensionAsString())
                .minCapacity(request.minCapacity())
                .maxCapacity(request.maxCapacity())
                .roleARN(request.roleARN())
                .suspendedState(request.suspendedState())
                .creationTime(world.now())
                .build();
        targets.put(key, target);
        return RegisterScalableTargetResponse.builder().build();
    }

    @Override
    public DeregisterScalableTargetResponse deregisterScalableTarget(DeregisterScalableTargetRequest request) {
        String key = key(request.resourceId(), request.scalableDimensionAsString());
        if (targets.remove(key) == null) {
            throw noTarget(request.resourceId());
        }
        policies.keySet().removeIf(policy -> policy.startsWith(key + " "));
        return DeregisterScalableTargetResponse.builder().build();
    }

    @Override
    public DescribeScalableTargetsResponse describeScalableTargets(DescribeScalableTargetsRequest request) {
        List<ScalableTarget> found = targets.values().stream()
                .filter(target -> target.serviceNamespace() == request.serviceNamespace())
                .filter(target ->
                        request.resourceIds().isEmpty() || request.resourceIds().contains(target.resourceId()))
                .filter(target -> request.scalableDimension() == null
                        || target.scalableDimension() == request.scalableDimension())
                .toList();
        return DescribeScalableTargetsResponse.builder().scalableTargets(found).build();
    }

    @Override
    public PutScalingPolicyResponse putScalingPolicy(PutScalingPolicyRequest request) {
        String key = key(request.resourceId(), request.scalableDimensionAsString());
        if (!targets.containsKey(key)) {
            throw noTarget(request.resourceId());
        }
        String arn = world.account()
                .arn(
                        "autoscaling",
                        "scalingPolicy:local:resource/dynamodb/" + request.resourceId() + ":policyName/"
                                + request.policyName());
        policies.put(
                key + " " + request.policyName(),
                ScalingPolicy.builder()
                        .policyARN(arn)
                        .policyName(request.policyName())
                        .serviceNamespace(request.serviceNamespaceAsString())
                        .resourceId(request.resourceId())
                        .scalableDimension(request.scalableDimensionAsString())
                        .policyType(request.policyTypeAsString())
                        .stepScalingPolicyConfiguration(request.stepScalingPolicyConfiguration())
                        .targetTrackingScalingPolicyConfiguration(request.targetTrackingScalingPolicyConfiguration())
                        .creationTime(world.now())
                        .build());
        return PutScalingPolicyResponse.builder().policyARN(arn).build();
    }

    @Override
    public DescribeScalingPoliciesResponse describeScalingPolicies(DescribeScalingPoliciesRequest request) {
        List<ScalingPolicy> found = policies.values().stream()
                .filter(policy -> policy.serviceNamespace() == request.serviceNamespace())
                .filter(policy ->
                        request.resourceId() == null || policy.resourceId().equals(request.resourceId()))
                .filter(policy -> request.scalableDimension() == null
                        || policy.scalableDimension() == request.scalableDimension())
                .toList();
        return DescribeScalingPoliciesResponse.builder().scalingPolicies(found).build();
    }

    private static String key(String resource, String dimension) {
        return resource + " " + dimension;
    }

    private static RuntimeException noTarget(String resource) {
        return Refusals.of(
                        ObjectNotFoundException.builder(),
                        "ObjectNotFoundException",
                        "No scalable target found for resource ID: " + resource)
                .build();
    }
}
