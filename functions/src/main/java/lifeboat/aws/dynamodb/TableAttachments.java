package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lifeboat.aws.Arns;
import lifeboat.aws.CapturedSettings;
import lifeboat.aws.SettingsJson;
import lifeboat.parity.Step;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KinesisDataStreamDestination;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// What is attached to a table: tags, resource policy, contributor insights, Kinesis destinations.
record TableAttachments(DynamoDbClient dynamoDb) {
    private static final String TABLE = "";
    private static final Set<DestinationStatus> STREAMING =
            Set.of(DestinationStatus.ACTIVE, DestinationStatus.ENABLING);

    void capture(TableDescription table, CapturedSettings captured) {
        captured.read("tags", () -> Optional.of(SettingsJson.write(owned(tags(table.tableArn())))));
        captured.read("resourcePolicy", () -> policy(table.tableArn()));
        captured.read("contributorInsights", () -> written(enabledInsights(table)));
        captured.read("kinesis", () -> written(kinesis(table, STREAMING)));
    }

    private static Optional<String> written(Map<String, String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(SettingsJson.write(values));
    }

    private static Optional<String> written(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(SettingsJson.write(values));
    }

    Step tags(TableDescription copy, Map<String, String> captured) {
        var missing = new TreeMap<>(captured);
        missing.entrySet().removeAll(tags(copy.tableArn()).entrySet());
        if (missing.isEmpty()) {
            return new Step.AsCaptured();
        }
        dynamoDb.tagResource(request -> request.resourceArn(copy.tableArn())
                .tags(missing.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        return new Step.Underway();
    }

    /// The policy of live speaks of live: its ARN is replaced by the copy's.
    Step policy(TableDescription copy, String captured, String liveArn) {
        var wanted =
                captured.replaceAll(Pattern.quote(liveArn) + "(?=[\"/])", Matcher.quoteReplacement(copy.tableArn()));
        var there = policy(copy.tableArn());
        if (there.isPresent() && SettingsJson.tree(there.get()).equals(SettingsJson.tree(wanted))) {
            return new Step.AsCaptured();
        }
        dynamoDb.putResourcePolicy(
                request -> request.resourceArn(copy.tableArn()).policy(wanted));
        return new Step.Underway();
    }

    /// Each index for itself.
    Step insights(TableDescription copy, Map<String, String> captured) {
        var there = enabledInsights(copy);
        return Step.of(captured.entrySet().stream()
                .filter(wanted -> !there.containsKey(wanted.getKey()))
                .map(wanted -> SettingChange.tried(() -> enableInsights(copy, wanted.getKey(), wanted.getValue())))
                .toList());
    }

    private Step enableInsights(TableDescription copy, String index, String mode) {
        dynamoDb.updateContributorInsights(request -> request.tableName(copy.tableName())
                .indexName(index.equals(TABLE) ? null : index)
                .contributorInsightsMode(mode.isEmpty() ? null : mode)
                .contributorInsightsAction(ContributorInsightsAction.ENABLE));
        return new Step.Underway();
    }

    /// Each stream for itself: one that is gone, or in another region, keeps no other from being written to.
    Step kinesis(TableDescription copy, List<String> captured) {
        return Step.of(captured.stream()
                .map(stream -> SettingChange.tried(() -> kinesis(copy, stream)))
                .toList());
    }

    private Step kinesis(TableDescription copy, String stream) {
        if (!Arns.sameRegion(copy.tableArn(), stream)) {
            return new Step.Refused("stream \"%s\" is in another region".formatted(stream));
        }
        if (kinesis(copy, Set.of(DestinationStatus.ACTIVE)).contains(stream)) {
            return new Step.AsCaptured();
        }
        if (kinesis(copy, Set.of(DestinationStatus.ENABLE_FAILED)).contains(stream)) {
            return new Step.Refused("writing to stream \"%s\" could not be enabled".formatted(stream));
        }
        if (!kinesis(copy, STREAMING).contains(stream)) {
            dynamoDb.enableKinesisStreamingDestination(
                    request -> request.tableName(copy.tableName()).streamArn(stream));
        }
        return new Step.Underway();
    }

    /// Tags that AWS sets cannot be set by others, and ours say whose a copy is.
    private static Map<String, String> owned(Map<String, String> tags) {
        tags.keySet().removeIf(key -> key.startsWith("aws:") || key.startsWith("lifeboat:"));
        return tags;
    }

    private Map<String, String> tags(String arn) {
        var tags = new HashMap<String, String>();
        @Nullable String next = null;
        do {
            @Nullable String token = next;
            ListTagsOfResourceResponse page = dynamoDb.listTagsOfResource(
                    request -> request.resourceArn(arn).nextToken(token));
            page.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            next = page.nextToken();
        } while (next != null);
        return tags;
    }

    private Optional<String> policy(String arn) {
        try {
            return Optional.ofNullable(dynamoDb.getResourcePolicy(request -> request.resourceArn(arn))
                    .policy());
        } catch (PolicyNotFoundException e) {
            return Optional.empty();
        }
    }

    /// By index, the empty name for the table itself; the value is the mode, empty where the service names none.
    private Map<String, String> enabledInsights(TableDescription table) {
        var names = new ArrayList<String>();
        names.add(TABLE);
        table.globalSecondaryIndexes().stream()
                .map(GlobalSecondaryIndexDescription::indexName)
                .forEach(names::add);
        var enabled = new TreeMap<String, String>();
        for (var name : names) {
            var insights = dynamoDb.describeContributorInsights(
                    request -> request.tableName(table.tableName()).indexName(name.equals(TABLE) ? null : name));
            var status = insights.contributorInsightsStatus();
            if (status == ContributorInsightsStatus.ENABLED || status == ContributorInsightsStatus.ENABLING) {
                enabled.put(
                        name,
                        Optional.ofNullable(insights.contributorInsightsModeAsString())
                                .orElse(""));
            }
        }
        return enabled;
    }

    private List<String> kinesis(TableDescription table, Set<DestinationStatus> statuses) {
        return dynamoDb
                .describeKinesisStreamingDestination(request -> request.tableName(table.tableName()))
                .kinesisDataStreamDestinations()
                .stream()
                .filter(stream -> statuses.contains(stream.destinationStatus()))
                .map(KinesisDataStreamDestination::streamArn)
                .sorted()
                .toList();
    }
}
