package lifeboat.local.aws;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.local.engine.BaseBackup;
import lifeboat.local.engine.PostgresServer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;

/// Instances as AWS Backup protects them: snapshots, restored with the members of RestoreDBInstanceFromDBSnapshot.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html">Restoring a database</a>
record ProtectedInstances(World world, RdsStandIn instances) implements ProtectedStore {
    private static final Map<String, SdkField<?>> MEMBERS =
            RestoreDbInstanceFromDbSnapshotRequest.builder().build().sdkFields().stream()
                    .collect(Collectors.toMap(
                            field -> field.memberName().toLowerCase(Locale.ROOT), Function.identity()));

    @Override
    public String type() {
        return "RDS";
    }

    @Override
    public boolean has(String resourceArn) {
        if (!resourceArn.startsWith(instances.arn(""))) {
            return false;
        }
        try {
            instances.existing(id(resourceArn));
            return true;
        } catch (DbInstanceNotFoundException _) {
            return false;
        }
    }

    @Override
    public Saving save(String resourceArn, String jobId) {
        Instance instance = instances.available(id(resourceArn));
        InstanceRestores.Snapshot snapshot =
                instances.restores().snapshot(instance, "awsbackup:job-" + jobId, "awsbackup");
        Undertaking<Saved> work = world.undertake(
                world.timings().backup(),
                () -> saved(snapshot, snapshot.backup().await()));
        return new Saving(snapshot.description().dbSnapshotArn(), work);
    }

    private static Saved saved(InstanceRestores.Snapshot snapshot, BaseBackup backup) {
        return new Saved(snapshot, backup.consistentAt(), backup.sizeBytes());
    }

    @Override
    public Map<String, String> metadata(String resourceArn) {
        DBInstance settings = instances.existing(id(resourceArn)).settings;
        Map<String, String> kept = new TreeMap<>();
        kept.put("DBInstanceClass", settings.dbInstanceClass());
        kept.put("MultiAZ", String.valueOf(settings.multiAZ()));
        kept.put("Engine", settings.engine());
        kept.put("StorageType", settings.storageType());
        kept.put("PubliclyAccessible", String.valueOf(settings.publiclyAccessible()));
        kept.put("DBSubnetGroupName", settings.dbSubnetGroup().dbSubnetGroupName());
        kept.put("DeletionProtection", String.valueOf(settings.deletionProtection()));
        return kept;
    }

    @Override
    public Restoring restore(Saved saved, Map<String, String> metadata) {
        InstanceRestores.Snapshot snapshot = (InstanceRestores.Snapshot) saved.content();
        RestoreDbInstanceFromDbSnapshotRequest.Builder request = RestoreDbInstanceFromDbSnapshotRequest.builder();
        metadata.forEach((key, value) -> set(request, key, value));
        String target = Optional.ofNullable(request.build().dbInstanceIdentifier())
                .orElseThrow(() -> BackupRefusals.invalid("Restore metadata is missing DBInstanceIdentifier"));
        String arn = instances.arn(target.toLowerCase(Locale.ROOT));
        try {
            instances
                    .restores()
                    .fromSnapshot(
                            request.dbSnapshotIdentifier(snapshot.description().dbSnapshotIdentifier())
                                    .build());
        } catch (RdsException refusal) { // the job was accepted: what RDS says of it is found in the job
            Outcome failed = new Outcome(world.now(), Optional.of(String.valueOf(refusal.getMessage())));
            return new Restoring(arn, () -> Optional.of(failed));
        }
        Undertaking<PostgresServer> creation = instances.created(target);
        return new Restoring(arn, () -> ProtectedTables.outcome(creation));
    }

    // Values come as text; lists as JSON arrays in text.
    private static void set(RestoreDbInstanceFromDbSnapshotRequest.Builder request, String key, String value) {
        @Nullable SdkField<?> member = MEMBERS.get(key.toLowerCase(Locale.ROOT));
        if (member == null) {
            if (key.equalsIgnoreCase("vpcId") || key.equalsIgnoreCase("EngineVersion")) {
                return; // accepted, but ignored
            }
            throw BackupRefusals.invalid("Invalid restore metadata key for RDS: " + key);
        }
        member.set(request, parsed(member.marshallingType(), value));
    }

    private static Object parsed(MarshallingType<?> type, String value) {
        if (type.equals(MarshallingType.BOOLEAN)) {
            return Boolean.valueOf(value);
        }
        if (type.equals(MarshallingType.INTEGER)) {
            return Integer.valueOf(value);
        }
        if (type.equals(MarshallingType.LIST)) {
            return Arrays.stream(value.replaceAll("[\\[\\]\"\\s]", "").split(","))
                    .filter(element -> !element.isEmpty())
                    .toList();
        }
        return value;
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
