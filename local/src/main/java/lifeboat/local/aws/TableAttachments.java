package lifeboat.local.aws;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.EnableKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.EnableKinesisStreamingDestinationResponse;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.KinesisDataStreamDestination;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContributorInsightsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/// Stands in for what can be attached to a table and DynamoDB Local does not know: tags, Kinesis destinations,
/// contributor insights, resource policies.
///
/// @param tables whose attachments they are
/// @param local the engine, which expires items, and at once
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">DynamoDB API</a>
record TableAttachments(World world, DynamoDbStandIn tables, DynamoDbClient local) implements DynamoDbClient {
    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        TableState state = tables.existing(DynamoDbStandIn.name(request.resourceArn()));
        request.tags().forEach(tag -> state.tags.put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tables.existing(DynamoDbStandIn.name(request.resourceArn()))
                .tags
                .keySet()
                .removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
        List<Tag> tags = tables.existing(DynamoDbStandIn.name(request.resourceArn())).tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsOfResourceResponse.builder().tags(tags).build();
    }

    @Override
    public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        TableState state = tables.existing(DynamoDbStandIn.name(request.tableName()));
        UpdateTimeToLiveResponse updated = local.updateTimeToLive(request);
        state.expiryEnabledAt = Optional.of(world.now().plus(world.timings().expiry()));
        return updated;
    }

    /// Enabling takes up to an hour.
    @Override
    public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
        TableState state = tables.existing(DynamoDbStandIn.name(request.tableName()));
        TimeToLiveDescription described = local.describeTimeToLive(request).timeToLiveDescription();
        boolean enabling = described.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                && state.expiryEnabledAt.filter(world.now()::isBefore).isPresent();
        return DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(
                        enabling
                                ? described.toBuilder()
                                        .timeToLiveStatus(TimeToLiveStatus.ENABLING)
                                        .build()
                                : described)
                .build();
    }

    @Override
    public DescribeKinesisStreamingDestinationResponse describeKinesisStreamingDestination(
            DescribeKinesisStreamingDestinationRequest request) {
        String table = DynamoDbStandIn.name(request.tableName());
        return DescribeKinesisStreamingDestinationResponse.builder()
                .tableName(table)
                .kinesisDataStreamDestinations(tables.existing(table).kinesis.values())
                .build();
    }

    @Override
    public EnableKinesisStreamingDestinationResponse enableKinesisStreamingDestination(
            EnableKinesisStreamingDestinationRequest request) {
        String table = DynamoDbStandIn.name(request.tableName());
        KinesisDataStreamDestination destination = KinesisDataStreamDestination.builder()
                .streamArn(request.streamArn())
                .destinationStatus(DestinationStatus.ACTIVE)
                .build();
        tables.existing(table).kinesis.put(request.streamArn(), destination);
        return EnableKinesisStreamingDestinationResponse.builder()
                .tableName(table)
                .streamArn(request.streamArn())
                .destinationStatus(DestinationStatus.ACTIVE)
                .build();
    }

    @Override
    public DescribeContributorInsightsResponse describeContributorInsights(DescribeContributorInsightsRequest request) {
        String table = DynamoDbStandIn.name(request.tableName());
        return DescribeContributorInsightsResponse.builder()
                .tableName(table)
                .contributorInsightsStatus(tables.existing(table).insights)
                .build();
    }

    @Override
    public UpdateContributorInsightsResponse updateContributorInsights(UpdateContributorInsightsRequest request) {
        String table = DynamoDbStandIn.name(request.tableName());
        boolean enable = request.contributorInsightsAction() == ContributorInsightsAction.ENABLE;
        TableState state = tables.existing(table);
        state.insights = enable ? ContributorInsightsStatus.ENABLED : ContributorInsightsStatus.DISABLED;
        return UpdateContributorInsightsResponse.builder()
                .tableName(table)
                .contributorInsightsStatus(state.insights)
                .build();
    }

    @Override
    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
        TableState state = tables.existing(DynamoDbStandIn.name(request.resourceArn()));
        @Nullable String policy = state.policy;
        if (policy == null) {
            throw TableRefusals.noPolicy(request.resourceArn());
        }
        return GetResourcePolicyResponse.builder()
                .policy(policy)
                .revisionId(Long.toString(state.policyRevision))
                .build();
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
        TableState state = tables.existing(DynamoDbStandIn.name(request.resourceArn()));
        state.policy = request.policy();
        state.policyRevision++;
        return PutResourcePolicyResponse.builder()
                .revisionId(Long.toString(state.policyRevision))
                .build();
    }
}
