package lifeboat.aws;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import lifeboat.catalog.Resource;
import lifeboat.validation.Logs;
import lifeboat.validation.Looked;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.rds.RdsClient;

/// Asks DynamoDB and RDS about the logs by which they go back to any second.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html">
///     DescribeContinuousBackups</a>
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">automated backups are on where
///     their retention is not zero</a>
public final class StoreLogs implements Logs {
    private final Supplier<DynamoDbClient> dynamoDb;
    private final Supplier<RdsClient> rds;

    /// Asks the services of the region that the live resources are in; each client is made when it is first needed.
    public StoreLogs(Supplier<DynamoDbClient> dynamoDb, Supplier<RdsClient> rds) {
        this.dynamoDb = dynamoDb;
        this.rds = rds;
    }

    @Override
    public Looked<Log> of(Resource resource) {
        return Looking.at(() -> switch (resource) {
            case Resource.DynamoDbTable table -> table(dynamoDb.get(), table.table());
            case Resource.RdsInstance instance -> instance(rds.get(), instance.instance());
            case Resource.AuroraCluster cluster -> cluster(rds.get(), cluster.cluster());
            case Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ -> new Log.Off();
        });
    }

    private static Log table(DynamoDbClient dynamoDb, String name) {
        var recovery = dynamoDb.describeContinuousBackups(request -> request.tableName(name))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription();
        return recovery == null || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED
                ? new Log.Off()
                : upTo(recovery.latestRestorableDateTime());
    }

    private static Log instance(RdsClient rds, String identifier) {
        var instance = rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .getFirst();
        return keeps(instance.backupRetentionPeriod()) ? upTo(instance.latestRestorableTime()) : new Log.Off();
    }

    private static Log cluster(RdsClient rds, String identifier) {
        var cluster = rds.describeDBClusters(request -> request.dbClusterIdentifier(identifier))
                .dbClusters()
                .getFirst();
        return keeps(cluster.backupRetentionPeriod()) ? upTo(cluster.latestRestorableTime()) : new Log.Off();
    }

    private static boolean keeps(@Nullable Integer retentionDays) {
        return retentionDays != null && retentionDays > 0;
    }

    /// A log that was just turned on has no restorable second yet: it lags behind everything.
    private static Log upTo(@Nullable Instant latest) {
        return new Log.On(Optional.ofNullable(latest).orElse(Instant.EPOCH));
    }
}
