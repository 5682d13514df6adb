package lifeboat.aws.dynamodb;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lifeboat.aws.CapturedSettings;
import lifeboat.parity.Step;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// The settings that are the table's own: stream, class, protection, expiry, backups.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html">UpdateTable</a>
record TableSettings(DynamoDbClient dynamoDb) {
    private static final String STANDARD = "STANDARD";
    private static final Set<TimeToLiveStatus> APPLIED = Set.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);

    /// How the table is paid for, which a restore carries. Not how much capacity it has: auto scaling moves that.
    static String billing(TableDescription table) {
        return table.billingModeSummary() == null
                ? BillingMode.PROVISIONED.toString()
                : table.billingModeSummary().billingModeAsString();
    }

    /// By which kind of key the table is encrypted.
    static String encryption(TableDescription table) {
        return table.sseDescription() == null
                ? "DEFAULT"
                : String.valueOf(table.sseDescription().sseTypeAsString());
    }

    /// The key of KMS that encrypts the table; empty: DynamoDB's own.
    static Optional<String> encryptionKey(TableDescription table) {
        return Optional.ofNullable(table.sseDescription()).map(SSEDescription::kmsMasterKeyArn);
    }

    void capture(TableDescription table, CapturedSettings captured) {
        captured.put("tableClass", tableClass(table));
        if (table.streamSpecification() != null && table.streamSpecification().streamEnabled()) {
            captured.put("stream", table.streamSpecification().streamViewTypeAsString());
        }
        if (Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
            captured.put("deletionProtection", "true");
        }
        captured.read(
                "timeToLive",
                () -> expiry(table)
                        .filter(expiry -> APPLIED.contains(expiry.timeToLiveStatus()))
                        .map(TimeToLiveDescription::attributeName));
        captured.read(
                "pointInTimeRecovery",
                () -> recovery(table)
                        .filter(recovery -> recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED)
                        .map(recovery -> days(recovery.recoveryPeriodInDays())));
    }

    private Optional<TimeToLiveDescription> expiry(TableDescription table) {
        return Optional.ofNullable(dynamoDb.describeTimeToLive(request -> request.tableName(table.tableName()))
                .timeToLiveDescription());
    }

    private Optional<PointInTimeRecoveryDescription> recovery(TableDescription table) {
        return Optional.ofNullable(dynamoDb.describeContinuousBackups(request -> request.tableName(table.tableName()))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription());
    }

    /// What is being enabled is as good as enabled: AWS may take an hour, in which nothing expires.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html">
    ///     UpdateTimeToLive</a>
    Step timeToLive(TableDescription copy, String attribute) {
        var expiry = expiry(copy);
        var status = expiry.map(TimeToLiveDescription::timeToLiveStatus).orElse(TimeToLiveStatus.DISABLED);
        if (APPLIED.contains(status)) {
            var there = expiry.orElseThrow().attributeName();
            return attribute.equals(there)
                    ? new Step.AsCaptured()
                    : new Step.Refused("the copy expires items by \"%s\"".formatted(there));
        }
        if (status != TimeToLiveStatus.DISABLING) {
            dynamoDb.updateTimeToLive(request -> request.tableName(copy.tableName())
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(attribute)));
        }
        return new Step.Underway();
    }

    /// A copy's continuous backups are made ready for some time after it is active; until then this is refused.
    Step pointInTimeRecovery(TableDescription copy, String days) {
        boolean there = recovery(copy)
                .filter(recovery -> recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED)
                .filter(recovery -> days(recovery.recoveryPeriodInDays()).equals(days))
                .isPresent();
        if (there) {
            return new Step.AsCaptured();
        }
        try {
            dynamoDb.updateContinuousBackups(request -> request.tableName(copy.tableName())
                    .pointInTimeRecoverySpecification(
                            pitr -> pitr.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(Integer.valueOf(days))));
            return new Step.Underway();
        } catch (ContinuousBackupsUnavailableException e) {
            return new Step.Underway();
        }
    }

    Step stream(TableDescription copy, String view) {
        if (copy.streamSpecification() == null || !copy.streamSpecification().streamEnabled()) {
            return update(
                    copy,
                    request -> request.streamSpecification(
                            stream -> stream.streamEnabled(true).streamViewType(view)));
        }
        var there = copy.streamSpecification().streamViewTypeAsString();
        return view.equals(there)
                ? new Step.AsCaptured()
                : new Step.Refused("the copy streams %s, live %s".formatted(there, view));
    }

    Step tableClass(TableDescription copy, String wanted) {
        return tableClass(copy).equals(wanted)
                ? new Step.AsCaptured()
                : update(copy, request -> request.tableClass(wanted));
    }

    Step deletionProtection(TableDescription copy) {
        return Boolean.TRUE.equals(copy.deletionProtectionEnabled())
                ? new Step.AsCaptured()
                : update(copy, request -> request.deletionProtectionEnabled(true));
    }

    private Step update(TableDescription copy, Consumer<UpdateTableRequest.Builder> change) {
        dynamoDb.updateTable(UpdateTableRequest.builder()
                .tableName(copy.tableName())
                .applyMutation(change)
                .build());
        return new Step.Underway();
    }

    private static String tableClass(TableDescription table) {
        return table.tableClassSummary() == null
                ? STANDARD
                : String.valueOf(table.tableClassSummary().tableClassAsString());
    }

    /// Thirty-five where the service does not say.
    private static String days(@Nullable Integer days) {
        return days == null ? "35" : days.toString();
    }
}
