package lifeboat.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.TableImage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupType;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Stands in for the backups that DynamoDB keeps itself: those made by hand, and the one that it makes of a table with
/// point-in-time recovery when the table is deleted.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html">API</a>
final class TableOwnBackups implements DynamoDbClient {
    // Seen on AWS about eight seconds after DeleteTable.
    private static final Duration APPEARS_AFTER = Duration.ofSeconds(8);
    private static final int PAGE = 100;

    private final World world;
    private final DynamoDbEngine engine;
    private final DynamoDbStandIn tables;
    private final Map<String, Backup> backups = new ConcurrentHashMap<>();
    private final Map<String, Undertaking<Long>> restoring = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private record Backup(
            String name,
            String arn,
            BackupType type,
            TableDescription schema,
            TableImage image,
            Instant madeAt,
            Instant listedFrom) {
        BackupSummary summary() {
            return BackupSummary.builder()
                    .tableName(schema.tableName())
                    .tableId(schema.tableId())
                    .tableArn(schema.tableArn())
                    .backupArn(arn)
                    .backupName(name)
                    .backupCreationDateTime(madeAt)
                    .backupStatus(BackupStatus.AVAILABLE)
                    .backupType(type)
                    .backupSizeBytes(schema.tableSizeBytes())
                    .build();
        }
    }

    TableOwnBackups(World world, DynamoDbEngine engine, DynamoDbStandIn tables) {
        this.world = world;
        this.engine = engine;
        this.tables = tables;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    /// What DynamoDB keeps of a table that goes.
    void keepOfDeleted(TableDescription table) {
        String name = table.tableName() + "$DeletedTableBackup";
        keep(name, BackupType.SYSTEM, table, world.now().plus(APPEARS_AFTER));
    }

    private Backup keep(String name, BackupType type, TableDescription table, Instant listedFrom) {
        String id = "%014d-%08x".formatted(world.now().toEpochMilli(), ids.getAndIncrement());
        String arn = table.tableArn() + "/backup/" + id;
        Backup backup = new Backup(name, arn, type, table, engine.image(table.tableName()), world.now(), listedFrom);
        backups.put(arn, backup);
        return backup;
    }

    @Override
    public CreateBackupResponse createBackup(CreateBackupRequest request) {
        String table = DynamoDbStandIn.name(request.tableName());
        tables.existing(table);
        Backup made = keep(request.backupName(), BackupType.USER, tables.describe(table), world.now());
        return CreateBackupResponse.builder()
                .backupDetails(details -> details.backupArn(made.arn())
                        .backupName(made.name())
                        .backupStatus(BackupStatus.AVAILABLE)
                        .backupType(BackupType.USER)
                        .backupCreationDateTime(made.madeAt()))
                .build();
    }

    /// Only those made by hand, where no type is asked for.
    @Override
    public ListBackupsResponse listBackups(ListBackupsRequest request) {
        List<Backup> found = backups.values().stream()
                .filter(backup -> !world.now().isBefore(backup.listedFrom()))
                .filter(backup -> request.tableName() == null
                        || backup.schema().tableName().equals(DynamoDbStandIn.name(request.tableName())))
                .filter(backup -> asked(request.backupType(), backup.type()))
                .sorted(Comparator.comparing(Backup::arn))
                .filter(backup -> request.exclusiveStartBackupArn() == null
                        || backup.arn().compareTo(request.exclusiveStartBackupArn()) > 0)
                .toList();
        int size = request.limit() == null ? PAGE : request.limit();
        List<Backup> page = found.subList(0, Math.min(size, found.size()));
        return ListBackupsResponse.builder()
                .backupSummaries(page.stream().map(Backup::summary).toList())
                .lastEvaluatedBackupArn(
                        page.size() < found.size() ? page.getLast().arn() : null)
                .build();
    }

    private static boolean asked(@Nullable BackupTypeFilter filter, BackupType type) {
        BackupTypeFilter wanted = filter == null ? BackupTypeFilter.USER : filter;
        return wanted == BackupTypeFilter.ALL || wanted.toString().equals(type.toString());
    }

    @Override
    public synchronized RestoreTableFromBackupResponse restoreTableFromBackup(RestoreTableFromBackupRequest request) {
        Backup backup = Optional.ofNullable(backups.get(request.backupArn()))
                .orElseThrow(() -> TableRefusals.noBackup(request.backupArn()));
        @Nullable Undertaking<Long> before = restoring.get(backup.arn());
        if (before != null && before.underWay()) {
            throw TableRefusals.backupInUse(backup.arn());
        }
        RestoreSummary summary = RestoreSummary.builder()
                .sourceBackupArn(backup.arn())
                .sourceTableArn(backup.schema().tableArn())
                .restoreDateTime(backup.madeAt())
                .restoreInProgress(true)
                .build();
        restoring.put(
                backup.arn(),
                tables.restores()
                        .begin(
                                request.targetTableName(),
                                new TableRestores.Origin(
                                        backup.schema(), summary, table -> engine.fill(table, backup.image()))));
        return RestoreTableFromBackupResponse.builder()
                .tableDescription(tables.begun(request.targetTableName()))
                .build();
    }
}
