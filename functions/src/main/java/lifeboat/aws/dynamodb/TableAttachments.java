package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    void capture(TableDescription table, Map<String, String> values) {
        values.put("tags", SettingsJson.write(owned(tags(table.tableArn()))));
        policy(table.tableArn()).ifPresent(policy -> values.put("resourcePolicy", policy));
        var insights = enabledInsights(table);
        if (!insights.isEmpty()) {
            values.put("contributorInsights", SettingsJson.write(insights));
        }
        var streams = kinesis(table);
        if (!streams.isEmpty()) {
            values.put("kinesis", SettingsJson.write(streams));
        }
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

    Step insights(TableDescription copy, Map<String, String> captured) {
        var there = enabledInsights(copy);
        var missing = captured.keySet().stream()
                .filter(index -> !there.containsKey(index))
                .toList();
        missing.forEach(index -> dynamoDb.updateContributorInsights(request -> request.tableName(copy.tableName())
                .indexName(index.equals(TABLE) ? null : index)
                .contributorInsightsMode(captured.getOrDefault(index, "").isEmpty() ? null : captured.get(index))
                .contributorInsightsAction(ContributorInsightsAction.ENABLE)));
        return missing.isEmpty() ? new Step.AsCaptured() : new Step.Underway();
    }

    Step kinesis(TableDescription copy, List<String> captured) {
        var missing = new ArrayList<>(captured);
        missing.removeAll(kinesis(copy));
        missing.forEach(stream -> dynamoDb.enableKinesisStreamingDestination(
                request -> request.tableName(copy.tableName()).streamArn(stream)));
        return missing.isEmpty() ? new Step.AsCaptured() : new Step.Underway();
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

    private List<String> kinesis(TableDescription table) {
        return dynamoDb
                .describeKinesisStreamingDestination(request -> request.tableName(table.tableName()))
                .kinesisDataStreamDestinations()
                .stream()
                .filter(stream -> stream.destinationStatus() == DestinationStatus.ACTIVE
                        || stream.destinationStatus() == DestinationStatus.ENABLING)
                .map(KinesisDataStreamDestination::streamArn)
                .sorted()
                .toList();
    }
}
