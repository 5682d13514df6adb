package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// Restores DynamoDB tables: by the table's own point-in-time recovery, or from a recovery point of AWS Backup.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">
///     How point-in-time recovery works</a>
public final class DynamoDbRestores implements Restores {
    private static final Set<TableStatus> CHANGING =
            Set.of(TableStatus.CREATING, TableStatus.UPDATING, TableStatus.DELETING);
    private static final int AT_ONCE = 50;
    private static final Ticket NATIVE = new Ticket("native");
    private final DynamoDbClient dynamoDb;
    private final RecoveryPoints points;
    private final RestoreJobs jobs;
    private final Arns home;
    private final boolean away;
    private final InstantSource clock;

    /// Restores in the region of the clients.
    ///
    /// @param home ARNs of the live tables
    /// @param away whether this is not the region of the live tables, so that only recovery points are at hand
    public DynamoDbRestores(
            DynamoDbClient dynamoDb,
            RecoveryPoints points,
            RestoreJobs jobs,
            Arns home,
            boolean away,
            InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.points = points;
        this.jobs = jobs;
        this.home = home;
        this.away = away;
        this.clock = clock;
    }

    @Override
    public RestorePoint choose(Resource source, Target target) {
        String arn = home.of(source);
        return switch (target) {
            case Target.Latest() ->
                window(source)
                        .<RestorePoint>map(window -> new RestorePoint.Continuous(
                                window.latestRestorableDateTime().truncatedTo(ChronoUnit.SECONDS)))
                        .orElseGet(() -> points.newestOf(source, arn));
            case Target.LatestRecoveryPoint() -> points.newestOf(source, arn);
            case Target.FromRecoveryPoint(var point) -> points.named(point, source, arn);
            case Target.PointInTime(var at) -> pointInTime(source, at);
        };
    }

    private RestorePoint pointInTime(Resource source, Instant at) {
        PointInTimeRecoveryDescription window = window(source)
                .orElseThrow(() -> new Invalid(
                        "LB-202",
                        "at \"%s\": table \"%s\" has no point-in-time recovery here. hint: give recoveryPoint, or from RECOVERY_POINT"
                                .formatted(at, source.physicalName())));
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(window.earliestRestorableDateTime()) || second.isAfter(window.latestRestorableDateTime())) {
            throw new Invalid(
                    "LB-202",
                    "at \"%s\" is outside the restorable window of table \"%s\": %s to %s"
                            .formatted(
                                    at,
                                    source.physicalName(),
                                    window.earliestRestorableDateTime(),
                                    window.latestRestorableDateTime()));
        }
        return new RestorePoint.Continuous(second);
    }

    private Optional<PointInTimeRecoveryDescription> window(Resource source) {
        if (away) {
            return Optional.empty();
        }
        try {
            return Optional.of(dynamoDb.describeContinuousBackups(request -> request.tableName(source.physicalName()))
                            .continuousBackupsDescription()
                            .pointInTimeRecoveryDescription())
                    .filter(window -> window.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED)
                    .filter(window -> window.latestRestorableDateTime() != null);
        } catch (TableNotFoundException | ResourceNotFoundException e) {
            return Optional.empty(); // the table may be what was lost; its recovery points are not
        }
    }

    @Override
    public Started start(RestoreOrder order) {
        return new Started.Underway(started(order));
    }

    private Ticket started(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous(var time) -> restoreNatively(order, time);
            case RestorePoint.Snapshot snapshot -> jobs.start(snapshot, order.copy(), metadata(order));
            case RestorePoint.ServiceBackup _ -> throw new IllegalStateException("not built");
        };
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Optional<Ticket> find(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous _ -> Optional.of(NATIVE);
            case RestorePoint.Snapshot snapshot -> jobs.find(snapshot, order.copy());
            case RestorePoint.ServiceBackup _ -> Optional.of(NATIVE);
        };
    }

    private Ticket restoreNatively(RestoreOrder order, Instant time) {
        try {
            dynamoDb.restoreTableToPointInTime(
                    request -> request.sourceTableName(order.source().physicalName())
                            .targetTableName(order.copy().value())
                            .restoreDateTime(time));
        } catch (TableAlreadyExistsException | TableInUseException e) {
            // started before: the name holds the recovery's id, and progress() proves that the table is this restore's
            return NATIVE;
        }
        return NATIVE;
    }

    private Map<String, String> metadata(RestoreOrder order) {
        // a copy from another region must name a key, and that of the source is not here: KMS without one is the AWS
        // managed key of this region
        return away
                ? Map.of("targetTableName", order.copy().value(), "encryptionType", "KMS", "kmsMasterKeyArn", "")
                : Map.of("targetTableName", order.copy().value());
    }

    @Override
    public Progress progress(RestoreOrder order, Ticket ticket) {
        if (RestoreJobs.issued(ticket)) {
            Progress progress = jobs.progress(ticket, order.copy());
            return progress instanceof Progress.Available ? tagged(order, progress) : progress;
        }
        return tagged(order, new Progress.Available(clock.instant(), false, ""));
    }

    private Progress tagged(RestoreOrder order, Progress whenActive) {
        TableDescription table;
        try {
            table = dynamoDb.describeTable(
                            request -> request.tableName(order.copy().value()))
                    .table();
        } catch (ResourceNotFoundException e) {
            return new Progress.Absent();
        }
        if (CHANGING.contains(table.tableStatus())) {
            return new Progress.Restoring();
        }
        if (table.tableStatus() != TableStatus.ACTIVE) {
            return new Progress.Failed("table \"%s\" is \"%s\"".formatted(order.copy(), table.tableStatusAsString()));
        }
        if (!madeBy(order, table)) {
            return new Progress.Failed("table \"%s\" exists, but was not restored from \"%s\""
                    .formatted(order.copy(), order.source().physicalName()));
        }
        dynamoDb.tagResource(request -> request.resourceArn(table.tableArn())
                .tags(order.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        return whenActive;
    }

    private boolean madeBy(RestoreOrder order, TableDescription table) {
        if (table.restoreSummary() == null) {
            return false;
        }
        return switch (order.point()) {
            case RestorePoint.Continuous _ ->
                home.of(order.source()).equals(table.restoreSummary().sourceTableArn());
            case RestorePoint.Snapshot _ -> true; // the restore job named this table as what it created
            case RestorePoint.ServiceBackup _ -> false;
        };
    }
}
