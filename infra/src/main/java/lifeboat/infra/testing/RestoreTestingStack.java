package lifeboat.infra.testing;

import java.util.List;
import java.util.Locale;
import lifeboat.catalog.Drill.Cadence;
import lifeboat.catalog.Resource;
import lifeboat.infra.permission.Statements;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.backup.CfnRestoreTestingPlan;
import software.amazon.awscdk.services.backup.CfnRestoreTestingPlan.RestoreTestingRecoveryPointSelectionProperty;
import software.amazon.awscdk.services.backup.CfnRestoreTestingSelection;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// Restore tests that AWS Backup itself carries out and cleans up: a second opinion, one plan and a selection for
/// each kind of store, however many resources there are.
///
/// It proves that a recovery point restores, not how much is lost nor that the content is right: drills prove
/// those. Nobody validates what it restores, so there is no validation window.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html">Restore testing</a>
public final class RestoreTestingStack extends Stack {
    /// What AWS Backup calls the tables and buckets of its tests.
    private static final String TESTS = "awsbackup-restore-test-*";

    private final Site site;

    public RestoreTestingStack(Construct scope, Site site, Cadence every) {
        super(scope, site.stack("restore-testing"), site.properties("restore tests by AWS Backup"));
        this.site = site;
        var plan = plan(every);
        var role = roleThatTests();
        types().forEach(type -> select(type, plan, role));
    }

    private CfnRestoreTestingPlan plan(Cadence every) {
        return CfnRestoreTestingPlan.Builder.create(this, "Plan")
                .restoreTestingPlanName(site.restoreTestingPlan())
                .scheduleExpression(cron(every))
                .startWindowHours(24)
                .recoveryPointSelection(RestoreTestingRecoveryPointSelectionProperty.builder()
                        .algorithm("LATEST_WITHIN_WINDOW")
                        .includeVaults(List.of(site.vaultArn()))
                        .recoveryPointTypes(List.of("CONTINUOUS", "SNAPSHOT"))
                        .selectionWindowDays(30)
                        .build())
                .build();
    }

    private static String cron(Cadence every) {
        return switch (every) {
            case DAY -> "cron(0 12 * * ? *)";
            case WEEK -> "cron(0 12 ? * WED *)";
            case MONTH -> "cron(0 12 2 * ? *)";
            case QUARTER -> "cron(0 12 2 1,4,7,10 ? *)";
            case YEAR -> "cron(0 12 2 2 ? *)";
        };
    }

    private Role roleThatTests() {
        var role = Role.Builder.create(this, "Test")
                .assumedBy(new ServicePrincipal("backup.amazonaws.com"))
                .description("AWS Backup tests restores in it")
                .build();
        role.addManagedPolicy(
                ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSBackupServiceRolePolicyForRestores"));
        role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName("AWSBackupServiceRolePolicyForS3Restore"));
        Statements.neverTouchWhatIsNoTest(site, TESTS).forEach(role::addToPolicy);
        return role;
    }

    private void select(String type, CfnRestoreTestingPlan plan, Role role) {
        CfnRestoreTestingSelection.Builder.create(this, type)
                .restoreTestingPlanName(plan.getRef())
                .restoreTestingSelectionName(type.toLowerCase(Locale.ROOT))
                .protectedResourceType(type)
                .protectedResourceArns(List.of("*")) // of this type, in our vault
                .iamRoleArn(role.getRoleArn())
                .build();
    }

    private List<String> types() {
        return site.environment().workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .map(RestoreTestingStack::type)
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
}
