package lifeboat.aws.rds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.aws.SettingsJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// The settings that ModifyDBInstance can give to an instance, each as text: how it is read, and how it is asked
/// for.
enum InstanceSetting {
    CLASS("class", DBInstance::dbInstanceClass, (request, wanted, there) -> request.dbInstanceClass(wanted)),
    PARAMETER_GROUP(
            "parameterGroup",
            instance -> first(instance.dbParameterGroups().stream()
                    .map(DBParameterGroupStatus::dbParameterGroupName)
                    .toList()),
            (request, wanted, there) -> request.dbParameterGroupName(wanted)),
    OPTION_GROUP(
            "optionGroup",
            instance -> first(instance.optionGroupMemberships().stream()
                    .map(OptionGroupMembership::optionGroupName)
                    .toList()),
            (request, wanted, there) -> request.optionGroupName(wanted)),
    SECURITY_GROUPS(
            "securityGroups",
            instance -> SettingsJson.write(instance.vpcSecurityGroups().stream()
                    .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                    .sorted()
                    .toList()),
            (request, wanted, there) -> request.vpcSecurityGroupIds(SettingsJson.texts(wanted))),
    MULTI_AZ(
            "multiAz",
            instance -> text(instance.multiAZ()),
            (request, wanted, there) -> request.multiAZ(Boolean.valueOf(wanted))),
    MONITORING("monitoring", InstanceSetting::monitoring, InstanceSetting::monitoring),
    PERFORMANCE_INSIGHTS(
            "performanceInsights", InstanceSetting::performanceInsights, InstanceSetting::performanceInsights),
    LOG_EXPORTS(
            "logExports",
            instance -> SettingsJson.write(
                    instance.enabledCloudwatchLogsExports().stream().sorted().toList()),
            InstanceSetting::logExports,
            "log groups of a drill's copy would outlive it"),
    IAM_AUTHENTICATION(
            "iamAuthentication",
            instance -> text(instance.iamDatabaseAuthenticationEnabled()),
            (request, wanted, there) -> request.enableIAMDatabaseAuthentication(Boolean.valueOf(wanted))),
    BACKUP_RETENTION(
            "backupRetention",
            instance -> text(instance.backupRetentionPeriod()),
            (request, wanted, there) -> request.backupRetentionPeriod(Integer.valueOf(wanted))),
    BACKUP_WINDOW(
            "backupWindow",
            DBInstance::preferredBackupWindow,
            (request, wanted, there) -> request.preferredBackupWindow(wanted)),
    MAINTENANCE_WINDOW(
            "maintenanceWindow",
            DBInstance::preferredMaintenanceWindow,
            (request, wanted, there) -> request.preferredMaintenanceWindow(wanted)),
    MINOR_UPGRADES(
            "minorVersionUpgrades",
            instance -> text(instance.autoMinorVersionUpgrade()),
            (request, wanted, there) -> request.autoMinorVersionUpgrade(Boolean.valueOf(wanted))),
    TAGS_TO_SNAPSHOTS(
            "copyTagsToSnapshots",
            instance -> text(instance.copyTagsToSnapshot()),
            (request, wanted, there) -> request.copyTagsToSnapshot(Boolean.valueOf(wanted))),
    STORAGE_LIMIT(
            "storageLimit",
            instance -> text(instance.maxAllocatedStorage()),
            (request, wanted, there) -> request.maxAllocatedStorage(Integer.valueOf(wanted))),
    CERTIFICATE(
            "certificate",
            DBInstance::caCertificateIdentifier,
            (request, wanted, there) -> request.caCertificateIdentifier(wanted)),
    PUBLICLY_ACCESSIBLE(
            "publiclyAccessible",
            instance -> text(instance.publiclyAccessible()),
            (request, wanted, there) -> request.publiclyAccessible(Boolean.valueOf(wanted)),
            "a drill's copy stays private"),
    DELETION_PROTECTION(
            "deletionProtection",
            instance -> text(instance.deletionProtection()),
            (request, wanted, there) -> request.deletionProtection(Boolean.valueOf(wanted)),
            "a drill's copy must stay deletable");

