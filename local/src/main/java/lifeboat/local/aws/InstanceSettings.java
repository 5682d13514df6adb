package lifeboat.local.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// Carries the settings of a request over to the description of an instance: those of equal name as they are, the
/// others as RDS names them in its answers.
final class InstanceSettings {
    private static final Map<String, SdkField<?>> SHOWN = DBInstance.builder().build().sdkFields().stream()
            .collect(Collectors.toMap(SdkField::memberName, field -> field));

    private InstanceSettings() {}

    static void apply(SdkPojo request, DBInstance.Builder instance) {
        for (SdkField<?> field : request.sdkFields()) {
            @Nullable Object value = field.getValueOrDefault(request);
            if (value != null && !(value instanceof SdkAutoConstructList<?>)) {
                apply(field.memberName(), value, instance);
            }
        }
    }

    private static void apply(String member, Object value, DBInstance.Builder instance) {
        switch (member) {
            case "VpcSecurityGroupIds" -> instance.vpcSecurityGroups(securityGroups(strings(value)));
            case "DBParameterGroupName" -> instance.dbParameterGroups(parameterGroup(value.toString()));
            case "OptionGroupName" -> instance.optionGroupMemberships(optionGroup(value.toString()));
            case "DBSubnetGroupName" -> instance.dbSubnetGroup(group -> group.dbSubnetGroupName(value.toString()));
            case "EnableIAMDatabaseAuthentication" -> instance.iamDatabaseAuthenticationEnabled((Boolean) value);
            case "EnablePerformanceInsights" -> instance.performanceInsightsEnabled((Boolean) value);
            case "EnableCloudwatchLogsExports" -> instance.enabledCloudwatchLogsExports(strings(value));
            case "CloudwatchLogsExportConfiguration" -> exports((CloudwatchLogsExportConfiguration) value, instance);
            case "Tags" -> instance.tagList(tags(value));
            case "NewDBInstanceIdentifier", "DBInstanceIdentifier", "MasterUserPassword" -> {}
            default -> sameName(member, value, instance);
        }
    }

    private static void sameName(String member, Object value, DBInstance.Builder instance) {
        @Nullable SdkField<?> shown = SHOWN.get(member);
        if (shown != null) {
            shown.set(instance, value);
        }
    }

    private static void exports(CloudwatchLogsExportConfiguration change, DBInstance.Builder instance) {
        List<String> before = instance.build().enabledCloudwatchLogsExports();
        instance.enabledCloudwatchLogsExports(Stream.concat(before.stream(), change.enableLogTypes().stream())
                .distinct()
                .filter(log -> !change.disableLogTypes().contains(log))
                .toList());
    }

    private static List<String> strings(Object value) {
        return ((Collection<?>) value).stream().map(Object::toString).toList();
    }

    private static List<Tag> tags(Object value) {
        return ((Collection<?>) value).stream().map(Tag.class::cast).toList();
    }

    static List<VpcSecurityGroupMembership> securityGroups(List<String> ids) {
        return ids.stream()
                .map(id -> VpcSecurityGroupMembership.builder()
                        .vpcSecurityGroupId(id)
                        .status("active")
                        .build())
                .toList();
    }

    static DBParameterGroupStatus parameterGroup(String name) {
        return DBParameterGroupStatus.builder()
                .dbParameterGroupName(name)
                .parameterApplyStatus("in-sync")
                .build();
    }

    static OptionGroupMembership optionGroup(String name) {
        return OptionGroupMembership.builder()
                .optionGroupName(name)
                .status("in-sync")
                .build();
    }
}
