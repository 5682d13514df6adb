package lifeboat.aws;

import java.util.function.Supplier;
import lifeboat.catalog.Resource;
import lifeboat.validation.DeletionProtection;
import lifeboat.validation.Looked;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rds.RdsClient;

/// Asks DynamoDB and RDS whether resources are protected from deletion.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html">
///     Deletion protection</a>
public final class StoreProtections implements DeletionProtection {
    private final Supplier<DynamoDbClient> dynamoDb;
    private final Supplier<RdsClient> rds;

    /// Asks the services of the region that the live resources are in; each client is made when it is first needed.
    public StoreProtections(Supplier<DynamoDbClient> dynamoDb, Supplier<RdsClient> rds) {
        this.dynamoDb = dynamoDb;
        this.rds = rds;
    }

    @Override
    public Looked<Boolean> of(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable table ->
                Looking.at(() -> Boolean.TRUE.equals(dynamoDb.get()
                        .describeTable(request -> request.tableName(table.table()))
                        .table()
                        .deletionProtectionEnabled()));
            case Resource.RdsInstance instance ->
                Looking.at(() -> Boolean.TRUE.equals(rds.get()
                        .describeDBInstances(request -> request.dbInstanceIdentifier(instance.instance()))
                        .dbInstances()
                        .getFirst()
                        .deletionProtection()));
            case Resource.AuroraCluster cluster ->
                Looking.at(() -> Boolean.TRUE.equals(rds.get()
                        .describeDBClusters(request -> request.dbClusterIdentifier(cluster.cluster()))
                        .dbClusters()
                        .getFirst()
                        .deletionProtection()));
            case Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                new Looked.Unseen<>("it has no deletion protection");
        };
    }
}
