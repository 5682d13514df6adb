package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.InvalidParameterValueException;
import software.amazon.awssdk.services.backup.model.MissingParameterValueException;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;
import software.amazon.awssdk.services.backup.model.StartRestoreJobRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Tables of the stand-ins, restored both ways, at a clock that this test moves.
@SuppressWarnings("unchecked")
@NullUnmarked
class TableRecoveryTest {
    private static final HandClock CLOCK = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static DynamoDbEngine engine;
    private static LocalClients aws;
    private static DynamoDbClient tables;
    private static BackupClient backup;

    @BeforeAll
    static void start() {
        engine = DynamoDbEngine.start(CLOCK);
        Account account = new Account("111122223333", "us-east-1");
        World world = new World(account, CLOCK, Timings.likeAws(), FaultPlan.none(), new Judge(), Runnable::run);
        aws = new LocalClients(
                world, engine, new PostgresEngine(new PostgresBinaries(Path.of("none")), Path.of("none")));
        tables = aws.dynamoDb();
        backup = aws.backup();
        backup.createBackupVault(create -> create.backupVaultName("daily"));
    }

    @AfterAll
    static void stop() {
        aws.close();
        engine.close();
    }

    @Test
    void aCopyHasTheDataAndTheIndexesAndNothingElse() {
        String source = table(true);
        put(source, "good");
        CLOCK.pass(Duration.ofMinutes(10));
        Instant before = CLOCK.instant();
        CLOCK.pass(Duration.ofMinutes(10));
        put(source, "bad");
        String copy = source + "-copy";
        tables.restoreTableToPointInTime(
                restore -> restore.sourceTableName(source).targetTableName(copy).restoreDateTime(before));

        TableDescription creating = describe(copy);
        assertThat(creating.tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThat(creating.restoreSummary().restoreInProgress()).isTrue();
        assertThatThrownBy(() -> tables.scan(scan -> scan.tableName(copy)))
                .isInstanceOf(ResourceNotFoundException.class);
        CLOCK.pass(Duration.ofMinutes(20));

        TableDescription active = describe(copy);
        assertThat(active.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(active.restoreSummary()).isNull();
        assertThat(active.globalSecondaryIndexes())
                .singleElement()
                .satisfies(index -> assertThat(index.indexName()).isEqualTo("by-kind"));
        assertThat(tables.scan(scan -> scan.tableName(copy)).items())
                .singleElement()
                .satisfies(item -> assertThat(item.get("id").s()).isEqualTo("good"));
        assertThat(active.streamSpecification()).isNull();
        assertThat(active.deletionProtectionEnabled()).isFalse();
        assertThat(tables.listTagsOfResource(list -> list.resourceArn(active.tableArn()))
                        .tags())
                .isEmpty();
        assertThat(window(copy)).contains("DISABLED");
    }

    @Test
    void theWindowEndsFiveMinutesAgo() {
        String source = table(true);
        CLOCK.pass(Duration.ofHours(1));
        assertThatThrownBy(() -> tables.restoreTableToPointInTime(restore -> restore.sourceTableName(source)
                        .targetTableName("too-late")
                        .restoreDateTime(CLOCK.instant().minus(Duration.ofMinutes(4)))))
                .isInstanceOf(InvalidRestoreTimeException.class)
                .hasMessageContaining("to " + CLOCK.instant().minus(Duration.ofMinutes(5)));
    }

    @Test
    void refusalsAreThoseOfDynamoDb() {
        String source = table(false);
        assertThatThrownBy(() -> latest(source, source + "-copy"))
                .isInstanceOf(PointInTimeRecoveryUnavailableException.class);
        assertThatThrownBy(() -> latest("absent", "absent-copy")).isInstanceOf(TableNotFoundException.class);
        String recoverable = table(true);
        assertThatThrownBy(() -> latest(recoverable, source)).isInstanceOf(TableAlreadyExistsException.class);
        assertThatThrownBy(() -> tables.restoreTableToPointInTime(
                        restore -> restore.sourceTableName(recoverable).targetTableName("neither")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Exactly one of");
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        String source = table(true);
        tables.updateTable(update -> update.tableName(source).deletionProtectionEnabled(true));
        assertThatThrownBy(() -> tables.deleteTable(delete -> delete.tableName(source)))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("deletion protection");
        tables.updateTable(update -> update.tableName(source).deletionProtectionEnabled(false));
        tables.deleteTable(delete -> delete.tableName(source));
        assertThat(describe(source).tableStatus()).isEqualTo(TableStatus.DELETING);
        CLOCK.pass(Duration.ofMinutes(3));
        assertThatThrownBy(() -> describe(source)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aRecoveryPointIsRestoredOncePerToken() {
        String source = table(false);
        put(source, "saved");
        String arn = save(source);
        put(source, "later");
        StartRestoreJobRequest request = restoreOf(arn, Map.of("TargetTableName", source + "-copy"));

        String job = backup.startRestoreJob(request).restoreJobId();
        assertThat(job(job).status()).isEqualTo(RestoreJobStatus.PENDING);
        assertThat(backup.startRestoreJob(request).restoreJobId()).isEqualTo(job);
        CLOCK.pass(Duration.ofMinutes(1));
        assertThat(job(job).status()).isEqualTo(RestoreJobStatus.RUNNING);
        assertThat(job(job).createdResourceArn()).isNull();
        CLOCK.pass(Duration.ofMinutes(20));

        assertThat(job(job).status()).isEqualTo(RestoreJobStatus.COMPLETED);
        assertThat(job(job).createdResourceArn()).endsWith("table/" + source + "-copy");
        assertThat(tables.scan(scan -> scan.tableName(source + "-copy")).items())
                .hasSize(1);
    }

    @Test
    void refusalsAreThoseOfAwsBackup() {
        String arn = save(table(false));
        StartRestoreJobRequest good = restoreOf(arn, Map.of("targetTableName", "wanted"));
        assertThatThrownBy(() -> backup.startRestoreJob(good.toBuilder()
                        .iamRoleArn(null)
                        .idempotencyToken("no-role")
                        .build()))
                .isInstanceOf(MissingParameterValueException.class);
        assertThatThrownBy(() -> backup.startRestoreJob(restoreOf(arn, Map.of("encryptionType", "Default"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("targetTableName");
        assertThatThrownBy(() -> backup.startRestoreJob(
                        restoreOf(arn, Map.of("targetTableName", "wanted", "NewResourceName", "x"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("newresourcename");
        assertThatThrownBy(() -> backup.listFrameworks(list -> list.maxResults(10)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("listFrameworks");
    }

    private static StartRestoreJobRequest restoreOf(String arn, Map<String, String> metadata) {
        return StartRestoreJobRequest.builder()
                .recoveryPointArn(arn)
                .metadata(metadata)
                .iamRoleArn("arn:aws:iam::111122223333:role/restore")
                .idempotencyToken("token-" + metadata.hashCode() + arn.hashCode())
                .build();
    }

    private static String save(String table) {
        String arn = backup.startBackupJob(start -> start.backupVaultName("daily")
                        .resourceArn(describe(table).tableArn())
                        .iamRoleArn("arn:aws:iam::111122223333:role/backup"))
                .recoveryPointArn();
        CLOCK.pass(Duration.ofMinutes(10));
        return arn;
    }

    private static DescribeRestoreJobResponse job(String id) {
        return backup.describeRestoreJob(describe -> describe.restoreJobId(id));
    }

    private static void latest(String source, String target) {
        tables.restoreTableToPointInTime(restore ->
                restore.sourceTableName(source).targetTableName(target).useLatestRestorableTime(true));
    }

    private static TableDescription describe(String table) {
        return tables.describeTable(describe -> describe.tableName(table)).table();
    }

    private static String window(String table) {
        return tables.describeContinuousBackups(describe -> describe.tableName(table))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .toString();
    }

    private static void put(String table, String id) {
        tables.putItem(put -> put.tableName(table)
                .item(Map.of("id", AttributeValue.fromS(id), "kind", AttributeValue.fromS("shoe"))));
    }

    private static String table(boolean recoverable) {
        String name = "products-" + UUID.randomUUID();
        tables.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                        attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("kind").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(index -> index.indexName("by-kind")
                        .keySchema(key -> key.attributeName("kind").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType("ALL")))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY))
                .tags(tag -> tag.key("team").value("shop")));
        if (recoverable) {
            tables.updateContinuousBackups(update -> update.tableName(name)
                    .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
        }
        return name;
    }
}