    private static final String OFF = "off";

    private final String key;
    private final Function<DBInstance, @Nullable String> reader;
    private final Writer writer;
    private final Optional<String> offInDrills;

    InstanceSetting(String key, Function<DBInstance, @Nullable String> reader, Writer writer) {
        this(key, reader, writer, "");
    }

    InstanceSetting(String key, Function<DBInstance, @Nullable String> reader, Writer writer, String offInDrills) {
        this.key = key;
        this.reader = reader;
        this.writer = writer;
        this.offInDrills = Optional.of(offInDrills).filter(why -> !why.isEmpty());
    }

    /// Puts a setting into a request.
    @FunctionalInterface
    private interface Writer {
        void write(ModifyDbInstanceRequest.Builder request, String wanted, String there);
    }

    /// Its stable name in captured settings.
    String key() {
        return key;
    }

    /// Why a drill's copy has this off whatever live has; empty: it has what live has.
    Optional<String> offInDrills() {
        return offInDrills;
    }

    /// What is wanted of it in drills where it is off.
    String off() {
        return this == LOG_EXPORTS ? "[]" : "false";
    }

    /// How an instance has it; empty: not at all.
    Optional<String> read(DBInstance instance) {
        return Optional.ofNullable(reader.apply(instance));
    }

    /// Whether an instance has it as it is wanted. Performance Insights without a key of its own has RDS's.
    boolean isAs(String wanted, DBInstance instance) {
        Optional<String> there = read(instance);
        if (this != PERFORMANCE_INSIGHTS || !wanted.endsWith(" null")) {
            return there.equals(Optional.of(wanted));
        }
        String days = wanted.substring(0, wanted.length() - "null".length());
        return there.filter(value -> value.startsWith(days)).isPresent();
    }

    /// Asks for it.
    ///
    /// @param there how the instance has it now; empty: not at all
    void write(ModifyDbInstanceRequest.Builder request, String wanted, String there) {
        writer.write(request, wanted, there);
    }

    private static @Nullable String monitoring(DBInstance instance) {
        return instance.monitoringInterval() == null || instance.monitoringInterval() == 0
                ? OFF
                : "%d %s".formatted(instance.monitoringInterval(), instance.monitoringRoleArn());
    }

    private static void monitoring(ModifyDbInstanceRequest.Builder request, String wanted, String there) {
        if (wanted.equals(OFF)) {
            request.monitoringInterval(0);
        } else {
            var parts = wanted.split(" ", 2);
            request.monitoringInterval(Integer.valueOf(parts[0])).monitoringRoleArn(parts[1]);
        }
    }

    private static @Nullable String performanceInsights(DBInstance instance) {
        return Boolean.TRUE.equals(instance.performanceInsightsEnabled())
                ? "%s %s"
                        .formatted(
                                instance.performanceInsightsRetentionPeriod(), instance.performanceInsightsKMSKeyId())
                : OFF;
    }

    private static void performanceInsights(ModifyDbInstanceRequest.Builder request, String wanted, String there) {
        request.enablePerformanceInsights(!wanted.equals(OFF));
        if (!wanted.equals(OFF)) {
            var parts = wanted.split(" ", 2);
            request.performanceInsightsRetentionPeriod(parts[0].equals("null") ? null : Integer.valueOf(parts[0]));
            request.performanceInsightsKMSKeyId(parts[1].equals("null") ? null : parts[1]);
        }
    }

    private static void logExports(ModifyDbInstanceRequest.Builder request, String wanted, String there) {
        var enable = new ArrayList<>(SettingsJson.texts(wanted));
        var disable = new ArrayList<>(there.isEmpty() ? List.<String>of() : SettingsJson.texts(there));
        enable.removeAll(disable);
        disable.removeAll(SettingsJson.texts(wanted));
        request.cloudwatchLogsExportConfiguration(
                exports -> exports.enableLogTypes(enable).disableLogTypes(disable));
    }

    private static @Nullable String first(List<String> names) {
        return names.isEmpty() ? null : names.getFirst();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
