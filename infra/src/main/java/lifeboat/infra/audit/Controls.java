package lifeboat.infra.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Resource;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.services.backup.CfnFramework.ControlInputParameterProperty;
import software.amazon.awscdk.services.backup.CfnFramework.FrameworkControlProperty;

/// The controls that match an environment: only what its plan promises is asked of it.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/choosing-controls.html">Controls</a>
record Controls(Site site) {
    List<FrameworkControlProperty> all() {
        var environment = site.environment();
        var controls = new ArrayList<FrameworkControlProperty>();
        controls.add(onResources("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN", Map.of()));
        controls.add(onAll("BACKUP_RECOVERY_POINT_ENCRYPTED", Map.of()));
        controls.add(onAll("BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED", Map.of()));
        controls.add(onAll("BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK", retention()));
        controls.add(onResources("BACKUP_LAST_RECOVERY_POINT_CREATED", lastPoint()));
        if (rules().stream().anyMatch(BackupRule::copy)) {
            controls.add(onResources(
                    "BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION",
                    Map.of("crossRegionList", environment.recoveryRegion().value())));
            environment
                    .recoveryAccount()
                    .ifPresent(account -> controls.add(onResources(
                            "BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT",
                            Map.of("crossAccountList", account.value()))));
        }
        environment
                .vaultLock()
                .ifPresent(lock -> controls.add(onResources(
                        "BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK",
                        Map.of("minRetentionDays", days(lock.minRetention())))));
        return controls;
    }

    private Map<String, String> retention() {
        var shortest = rules().stream()
                .map(BackupRule::deleteAfter)
                .min(Duration::compareTo)
                .orElseThrow();
        return Map.of("requiredRetentionDays", days(shortest));
    }

    /// Two days: a daily backup may start and complete late, and the control knows no finer unit that would not
    /// alarm.
    private static Map<String, String> lastPoint() {
        var parameters = new TreeMap<String, String>();
        parameters.put("recoveryPointAgeUnit", "days");
        parameters.put("recoveryPointAgeValue", "2");
        return parameters;
    }

    private List<BackupRule> rules() {
        return site.environment().schedules().rules();
    }

    private FrameworkControlProperty onResources(String name, Map<String, String> parameters) {
        return control(name, parameters)
                .controlScope(Ordered.of("ComplianceResourceTypes", types())) // CDK passes it on as it is written
                .build();
    }

    private static FrameworkControlProperty onAll(String name, Map<String, String> parameters) {
        return control(name, parameters).build();
    }

    private static FrameworkControlProperty.Builder control(String name, Map<String, String> parameters) {
        return FrameworkControlProperty.builder()
                .controlName(name)
                .controlInputParameters(parameters.entrySet().stream()
                        .map(parameter -> ControlInputParameterProperty.builder()
                                .parameterName(parameter.getKey())
                                .parameterValue(parameter.getValue())
                                .build())
                        .toList());
    }

    private List<String> types() {
        return site.environment().workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .map(Controls::type)
                .distinct()
                .sorted()
                .toList();
    }

    private static String type(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ -> "DynamoDB";
            case Resource.RdsInstance _ -> "RDS";
            case Resource.AuroraCluster _ -> "Aurora";
            case Resource.S3Bucket _ -> "S3";
            case Resource.EfsFileSystem _ -> "EFS";
            case Resource.EbsVolume _ -> "EBS";
        };
    }

    private static String days(Duration duration) {
        return Long.toString(duration.toDays());
    }
}
