package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lifeboat.aws.SettingsJson;
import lifeboat.catalog.Resource;
import lifeboat.parity.Application;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.parity.Step;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// The settings of a table that a restore drops: captured from live, given back to the copy. What a restore carries
/// (keys, indexes, capacity, encryption) is only verified.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">
///     What a restore carries</a>
public final class DynamoDbParity implements Parity {
    private static final String OUTSIDE = "a drill's copy writes to nobody outside";

    private final DynamoDbClient dynamoDb;
    private final TableSettings tables;
    private final TableAttachments attachments;
    private final TableScaling scaling;
    private final TableAlarms alarms;

    public DynamoDbParity(
            DynamoDbClient dynamoDb, ApplicationAutoScalingClient autoScaling, CloudWatchClient cloudWatch) {
        this.dynamoDb = dynamoDb;
        this.tables = new TableSettings(dynamoDb);
        this.attachments = new TableAttachments(dynamoDb);
        this.scaling = new TableScaling(autoScaling);
        this.alarms = new TableAlarms(cloudWatch);
    }

    @Override
    public Settings capture(Resource live) {
        return describe(live.physicalName()).map(this::capture).orElse(Settings.NONE);
    }

    private Settings capture(TableDescription table) {
        Map<String, String> values = new TreeMap<>();
        values.put("tableArn", table.tableArn());
        values.put("billing", TableSettings.billing(table));
        values.put("encryption", TableSettings.encryption(table));
        tables.capture(table, values);
        attachments.capture(table, values);
        scaling.capture(table.tableName()).ifPresent(value -> values.put("autoScaling", value));
        alarms.capture(table.tableName()).ifPresent(value -> values.put("alarms", value));
        List<String> unsupported = new ArrayList<>(scaling.unsupported(table.tableName()));
        unsupported.addAll(alarms.unsupported(table.tableName()));
        if (!unsupported.isEmpty()) {
            values.put("unsupported", SettingsJson.write(unsupported));
        }
        return new Settings(values);
    }

    @Override
    public Configured apply(Resource live, CopyName copy, Settings captured, boolean drill) {
        Application pass = new Application(live, copy, captured);
        Optional<TableDescription> found = describe(copy.value());
        if (found.isEmpty() || found.get().tableStatus() != TableStatus.ACTIVE) {
            pass.note("table is not active", new Step.Underway());
            return pass.outcome();
        }
        apply(pass, found.get(), captured, drill);
        return pass.outcome();
    }

    private void apply(Application pass, TableDescription copy, Settings captured, boolean drill) {
        pass.setting("billing", value -> verified(value, TableSettings.billing(copy)));
        pass.setting("encryption", value -> verified(value, TableSettings.encryption(copy)));
        pass.setting("tags", value -> attachments.tags(copy, SettingsJson.textsByName(value)));
        pass.setting("timeToLive", value -> tables.timeToLive(copy, value));
        pass.setting("pointInTimeRecovery", value -> tables.pointInTimeRecovery(copy, value));
        pass.setting("contributorInsights", value -> attachments.insights(copy, SettingsJson.textsByName(value)));
        pass.unlessDrill(
                "resourcePolicy",
                drill,
                "a drill's copy stays private",
                value -> attachments.policy(copy, value, captured.values().getOrDefault("tableArn", "")));
        pass.unlessDrill("kinesis", drill, OUTSIDE, value -> attachments.kinesis(copy, SettingsJson.texts(value)));
        pass.setting("autoScaling", value -> scaling.apply(copy.tableName(), value));
        pass.setting("alarms", value -> alarms.apply(copy.tableName(), value, drill));
        if (drill && captured.values().containsKey("alarms")) {
            pass.note("alarm actions", new Step.Withheld("a drill pages nobody"));
        }
        pass.setting("unsupported", value -> new Step.Refused(String.join(", ", SettingsJson.texts(value))));
        applyToTable(pass, copy, drill);
    }

    /// One at a time: a table takes no other update while one is under way.
    private void applyToTable(Application pass, TableDescription copy, boolean drill) {
        pass.setting("stream", value -> tables.stream(copy, value));
        if (!pass.hasRemaining()) {
            pass.setting("tableClass", value -> tables.tableClass(copy, value));
        }
        if (!pass.hasRemaining()) {
            pass.unlessDrill(
                    "deletionProtection",
                    drill,
                    "a drill's copy must stay deletable",
                    value -> tables.deletionProtection(copy));
        }
    }

    private static Step verified(String captured, String restored) {
        return captured.equals(restored)
                ? new Step.AsCaptured()
                : new Step.Refused("restored as %s, live has %s".formatted(restored, captured));
    }

    private Optional<TableDescription> describe(String table) {
        try {
            return Optional.of(
                    dynamoDb.describeTable(request -> request.tableName(table)).table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }
}
