package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.aws.rds.RdsRestores;
import lifeboat.aws.rds.Relocation;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.EngineCache;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.local.engine.Scratch;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// A database of the stand-ins, restored both ways from real files.
@SuppressWarnings("unchecked")
@NullUnmarked
class InstanceRecoveryTest {
    private static final Timings AT_ONCE = new Timings(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    private static Scratch scratch;
    private static DynamoDbEngine tables;
    private static LocalClients aws;
    private static RdsClient rds;

    @BeforeAll
    static void createOrders() throws SQLException {
        scratch = Scratch.create();
        tables = DynamoDbEngine.start(InstantSource.system());
        Account account = new Account("111122223333", "us-east-1");
        World world = new World(account, InstantSource.system(), AT_ONCE, FaultPlan.none(), new Judge(), Runnable::run);
        PostgresEngine databases = new PostgresEngine(PostgresBinaries.in(EngineCache.folder()), scratch.folder());
        aws = new LocalClients(world, tables, databases);
        rds = aws.rds();
        rds.createDBInstance(create -> create.dbInstanceIdentifier("orders")
                .engine("postgres")
                .dbInstanceClass("db.t4g.medium")
                .dbName("orders")
                .masterUsername("shop")
                .masterUserPassword("secret-password")
                .multiAZ(true)
                .deletionProtection(true)
                .vpcSecurityGroupIds("sg-1", "sg-2")
                .dbParameterGroupName("orders-pg")
                .enableIAMDatabaseAuthentication(true)
                .tags(tag -> tag.key("env").value("prod")));
        sql("orders", "create table orders (id int)");
        sql("orders", "insert into orders values (1)");
        Instant written = Instant.now();
        while (!written.isBefore(restorableUpTo())) {
            aws.instances().shipLogs();
        }
    }

    @AfterAll
    static void stop() {
        aws.close();
        tables.close();
        scratch.close();
    }

    @Test
    void aPointInTimeCopyHasDefaultsAndTheTagsOfItsSource() throws SQLException {
        rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                .targetDBInstanceIdentifier("orders-copy")
                .useLatestRestorableTime(true));

        DBInstance copy = describe("orders-copy");
        assertThat(copy.dbInstanceStatus()).isEqualTo("available");
        assertThat(copy.multiAZ()).isFalse();
        assertThat(copy.deletionProtection()).isFalse();
        assertThat(copy.iamDatabaseAuthenticationEnabled()).isFalse();
        assertThat(copy.dbParameterGroups().getFirst().dbParameterGroupName()).isEqualTo("default.postgres18");
        assertThat(copy.vpcSecurityGroups()).hasSize(1);
        assertThat(copy.tagList())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("prod"));
        assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.medium");
        assertThat(count("orders-copy")).isEqualTo(1);
        assertThatThrownBy(
                        () -> rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                                .targetDBInstanceIdentifier("orders-copy")
                                .useLatestRestorableTime(true)))
                .isInstanceOf(DbInstanceAlreadyExistsException.class);
    }

    @Test
    void aRecoveryPointIsRestoredWithTheSettingsOfItsMetadata() throws SQLException {
        aws.backup().createBackupVault(create -> create.backupVaultName("daily"));
        String point = aws.backup()
                .startBackupJob(start -> start.backupVaultName("daily")
                        .resourceArn(describe("orders").dbInstanceArn())
                        .iamRoleArn("arn:aws:iam::111122223333:role/backup"))
                .recoveryPointArn();
        assertThat(point).contains(":snapshot:awsbackup:job-");
        String job = aws.backup()
                .startRestoreJob(start -> start.recoveryPointArn(point)
                        .iamRoleArn("arn:aws:iam::111122223333:role/restore")
                        .metadata(Map.of(
                                "DBInstanceIdentifier", "orders-point",
                                "VpcSecurityGroupIds", "[\"sg-1\",\"sg-2\"]",
                                "MultiAZ", "false")))
                .restoreJobId();

        assertThat(aws.backup()
                        .describeRestoreJob(describe -> describe.restoreJobId(job))
                        .status())
                .isEqualTo(RestoreJobStatus.COMPLETED);
        assertThat(describe("orders-point").vpcSecurityGroups()).hasSize(2);
        assertThat(count("orders-point")).isEqualTo(1);
    }

    @Test
    void whatNamesAGroupThatIsNotThereIsRefusedAtOnceAndAJobFails() {
        assertThatThrownBy(
                        () -> rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                                .targetDBInstanceIdentifier("orders-elsewhere")
                                .useLatestRestorableTime(true)
                                .dbSubnetGroupName("of-another-region")))
                .isInstanceOf(DbSubnetGroupNotFoundException.class);
        assertThatThrownBy(
                        () -> rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                                .targetDBInstanceIdentifier("orders-elsewhere")
                                .useLatestRestorableTime(true)
                                .vpcSecurityGroupIds("sg-7")))
                .hasMessageContaining("Invalid security group");
    }

    @Test
    void aCopyIsDeletedOnlyUnprotectedAndWithAWordOnItsLastSnapshot() {
        rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                .targetDBInstanceIdentifier("orders-short")
                .useLatestRestorableTime(true)
                .deletionProtection(true));
        assertThatThrownBy(() -> rds.deleteDBInstance(
                        delete -> delete.dbInstanceIdentifier("orders-short").skipFinalSnapshot(true)))
                .isInstanceOf(RdsException.class)
                .hasMessageContaining("Cannot delete protected DB Instance");
        rds.modifyDBInstance(
                modify -> modify.dbInstanceIdentifier("orders-short").deletionProtection(false));
        assertThatThrownBy(() -> rds.deleteDBInstance(delete -> delete.dbInstanceIdentifier("orders-short")))
                .isInstanceOf(RdsException.class)
                .hasMessageContaining("FinalDBSnapshotIdentifier is required");
        rds.deleteDBInstance(
                delete -> delete.dbInstanceIdentifier("orders-short").skipFinalSnapshot(true));
        assertThatThrownBy(() -> describe("orders-short")).isInstanceOf(DbInstanceNotFoundException.class);
    }

    @Test
    void aDeletedInstanceIsRestoredFromTheAutomatedBackupsThatOutliveIt() throws SQLException {
        rds.createDBInstance(create -> create.dbInstanceIdentifier("lost")
                .engine("postgres")
                .dbInstanceClass("db.t4g.medium")
                .dbName("orders")
                .masterUsername("shop")
                .masterUserPassword("secret-password"));
        sql("lost", "create table orders (id int)");
        sql("lost", "insert into orders values (1), (2)");
        Instant written = Instant.now();
        while (Optional.ofNullable(describe("lost").latestRestorableTime())
                .filter(written::isBefore)
                .isEmpty()) {
            aws.instances().shipLogs();
        }
        rds.deleteDBInstance(delete ->
                delete.dbInstanceIdentifier("lost").skipFinalSnapshot(true).deleteAutomatedBackups(false));
        assertThatThrownBy(() -> describe("lost")).isInstanceOf(DbInstanceNotFoundException.class);
        RecoveryPoints points = new RecoveryPoints(aws.backup(), "kept");
        aws.backup().createBackupVault(create -> create.backupVaultName("kept"));
        Restores restores = new RdsRestores(
                rds,
                points,
                new RestoreJobs(aws.backup(), points, "arn:aws:iam::111122223333:role/restore"),
                new Arns(new AccountId("111122223333"), new RegionName("us-east-1")),
                new Relocation(Optional.empty(), false),
                InstantSource.system());
        Resource lost = new Resource.RdsInstance(
                new ResourceName("lost"), "lost", new SqlAccess("orders", "shop"), Optional.empty(), List.of());
        RestorePoint point = restores.choose(lost, new Target.Latest());
        RestoreOrder order = new RestoreOrder(
                lost,
                new CopyName("lifeboat-restored-1-lost"),
                point,
                Map.of("lifeboat:recovery", "1"),
                Instant.now(),
                Settings.NONE);

        Started started = restores.start(order);

        assertThat(point).isInstanceOf(RestorePoint.ServiceBackup.class);
        assertThat(started).isInstanceOf(Started.Underway.class);
        assertThat(restores.progress(order, ((Started.Underway) started).ticket()))
                .isInstanceOf(Progress.Available.class);
        assertThat(count("lifeboat-restored-1-lost")).isEqualTo(2);
    }

    @Test
    void settingsAreModifiedAndTagsAddedByArn() {
        String arn = rds.restoreDBInstanceToPointInTime(restore -> restore.sourceDBInstanceIdentifier("orders")
                        .targetDBInstanceIdentifier("orders-tuned")
                        .useLatestRestorableTime(true)
                        .tags(tag -> tag.key("lifeboat:recovery").value("r1")))
                .dbInstance()
                .dbInstanceArn();
        rds.modifyDBInstance(modify -> modify.dbInstanceIdentifier("orders-tuned")
                .dbParameterGroupName("orders-pg")
                .monitoringInterval(60)
                .cloudwatchLogsExportConfiguration(logs -> logs.enableLogTypes("postgresql"))
                .applyImmediately(true));
        rds.addTagsToResource(add ->
                add.resourceName(arn).tags(tag -> tag.key("lifeboat:recovery").value("r2")));

        DBInstance tuned = describe("orders-tuned");
        assertThat(tuned.monitoringInterval()).isEqualTo(60);
        assertThat(tuned.enabledCloudwatchLogsExports()).containsExactly("postgresql");
        assertThat(tuned.dbParameterGroups().getFirst().dbParameterGroupName()).isEqualTo("orders-pg");
        assertThat(rds.listTagsForResource(list -> list.resourceName(arn)).tagList())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("r2"));
    }

    private static Instant restorableUpTo() {
        return Optional.ofNullable(describe("orders").latestRestorableTime()).orElse(Instant.EPOCH);
    }

    private static DBInstance describe(String id) {
        return rds.describeDBInstances(describe -> describe.dbInstanceIdentifier(id))
                .dbInstances()
                .getFirst();
    }

    private static Connection connect(String id) throws SQLException {
        DBInstance instance = describe(id);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/orders"
                        .formatted(
                                instance.endpoint().address(),
                                instance.endpoint().port()),
                "shop",
                "secret-password");
    }

    private static void sql(String id, String sql) throws SQLException {
        try (Connection connection = connect(id);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(String id) throws SQLException {
        try (Connection connection = connect(id);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from orders")) {
            row.next();
            return row.getLong(1);
        }
    }
}
