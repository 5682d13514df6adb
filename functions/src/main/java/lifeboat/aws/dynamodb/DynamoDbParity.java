package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lifeboat.aws.CapturedSettings;
import lifeboat.aws.SettingsJson;
import lifeboat.catalog.Resource;
import lifeboat.parity.Application;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.parity.Step;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// The settings of a table that a restore drops: captured from live, given back to the copy. What a restore carries
/// (keys, indexes, capacity, encryption) is only verified.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">
///     What a restore carries</a>
public final class DynamoDbParity implements Parity {
    private static final Set<TableStatus> CHANGING = Set.of(TableStatus.CREATING, TableStatus.UPDATING);
    private static final String OUTSIDE = "a drill's copy writes to nobody outside";

    private final DynamoDbClient dynamoDb;
    private final TableSettings tables;
    private final TableAttachments attachments;
    private final TableScaling scaling;
    private final TableAlarms alarms;
    private final ListedAlarms listed;

    /// Reads and writes in the region of the clients.
    public DynamoDbParity(DynamoDbClient dynamoDb, ApplicationAutoScalingClient autoScaling, ListedAlarms alarms) {
        this.dynamoDb = dynamoDb;
        this.tables = new TableSettings(dynamoDb);
        this.attachments = new TableAttachments(dynamoDb);
        this.scaling = new TableScaling(autoScaling);
        this.listed = alarms;
        this.alarms = new TableAlarms(alarms.cloudWatch());
    }

    @Override
    public Settings capture(Resource live) {
        return describe(live.physicalName()).map(this::capture).orElse(Settings.NONE);
    }

    private Settings capture(TableDescription table) {
        CapturedSettings captured = new CapturedSettings();
        captured.put("tableArn", table.tableArn());
        captured.put("billing", TableSettings.billing(table));
        captured.put("encryption", TableSettings.encryption(table));
        captured.read("encryptionKey", () -> TableSettings.encryptionKey(table));
        tables.capture(table, captured);
        attachments.capture(table, captured);
        captured.read("autoScaling", () -> scaling.capture(table.tableName()));
        captured.read("alarms", () -> alarms.capture(listed.all(), table.tableName()));
        captured.read("unsupported", () -> unsupported(table.tableName()));
        return captured.settings();
    }

    private Optional<String> unsupported(String table) {
        List<String> unsupported = new ArrayList<>(scaling.unsupported(table));
        unsupported.addAll(alarms.unsupported(listed.all(), table));
        return unsupported.isEmpty() ? Optional.empty() : Optional.of(SettingsJson.write(unsupported));
    }

    @Override
    public Configured apply(Resource live, CopyName copy, Settings captured, boolean drill) {
        Application pass = new Application(live, copy, captured);
        Optional<TableDescription> found = describe(copy.value());
        if (found.isEmpty()) {
            return missing(pass, copy);
        }
        TableStatus status = found.get().tableStatus();
        if (status == TableStatus.ACTIVE) {
            apply(pass, found.get(), captured, drill);
        } else if (CHANGING.contains(status)) {
            pass.note("table is not active", new Step.Underway());
        } else {
            return new Configured.Failed(
                    "table \"%s\" is \"%s\"".formatted(copy, found.get().tableStatusAsString()));
        }
        return pass.outcome();
    }

    /// Descriptions may lag behind: only where another call misses the table too, it is gone.
    private Configured missing(Application pass, CopyName copy) {
        try {
            dynamoDb.describeContinuousBackups(request -> request.tableName(copy.value()));
            pass.note("table is not described", new Step.Underway());
            return pass.outcome();
        } catch (TableNotFoundException | ResourceNotFoundException e) {
            return new Configured.Failed("table \"%s\" is gone".formatted(copy));
        }
    }

    private void apply(Application pass, TableDescription copy, Settings captured, boolean drill) {
        pass.setting("billing", value -> verified(value, TableSettings.billing(copy)));
        pass.setting("encryption", value -> verified(value, TableSettings.encryption(copy)));
        pass.setting(
                "encryptionKey",
                value -> verified(value, TableSettings.encryptionKey(copy).orElse("no key of one's own")));
        pass.setting("tags", tried(value -> attachments.tags(copy, SettingsJson.textsByName(value))));
        pass.setting("timeToLive", tried(value -> tables.timeToLive(copy, value)));
        pass.setting("pointInTimeRecovery", tried(value -> tables.pointInTimeRecovery(copy, value)));
        pass.setting(
                "contributorInsights", tried(value -> attachments.insights(copy, SettingsJson.textsByName(value))));
        pass.unlessDrill(
                "resourcePolicy",
                drill,
                "a drill's copy stays private",
                tried(value -> attachments.policy(copy, value, captured.values().getOrDefault("tableArn", ""))));
        pass.unlessDrill(
                "kinesis", drill, OUTSIDE, tried(value -> attachments.kinesis(copy, SettingsJson.texts(value))));
        pass.setting("autoScaling", tried(value -> scaling.apply(copy.tableName(), value)));
        pass.setting("alarms", tried(value -> alarms.apply(copy, value, drill)));
        if (drill && captured.values().containsKey("alarms")) {
            pass.note("alarm actions", new Step.Withheld("a drill pages nobody"));
        }
        pass.setting("unsupported", value -> new Step.Refused(String.join(", ", SettingsJson.texts(value))));
        applyToTable(pass, copy, drill);
    }

    /// One at a time: a table takes no other update while one is under way.
    private void applyToTable(Application pass, TableDescription copy, boolean drill) {
        pass.setting("stream", tried(value -> tables.stream(copy, value)));
        if (!pass.hasRemaining()) {
            pass.setting("tableClass", tried(value -> tables.tableClass(copy, value)));
        }
        if (!pass.hasRemaining()) {
            pass.unlessDrill(
                    "deletionProtection",
                    drill,
                    "a drill's copy must stay deletable",
                    tried(value -> tables.deletionProtection(copy)));
        }
    }

    private static Function<String, Step> tried(Function<String, Step> change) {
        return value -> SettingChange.tried(() -> change.apply(value));
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
