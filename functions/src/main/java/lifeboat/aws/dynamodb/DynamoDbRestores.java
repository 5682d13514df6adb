package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.Resource;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// Restores DynamoDB tables: by the table's own point-in-time recovery, from a backup that DynamoDB keeps, or from a
/// recovery point of AWS Backup.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">
///     How point-in-time recovery works</a>
public final class DynamoDbRestores implements Restores {
    private static final Set<TableStatus> CHANGING =
            Set.of(TableStatus.CREATING, TableStatus.UPDATING, TableStatus.DELETING);
    private static final int AT_ONCE = 50;
    private final DynamoDbClient dynamoDb;
    private final TableRestorePoints restorePoints;
    private final CopyOrigin origin;
    private final RestoreJobs jobs;
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
        this.restorePoints = new TableRestorePoints(dynamoDb, points, home, away, clock);
        this.origin = new CopyOrigin(home);
        this.jobs = jobs;
        this.away = away;
        this.clock = clock;
    }

    @Override
    public RestorePoint choose(Resource source, Target target) {
        return restorePoints.choose(source, target);
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Started start(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous(var time) -> started(order, () -> toPointInTime(order, time));
            case RestorePoint.ServiceBackup backup -> started(order, () -> fromBackup(order, backup));
            case RestorePoint.Snapshot snapshot -> jobs.start(snapshot, order.copy(), metadata(order));
        };
    }

    private Started started(RestoreOrder order, Supplier<TableDescription> restore) {
        try {
            return new Started.Underway(CopyOrigin.ticket(restore.get()));
        } catch (TableAlreadyExistsException | TableInUseException e) {
            return startedBefore(order);
        } catch (InvalidRestoreTimeException e) {
            return notRestorableYet(order, e);
        } catch (DynamoDbException e) {
            return RestoreWaits.of(e, AT_ONCE).orElseThrow(() -> e);
        }
    }

    private TableDescription toPointInTime(RestoreOrder order, Instant time) {
        return dynamoDb.restoreTableToPointInTime(
                        request -> request.sourceTableName(order.source().physicalName())
                                .targetTableName(order.copy().value())
                                .restoreDateTime(time))
                .tableDescription();
    }

    private TableDescription fromBackup(RestoreOrder order, RestorePoint.ServiceBackup backup) {
        return dynamoDb.restoreTableFromBackup(
                        request -> request.backupArn(backup.arn().value())
                                .targetTableName(order.copy().value()))
                .tableDescription();
    }

    /// The name holds the recovery's id, so that the table should be that of an earlier call whose answer was lost.
    private Started startedBefore(RestoreOrder order) {
        Optional<TableDescription> table = described(order);
        if (table.isEmpty() || table.get().tableStatus() == TableStatus.DELETING) {
            return new Started.NotYet(
                    "a table \"%s\" is being created or deleted".formatted(order.copy()), RestoreWaits.DELETION);
        }
        return new Started.Underway(origin.ticket(order, table.get()));
    }

    private Started notRestorableYet(RestoreOrder order, InvalidRestoreTimeException refusal) {
        Instant wanted = order.point().time();
        Instant restorable = restorePoints.restorableUpTo(order.source()).orElseThrow(() -> refusal);
        if (!wanted.isAfter(restorable) || wanted.isAfter(clock.instant())) {
            throw refusal;
        }
        return new Started.NotYet(
                "table \"%s\" is restorable up to %s, asked for %s"
                        .formatted(order.source().physicalName(), restorable, wanted),
                RestoreWaits.LOG);
    }

    @Override
    public Started startAgain(RestoreOrder order, Ticket ended) {
        return order.point() instanceof RestorePoint.Snapshot snapshot
                ? jobs.startAgain(snapshot, order.copy(), metadata(order), ended)
                : new Started.Underway(ended);
    }

    @Override
    public Optional<Ticket> find(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous _, RestorePoint.ServiceBackup _ ->
                Optional.of(described(order)
                        .map(table -> origin.ticket(order, table))
                        .orElse(CopyOrigin.UNSEEN));
            case RestorePoint.Snapshot snapshot -> jobs.find(snapshot, order.copy());
        };
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
            Progress progress = RestoreWaits.overLimit(jobs.progress(ticket, order.copy()));
            return progress instanceof Progress.Available
                    ? described(order)
                            .map(table -> status(order, table, progress))
                            .orElseGet(Progress.Absent::new)
                    : progress;
        }
        return described(order)
                .map(table -> origin.objection(order, ticket, table)
                        .<Progress>map(Progress.Failed::new)
                        .orElseGet(() -> status(order, table, new Progress.Available(clock.instant(), false, ""))))
                .orElseGet(Progress.Absent::new);
    }

    private Progress status(RestoreOrder order, TableDescription table, Progress whenActive) {
        if (CHANGING.contains(table.tableStatus())) {
            return new Progress.Restoring();
        }
        if (table.tableStatus() != TableStatus.ACTIVE) {
            return new Progress.Failed("table \"%s\" is \"%s\"".formatted(order.copy(), table.tableStatusAsString()));
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

    private Optional<TableDescription> described(RestoreOrder order) {
        try {
            return Optional.of(dynamoDb.describeTable(
                            request -> request.tableName(order.copy().value()))
                    .table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }
}
