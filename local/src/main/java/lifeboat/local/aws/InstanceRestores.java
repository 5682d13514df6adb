package lifeboat.local.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import lifeboat.local.engine.BaseBackup;
import lifeboat.local.engine.EngineFailure;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.local.engine.PostgresServer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeResponse;

/// Snapshots and restores of the RDS stand-in. A restored instance has the data, engine and size of its source,
/// and default network, groups and protection unless the call says otherwise; the tags of its source, unless it
/// is given its own.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">RDS, point in time</a>
final class InstanceRestores {
    private final World world;
    private final PostgresEngine engine;
    private final RdsStandIn instances;
    private final Map<String, Snapshot> snapshots = new ConcurrentSkipListMap<>();

    InstanceRestores(World world, PostgresEngine engine, RdsStandIn instances) {
        this.world = world;
        this.engine = engine;
        this.instances = instances;
    }

    /// A snapshot: the settings of its instance, and the files.
    record Snapshot(DBSnapshot description, DBInstance source, Undertaking<BaseBackup> backup) {
        DBSnapshot shown() {
            return switch (backup.standing()) {
                case Undertaking.Standing.Done<BaseBackup> done ->
                    description.toBuilder()
                            .status("available")
                            .percentProgress(100)
                            .snapshotCreateTime(done.result().consistentAt())
                            .build();
                case Undertaking.Standing.UnderWay<BaseBackup>() ->
                    description.toBuilder().status("creating").build();
                case Undertaking.Standing.Broken<BaseBackup> _ ->
                    description.toBuilder().status("failed").build();
            };
        }
    }

    Snapshot snapshot(Instance instance, String id, String type) {
        if (snapshots.containsKey(id)) {
            throw InstanceRefusals.snapshotExists(id);
        }
        DBInstance source = instance.settings;
        DBSnapshot description = DBSnapshot.builder()
                .dbSnapshotIdentifier(id)
                .dbSnapshotArn(world.account().arn("rds", "snapshot:" + id))
                .dbInstanceIdentifier(source.dbInstanceIdentifier())
                .dbiResourceId(source.dbiResourceId())
                .engine(source.engine())
                .engineVersion(source.engineVersion())
                .allocatedStorage(source.allocatedStorage())
                .encrypted(source.storageEncrypted())
                .kmsKeyId(source.kmsKeyId())
                .snapshotType(type)
                .tagList(Boolean.TRUE.equals(source.copyTagsToSnapshot()) ? source.tagList() : List.of())
                .build();
        String label = "snapshot-" + snapshots.size();
        Undertaking<BaseBackup> backup = world.undertake(
                world.timings().backup(), () -> kept(instance, instance.server().backup(label)));
        Snapshot snapshot = new Snapshot(description, source, backup);
        snapshots.put(id, snapshot);
        return snapshot;
    }

    private static BaseBackup kept(Instance instance, BaseBackup backup) {
        if (!instance.backups.isEmpty()) {
            instance.backups.add(backup);
        }
        return backup;
    }

    DescribeDbSnapshotsResponse describe(DescribeDbSnapshotsRequest request) {
        @Nullable String id = request.dbSnapshotIdentifier();
        if (id != null && !snapshots.containsKey(idOf(id))) {
            throw InstanceRefusals.noSnapshot(id);
        }
        List<DBSnapshot> found = snapshots.values().stream()
                .map(Snapshot::shown)
                .filter(shown -> id == null || shown.dbSnapshotIdentifier().equals(idOf(id)))
                .filter(shown -> request.snapshotType() == null
                        ? !"awsbackup".equals(shown.snapshotType())
                        : shown.snapshotType().equals(request.snapshotType()))
                .filter(shown -> request.dbInstanceIdentifier() == null
                        || shown.dbInstanceIdentifier().equals(request.dbInstanceIdentifier()))
                .toList();
        Page<DBSnapshot> page = Page.of(found, request.marker(), pageSize(request.maxRecords()));
        return DescribeDbSnapshotsResponse.builder()
                .dbSnapshots(page.items())
                .marker(page.next())
                .build();
    }

    Snapshot existing(String idOrArn) {
        @Nullable Snapshot snapshot = snapshots.get(idOf(idOrArn));
        if (snapshot == null) {
            throw InstanceRefusals.noSnapshot(idOrArn);
        }
        return snapshot;
    }

    private static String idOf(String idOrArn) {
        return idOrArn.startsWith("arn:")
                ? idOrArn.substring(idOrArn.indexOf(":snapshot:") + ":snapshot:".length())
                : idOrArn;
    }

