package lifeboat.local.aws;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import lifeboat.local.engine.EngineFailure;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.local.engine.PostgresServer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AccountQuota;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeResponse;

/// Stands in for the control plane of RDS, which has no engine here: each instance is a PostgreSQL server of this
/// machine, and a restore really replays its archived log. Only PostgreSQL; one difference to RDS: the master
/// user is a superuser.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/Welcome.html">RDS API</a>
public final class RdsStandIn implements RdsClient {
    private static final int QUOTA = 40;

    private final World world;
    private final PostgresEngine engine;
    private final Map<String, Instance> instances = new ConcurrentSkipListMap<>();
    private final InstanceRestores restores;
    private final Map<String, Instance> retained = new ConcurrentSkipListMap<>();
    private final DatabaseGroups groups = new DatabaseGroups();

    RdsStandIn(World world, PostgresEngine engine) {
        this.world = world;
        this.engine = engine;
        this.restores = new InstanceRestores(world, engine, this);
    }

    /// The groups that instances can be given.
    DatabaseGroups groups() {
        return groups;
    }

    InstanceRestores restores() {
        return restores;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {
        instances.values().stream()
                .filter(instance -> instance.creation().standing() instanceof Undertaking.Standing.Done<PostgresServer>)
                .filter(instance -> instance.goneAt.isEmpty())
                .forEach(instance -> instance.server().close());
    }

    /// Ships the log of every instance that keeps backups, as RDS does every five minutes.
    public void shipLogs() {
        instances.values().stream()
                .filter(Instance::available)
                .filter(instance -> !instance.backups.isEmpty())
                .forEach(RdsStandIn::shipLog);
    }

    private static void shipLog(Instance instance) {
        Instant upTo = instance.server().shipLog();
        if (!upTo.isBefore(instance.backups.getFirst().consistentAt())) {
            instance.shippedUpTo = Optional.of(upTo);
        }
    }

    Instance existing(String id) {
        @Nullable Instance found = instances.get(id.toLowerCase(Locale.ROOT));
        if (found == null || !found.visible()) {
            throw InstanceRefusals.noInstance(id);
        }
        return found;
    }

    Instance available(String id) {
        Instance found = existing(id);
        if (!found.available()) {
            throw InstanceRefusals.wrongState(id, found.status());
        }
        return found;
    }

    /// The server of an instance that may not be visible yet.
    Undertaking<PostgresServer> created(String id) {
        return Objects.requireNonNull(instances.get(id.toLowerCase(Locale.ROOT)), id)
                .creation();
    }

    String arn(String id) {
        return world.account().arn("rds", "db:" + id);
    }

    /// Puts an instance into the account that does not exist there yet.
    Instance add(DBInstance settings, Undertaking<PostgresServer> creation, Instance.Origin origin) {
        Instant visibleFrom = world.now().plus(world.faults().visibleAfter());
        Instance instance = new Instance(world, settings, creation, visibleFrom, origin);
        instances.put(settings.dbInstanceIdentifier(), instance);
        return instance;
    }

    void refuseWhereTaken(String id) {
        @Nullable Instance there = instances.get(id.toLowerCase(Locale.ROOT));
        if (there != null && (there.goneAt.isEmpty() || there.visible())) {
            throw InstanceRefusals.instanceExists(id);
        }
        if (instances.values().stream().filter(Instance::visible).count() >= QUOTA) {
            throw InstanceRefusals.quota();
        }
    }

    @Override
    public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
        String id = request.dbInstanceIdentifier().toLowerCase(Locale.ROOT);
        refuseWhereTaken(id);
        if (!request.engine().equals("postgres")) {
            throw InstanceRefusals.value(
                    "Engine %s does not run on this machine: postgres".formatted(request.engine()));
        }
        groups.made(request);
        DBInstance.Builder settings = InstanceRestores.defaults(id, arn(id));
        InstanceSettings.apply(request, settings);
        Undertaking<PostgresServer> creation =
                world.undertake(world.timings().instanceRestore(), () -> newServer(id, request));
        Instance instance = add(settings.build(), creation, Instance.Origin.NOTHING);
        if (instance.settings.backupRetentionPeriod() > 0) {
            instance.backups.add(creation.await().backup("automated-0"));
        }
        return CreateDbInstanceResponse.builder().dbInstance(instance.shown()).build();
    }

