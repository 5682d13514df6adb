package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.validation.Logs.Log;
import lifeboat.validation.Looked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

class StoreLogsTest {
    private static final Instant LATEST = Instant.parse("2026-11-20T04:55:00Z");
    private static final Looked<Log> ON = new Looked.Seen<>(new Log.On(LATEST));
    private static final Looked<Log> OFF = new Looked.Seen<>(new Log.Off());
    private static final ResourceName NAME = new ResourceName("a");
    private static final SqlAccess SQL = new SqlAccess("d", "c");
    private static final Resource TABLE = new Resource.DynamoDbTable(NAME, "orders", Optional.empty(), List.of());
    private static final Resource INSTANCE =
            new Resource.RdsInstance(NAME, "orders-db", SQL, Optional.empty(), List.of());
    private static final Resource CLUSTER =
            new Resource.AuroraCluster(NAME, "orders-cluster", SQL, Optional.empty(), List.of());

    @Test
    void logOfATableIsOnOnlyWhereItSaysSo() {
        assertThat(table(() -> pitr("ENABLED", LATEST))).isEqualTo(ON);
        assertThat(table(() -> pitr("DISABLED", null))).isEqualTo(OFF);
        assertThat(table(() -> pitr("SHINY", LATEST))).isEqualTo(OFF);
        assertThat(table(() -> null)).isEqualTo(OFF);
    }

    @Test
    void logThatWasJustTurnedOnHasNoRestorableSecond() {
        assertThat(table(() -> pitr("ENABLED", null))).isEqualTo(new Looked.Seen<>(new Log.On(Instant.EPOCH)));
    }

    @Test
    void tableThatIsGoneIsUnseen() {
        assertThat(table(() -> {
                    throw TableNotFoundException.builder()
                            .message("no such table")
                            .build();
                }))
                .isInstanceOf(Looked.Unseen.class);
    }

    @Test
    void databaseKeepsItsLogWhereItsAutomatedBackupsAreKept() {
        var instance = DBInstance.builder().latestRestorableTime(LATEST);
        assertThat(instance(instance.backupRetentionPeriod(1).build())).isEqualTo(ON);
        assertThat(instance(instance.backupRetentionPeriod(0).build())).isEqualTo(OFF);
        assertThat(instance(instance.backupRetentionPeriod(null).build())).isEqualTo(OFF);
        var cluster = DBCluster.builder().latestRestorableTime(LATEST);
        assertThat(cluster(cluster.backupRetentionPeriod(1).build())).isEqualTo(ON);
        assertThat(cluster(cluster.backupRetentionPeriod(0).build())).isEqualTo(OFF);
    }

    private static PointInTimeRecoveryDescription pitr(String status, Instant latest) {
        return PointInTimeRecoveryDescription.builder()
                .pointInTimeRecoveryStatus(status)
                .latestRestorableDateTime(latest)
                .build();
    }

    private static Looked<Log> table(Supplier<PointInTimeRecoveryDescription> answer) {
        return new StoreLogs(() -> new Tables(answer), StoreLogsTest::nobody).of(TABLE);
    }

    private static Looked<Log> instance(DBInstance instance) {
        return new StoreLogs(StoreLogsTest::nobody, () -> new Databases(instance, null)).of(INSTANCE);
    }

    private static Looked<Log> cluster(DBCluster cluster) {
        return new StoreLogs(StoreLogsTest::nobody, () -> new Databases(null, cluster)).of(CLUSTER);
    }

    private static <T> T nobody() {
        throw new AssertionError("another service was asked");
    }

    private record Tables(Supplier<PointInTimeRecoveryDescription> answer) implements DynamoDbClient {
        @Override
        public DescribeContinuousBackupsResponse describeContinuousBackups(DescribeContinuousBackupsRequest request) {
            assertThat(request.tableName()).isEqualTo("orders");
            var recovery = answer.get();
            return DescribeContinuousBackupsResponse.builder()
                    .continuousBackupsDescription(backups -> backups.pointInTimeRecoveryDescription(recovery))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private record Databases(DBInstance instance, DBCluster cluster) implements RdsClient {
        @Override
        public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
            assertThat(request.dbInstanceIdentifier()).isEqualTo("orders-db");
            return DescribeDbInstancesResponse.builder().dbInstances(instance).build();
        }

        @Override
        public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
            assertThat(request.dbClusterIdentifier()).isEqualTo("orders-cluster");
            return DescribeDbClustersResponse.builder().dbClusters(cluster).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
