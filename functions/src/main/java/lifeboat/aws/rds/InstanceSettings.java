package lifeboat.aws.rds;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/// The settings of an instance that are given while it is restored: where it stands and who reaches it. The rest is
/// applied afterwards, so that a copy is never reachable by more than its source.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html">
///     RestoreDBInstanceToPointInTime</a>
final class InstanceSettings {
    /// What a recovery point may hold of the region and zone that its instance stood in. Zones are chosen by RDS,
    /// since live's may be what was lost. Logs are exported once parity says so: log groups of drills would
    /// outlive them.
    private static final List<String> NEVER_AT_ONCE = List.of("AvailabilityZone", "EnableCloudwatchLogsExports");

    private static final List<String> OF_ITS_REGION = List.of(
            "DBSubnetGroupName",
            "VpcSecurityGroupIds",
            "DBParameterGroupName",
            "OptionGroupName",
            "KmsKeyId",
            "CACertificateIdentifier",
            "Domain",
            "DomainFqdn",
            "DomainOu",
            "DomainAuthSecretArn",
            "DomainDnsIps",
            "DomainIAMRoleName");

    private static final Map<String, String> MEMBERS = Map.of(
            "subnetGroup", "DBSubnetGroupName",
            "securityGroups", "VpcSecurityGroupIds",
            "parameterGroup", "DBParameterGroupName",
            "optionGroup", "OptionGroupName");

    private final Map<String, String> values;
    private final boolean away;
    private final Set<String> leftOut;

    private InstanceSettings(Map<String, String> values, boolean away, Set<String> leftOut) {
        this.values = values;
        this.away = away;
        this.leftOut = leftOut;
    }

    /// These without some, which are then RDS's to choose.
    InstanceSettings without(Set<String> names) {
        Map<String, String> fewer = new HashMap<>(values);
        fewer.keySet().removeAll(names);
        Set<String> out = new HashSet<>(leftOut);
        out.addAll(names);
        return new InstanceSettings(fewer, away, out);
    }

    /// Whether any of some settings would be sent.
    boolean hasAny(Set<String> names) {
        return names.stream().anyMatch(name -> value(name).isPresent());
    }

    /// @param away whether the copy stands in another region than the settings are from
    static InstanceSettings of(Settings settings, boolean away) {
        return new InstanceSettings(settings.values(), away, Set.of());
    }

    /// The members of a native restore that the settings decide.
    RestoreDbInstanceToPointInTimeRequest.Builder into(RestoreDbInstanceToPointInTimeRequest.Builder request) {
        value("class").ifPresent(request::dbInstanceClass);
        value("subnetGroup").ifPresent(request::dbSubnetGroupName);
        group("parameterGroup").ifPresent(request::dbParameterGroupName);
        group("optionGroup").ifPresent(request::optionGroupName);
        if (!securityGroups().isEmpty()) {
            request.vpcSecurityGroupIds(securityGroups());
        }
        value("storage").ifPresent(storage -> storage(request, storage));
        return request.multiAZ(false).publiclyAccessible(false);
    }

    /// The same of a restore from a snapshot.
    RestoreDbInstanceFromDbSnapshotRequest.Builder into(RestoreDbInstanceFromDbSnapshotRequest.Builder request) {
        value("class").ifPresent(request::dbInstanceClass);
        value("subnetGroup").ifPresent(request::dbSubnetGroupName);
        group("parameterGroup").ifPresent(request::dbParameterGroupName);
        group("optionGroup").ifPresent(request::optionGroupName);
        if (!securityGroups().isEmpty()) {
            request.vpcSecurityGroupIds(securityGroups());
        }
        return request.multiAZ(false).publiclyAccessible(false);
    }

    /// A restore makes gp3 unless it is told otherwise; provisioned storage needs its IOPS said too.
    private static void storage(RestoreDbInstanceToPointInTimeRequest.Builder request, String captured) {
        String[] typeAndIops = captured.split(" ", 2);
        switch (typeAndIops[0]) {
            case "io1", "io2" -> request.storageType(typeAndIops[0]).iops(Integer.valueOf(typeAndIops[1]));
            case "gp2", "standard" -> request.storageType(typeAndIops[0]);
            default -> {} // as a restore makes it; parity says where that is not what live has
        }
    }

    /// The metadata of a restore job that the settings decide; empty where the recovery point's own must be left
    /// out.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html">Restoring RDS</a>
    Map<String, String> asMetadata(CopyName copy) {
        Map<String, String> metadata = new HashMap<>();
        NEVER_AT_ONCE.forEach(member -> metadata.put(member, ""));
        if (away) {
            OF_ITS_REGION.forEach(member -> metadata.put(member, ""));
        }
        leftOut.forEach(setting -> metadata.put(MEMBERS.getOrDefault(setting, setting), ""));
        metadata.put("DBInstanceIdentifier", copy.value());
        metadata.put("MultiAZ", "false");
        metadata.put("PubliclyAccessible", "false");
        metadata.put("DeletionProtection", "false");
        value("class").ifPresent(value -> metadata.put("DBInstanceClass", value));
        value("subnetGroup").ifPresent(value -> metadata.put("DBSubnetGroupName", value));
        group("parameterGroup").ifPresent(value -> metadata.put("DBParameterGroupName", value));
        group("optionGroup").ifPresent(value -> metadata.put("OptionGroupName", value));
        if (!securityGroups().isEmpty()) {
            metadata.put(
                    "VpcSecurityGroupIds",
                    securityGroups().stream().map("\"%s\""::formatted).collect(Collectors.joining(",", "[", "]")));
        }
        return metadata;
    }

    private List<String> securityGroups() {
        return value("securityGroups").stream()
                .flatMap(
                        list -> Arrays.stream(list.replaceAll("[\\[\\]\" ]", "").split(",")))
                .filter(group -> !group.isEmpty())
                .toList();
    }

    /// Which group is the default depends on the version that is restored: RDS knows, and may have to make it
    /// first.
    Optional<String> group(String name) {
        return value(name).filter(group -> !Relocation.isDefault(group));
    }

    /// A setting as it was captured; empty: it was not, or is none.
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