    RestoreDbInstanceToPointInTimeResponse toPointInTime(RestoreDbInstanceToPointInTimeRequest request) {
        Instance source = instances.backedUp(request.sourceDBInstanceIdentifier(), request.sourceDbiResourceId());
        Instant latest = source.shippedUpTo.orElseThrow(
                () -> InstanceRefusals.recoveryOff(source.settings.dbInstanceIdentifier()));
        Instant at = timeOf(request, latest);
        BaseBackup backup = source.backups.stream()
                .filter(candidate -> !candidate.consistentAt().isAfter(at))
                .max(Comparator.comparing(BaseBackup::consistentAt))
                .orElseThrow(() -> InstanceRefusals.value("RestoreTime %s is before the first backup: %s to %s"
                        .formatted(at, source.backups.getFirst().consistentAt(), latest)));
        instances
                .groups()
                .refuseUnknown(
                        request.dbSubnetGroupName(),
                        request.dbParameterGroupName(),
                        request.optionGroupName(),
                        request.vpcSecurityGroupIds());
        DBInstance copy = begin(
                request.targetDBInstanceIdentifier(),
                source.settings,
                request,
                Instance.Origin.LOG,
                name -> engine.restore(backup, at, name));
        return RestoreDbInstanceToPointInTimeResponse.builder().dbInstance(copy).build();
    }

    private static Instant timeOf(RestoreDbInstanceToPointInTimeRequest request, Instant latest) {
        boolean useLatest = Boolean.TRUE.equals(request.useLatestRestorableTime());
        @Nullable Instant given = request.restoreTime();
        if (useLatest == (given != null)) {
            throw InstanceRefusals.combination(
                    "Exactly one of RestoreTime and UseLatestRestorableTime must be specified.");
        }
        Instant at = given == null ? latest : given.truncatedTo(ChronoUnit.SECONDS);
        if (at.isAfter(latest)) {
            throw InstanceRefusals.value("RestoreTime %s is after the latest restorable time %s".formatted(at, latest));
        }
        return at;
    }

    RestoreDbInstanceFromDbSnapshotResponse fromSnapshot(RestoreDbInstanceFromDbSnapshotRequest request) {
        Snapshot snapshot = existing(request.dbSnapshotIdentifier());
        instances
                .groups()
                .refuseUnknown(
                        request.dbSubnetGroupName(),
                        request.dbParameterGroupName(),
                        request.optionGroupName(),
                        request.vpcSecurityGroupIds());
        BaseBackup backup = snapshot.backup().await();
        DBInstance copy = begin(
                request.dbInstanceIdentifier(),
                snapshot.source(),
                request,
                Instance.Origin.SNAPSHOT,
                name -> engine.restore(backup, backup.consistentAt(), name));
        return RestoreDbInstanceFromDbSnapshotResponse.builder()
                .dbInstance(copy)
                .build();
    }

    private interface Restoring {
        PostgresServer into(String name);
    }

    private DBInstance begin(
            String target, DBInstance source, SdkPojo request, Instance.Origin origin, Restoring restoring) {
        String id = target.toLowerCase(Locale.ROOT);
        instances.refuseWhereTaken(id);
        DBInstance.Builder settings = defaults(id, instances.arn(id))
                .dbInstanceClass(source.dbInstanceClass())
                .engine(source.engine())
                .engineVersion(source.engineVersion())
                .masterUsername(source.masterUsername())
                .dbName(source.dbName())
                .allocatedStorage(source.allocatedStorage())
                .storageEncrypted(source.storageEncrypted())
                .kmsKeyId(source.kmsKeyId())
                .backupRetentionPeriod(source.backupRetentionPeriod())
                .tagList(source.tagList());
        InstanceSettings.apply(request, settings);
        Optional<String> failure = world.faults().restoreFailure();
        Undertaking<PostgresServer> creation = world.undertake(world.timings().instanceRestore(), () -> {
            failure.ifPresent(why -> {
                throw new EngineFailure(why);
            });
            return restoring.into(id + "-" + Long.toString(System.nanoTime(), 36));
        });
        return instances.add(settings.build(), creation, origin).shown();
    }

    /// What an instance gets where the call says nothing.
    static DBInstance.Builder defaults(String id, String arn) {
        return DBInstance.builder()
                .dbInstanceIdentifier(id)
                .dbInstanceArn(arn)
                .dbiResourceId("db-" + Long.toString(System.nanoTime(), 36).toUpperCase(Locale.ROOT))
                .multiAZ(false)
                .publiclyAccessible(false)
                .storageType("gp3")
                .storageEncrypted(false)
                .vpcSecurityGroups(InstanceSettings.securityGroups(List.of("sg-00000000default")))
                .dbParameterGroups(InstanceSettings.parameterGroup("default.postgres18"))
                .optionGroupMemberships(InstanceSettings.optionGroup("default:postgres-18"))
                .dbSubnetGroup(group -> group.dbSubnetGroupName("default"))
                .backupRetentionPeriod(1)
                .preferredBackupWindow("03:00-03:30")
                .preferredMaintenanceWindow("sun:05:00-sun:05:30")
                .autoMinorVersionUpgrade(true)
                .deletionProtection(false)
                .copyTagsToSnapshot(false)
                .iamDatabaseAuthenticationEnabled(false)
                .performanceInsightsEnabled(false)
                .monitoringInterval(0)
                .caCertificateIdentifier("rds-ca-rsa2048-g1");
    }

    static int pageSize(@Nullable Integer maxRecords) {
        if (maxRecords != null && (maxRecords < 20 || maxRecords > 100)) {
            throw InstanceRefusals.value(
                    "Invalid value %d for MaxRecords. Must be between 20 and 100".formatted(maxRecords));
        }
        return maxRecords == null ? 100 : maxRecords;
    }
}