    private PostgresServer newServer(String id, CreateDbInstanceRequest request) {
        PostgresServer server = engine.create(id);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create role \"%s\" superuser login password '%s'"
                    .formatted(request.masterUsername(), request.masterUserPassword()));
            if (request.dbName() != null) {
                statement.execute(
                        "create database \"%s\" owner \"%s\"".formatted(request.dbName(), request.masterUsername()));
            }
            return server;
        } catch (SQLException failure) {
            throw new EngineFailure("instance \"%s\" could not be prepared".formatted(id), failure);
        }
    }

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
        if (request.dbInstanceIdentifier() != null) {
            String id = request.dbInstanceIdentifier();
            Instance found = existing(id.startsWith("arn:") ? idOf(id) : id);
            return DescribeDbInstancesResponse.builder()
                    .dbInstances(found.shown())
                    .build();
        }
        Page<DBInstance> page = Page.of(
                instances.values().stream()
                        .filter(Instance::visible)
                        .map(Instance::shown)
                        .toList(),
                request.marker(),
                InstanceRestores.pageSize(request.maxRecords()));
        return DescribeDbInstancesResponse.builder()
                .dbInstances(page.items())
                .marker(page.next())
                .build();
    }

    @Override
    public DescribeDbInstanceAutomatedBackupsResponse describeDBInstanceAutomatedBackups(
            DescribeDbInstanceAutomatedBackupsRequest request) {
        @Nullable String id = request.dbInstanceIdentifier();
        @Nullable String arn = request.dbInstanceAutomatedBackupsArn();
        return DescribeDbInstanceAutomatedBackupsResponse.builder()
                .dbInstanceAutomatedBackups(Stream.concat(
                                instances.values().stream()
                                        .filter(Instance::visible)
                                        .flatMap(instance -> instance.automatedBackup("active").stream()),
                                retained.values().stream()
                                        .flatMap(instance -> instance.automatedBackup("retained").stream()))
                        .filter(backup ->
                                id == null || backup.dbInstanceIdentifier().equals(id))
                        .filter(backup -> arn == null
                                || backup.dbInstanceAutomatedBackupsArn().equals(arn))
                        .toList())
                .build();
    }

    /// An instance whose automated backups are there: live by its name, or by its resource id, deleted or not.
    Instance backedUp(@Nullable String id, @Nullable String resourceId) {
        if ((id == null) == (resourceId == null)) {
            throw InstanceRefusals.combination(
                    "Exactly one of SourceDBInstanceIdentifier and SourceDbiResourceId must be specified.");
        }
        if (id != null) {
            return existing(id);
        }
        return Stream.concat(instances.values().stream().filter(Instance::visible), retained.values().stream())
                .filter(instance -> instance.settings.dbiResourceId().equals(resourceId))
                .findFirst()
                .orElseThrow(() -> InstanceRefusals.noInstance(String.valueOf(resourceId)));
    }

    @Override
    public DescribeAccountAttributesResponse describeAccountAttributes(DescribeAccountAttributesRequest request) {
        long used = instances.values().stream().filter(Instance::visible).count();
        return DescribeAccountAttributesResponse.builder()
                .accountQuotas(AccountQuota.builder()
                        .accountQuotaName("DBInstances")
                        .used(used)
                        .max((long) QUOTA)
                        .build())
                .build();
    }

    @Override
    public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest request) {
        Instance instance = available(request.dbInstanceIdentifier());
        groups.refuseUnknown(
                request.dbSubnetGroupName(),
                request.dbParameterGroupName(),
                request.optionGroupName(),
                request.vpcSecurityGroupIds());
        DBInstance.Builder settings = instance.settings.toBuilder();
        InstanceSettings.apply(request, settings);
        instance.settings = settings.build();
        Optional.ofNullable(request.masterUserPassword()).ifPresent(password -> setPassword(instance, password));
        instance.modifyingUntil = world.now().plus(world.timings().modification());
        return ModifyDbInstanceResponse.builder().dbInstance(instance.shown()).build();
    }

    private static void setPassword(Instance instance, String password) {
        try (Connection connection = instance.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter role \"%s\" password '%s'".formatted(instance.settings.masterUsername(), password));
        } catch (SQLException failure) {
            throw new EngineFailure("password could not be changed", failure);
        }
    }

    @Override
    public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
        Instance instance = existing(request.dbInstanceIdentifier());
        boolean skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
        if (instance.goneAt.isPresent()) {
            throw InstanceRefusals.wrongState(request.dbInstanceIdentifier(), "deleting");
        }
        if (Boolean.TRUE.equals(instance.settings.deletionProtection())) {
            throw InstanceRefusals.combination(
                    "Cannot delete protected DB Instance, please disable deletion protection and try again.");
        }
        if (!skip && request.finalDBSnapshotIdentifier() == null) {
            throw InstanceRefusals.combination(
                    "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
        }
        if (skip && request.finalDBSnapshotIdentifier() != null) {
            throw InstanceRefusals.combination(
                    "FinalDBSnapshotIdentifier can not be specified when deleting with SkipFinalSnapshot.");
        }
        if (!skip) {
            restores.snapshot(instance, request.finalDBSnapshotIdentifier(), "manual");
        }
        if (Boolean.FALSE.equals(request.deleteAutomatedBackups())) { // RDS deletes them unless it is told not to
            retained.put(instance.settings.dbiResourceId(), instance);
        }
        instance.goneAt = Optional.of(world.now().plus(world.timings().deletion()));
        world.workers().execute(() -> instance.server().close());
        return DeleteDbInstanceResponse.builder().dbInstance(instance.shown()).build();
    }

    @Override
    public CreateDbSnapshotResponse createDBSnapshot(CreateDbSnapshotRequest request) {
        Instance instance = available(request.dbInstanceIdentifier());
        return CreateDbSnapshotResponse.builder()
                .dbSnapshot(restores.snapshot(instance, request.dbSnapshotIdentifier(), "manual")
                        .shown())
                .build();
    }

    @Override
    public DescribeDbSnapshotsResponse describeDBSnapshots(DescribeDbSnapshotsRequest request) {
        return restores.describe(request);
    }

    @Override
    public RestoreDbInstanceToPointInTimeResponse restoreDBInstanceToPointInTime(
            RestoreDbInstanceToPointInTimeRequest request) {
        return restores.toPointInTime(request);
    }

    @Override
    public RestoreDbInstanceFromDbSnapshotResponse restoreDBInstanceFromDBSnapshot(
            RestoreDbInstanceFromDbSnapshotRequest request) {
        return restores.fromSnapshot(request);
    }

    static String idOf(String arn) {
        if (!arn.contains(":db:")) {
            throw InstanceRefusals.value("The specified resource name does not match an RDS resource in this region.");
        }
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
