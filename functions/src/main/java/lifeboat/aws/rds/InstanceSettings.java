package lifeboat.aws.rds;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/// The settings of an instance that are given while it is restored: where it stands and who reaches it. The rest is
/// applied afterwards, so that a copy is never reachable by more than its source.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html">
///     RestoreDBInstanceToPointInTime</a>
final class InstanceSettings {
    private final Map<String, String> values;

    private InstanceSettings(Map<String, String> values) {
        this.values = values;
    }

    static InstanceSettings of(Settings settings) {
        return new InstanceSettings(settings.values());
    }

    /// The members of a native restore that the settings decide.
    RestoreDbInstanceToPointInTimeRequest.Builder into(RestoreDbInstanceToPointInTimeRequest.Builder request) {
        value("class").ifPresent(request::dbInstanceClass);
        value("subnetGroup").ifPresent(request::dbSubnetGroupName);
        value("parameterGroup").ifPresent(request::dbParameterGroupName);
        value("optionGroup").ifPresent(request::optionGroupName);
        if (!securityGroups().isEmpty()) {
            request.vpcSecurityGroupIds(securityGroups());
        }
        value("storage").ifPresent(storage -> storage(request, storage));
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

    /// The metadata of a restore job that the settings decide.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html">Restoring RDS</a>
    Map<String, String> asMetadata(CopyName copy) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("DBInstanceIdentifier", copy.value());
        metadata.put("MultiAZ", "false");
        metadata.put("PubliclyAccessible", "false");
        metadata.put("DeletionProtection", "false");
        value("class").ifPresent(value -> metadata.put("DBInstanceClass", value));
        value("subnetGroup").ifPresent(value -> metadata.put("DBSubnetGroupName", value));
        value("parameterGroup").ifPresent(value -> metadata.put("DBParameterGroupName", value));
        value("optionGroup").ifPresent(value -> metadata.put("OptionGroupName", value));
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

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
