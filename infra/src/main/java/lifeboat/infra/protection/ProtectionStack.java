package lifeboat.infra.protection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lifeboat.aws.Arns;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Resource;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.backup.BackupPlan;
import software.amazon.awscdk.services.backup.BackupPlanCopyActionProps;
import software.amazon.awscdk.services.backup.BackupPlanRule;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.CfnBackupSelection;
import software.amazon.awscdk.services.backup.CfnBackupSelection.BackupSelectionResourceTypeProperty;
import software.amazon.awscdk.services.backup.IBackupVault;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// How everything is backed up: one plan, its rules and copies, and what it selects, each resource by its ARN. A store
/// that a rule leaves out has a plan of its own, with the same rules but that.
///
/// Restored copies can never be selected: a selection by ARN does not look at the tags that a copy inherits.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html">Assigning
///     resources</a>
public final class ProtectionStack extends Stack {
    /// The most ARNs that one selection may name.
    public static final int ARNS_A_SELECTION = 500;

    private final Site site;

    public ProtectionStack(Construct scope, Site site) {
        super(scope, site.stack("protection"), site.properties("backup plan and selections"));
        this.site = site;
        var role = roleThatBacksUp();
        resourcesByPlan().forEach((name, resources) -> select(name, plan(name, resources), role, resources));
    }

    /// The resources of each plan, in the order of the plans' names.
    private Map<String, List<Resource>> resourcesByPlan() {
        var schedules = site.environment().schedules();
        return resources().collect(groupingBy(resource -> schedules.planOf(resource.store()), TreeMap::new, toList()));
    }

    /// All resources of a plan have the same rules.
    private BackupPlan plan(String name, List<Resource> resources) {
        var plan = BackupPlan.Builder.create(this, id(name))
                .backupPlanName(site.named(name))
                .build();
        site.environment().schedules().rulesFor(resources.getFirst().store()).forEach(rule -> plan.addRule(rule(rule)));
        return plan;
    }

    /// `Plan`, `PlanDynamodb`.
    private static String id(String plan) {
        return Arrays.stream(plan.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(joining());
    }

    private BackupPlanRule rule(BackupRule rule) {
        var built = BackupPlanRule.Builder.create()
                .ruleName(rule.name())
                .backupVault(vault(site, rule.name()))
                .scheduleExpression(Schedule.expression(rule.schedule()))
                .startWindow(Duration.minutes(rule.startWindow().toMinutes()))
                .completionWindow(Duration.minutes(rule.completionWindow().toMinutes()))
                .deleteAfter(days(rule.deleteAfter()))
                .enableContinuousBackup(rule.continuous())
                .copyActions(copies(rule));
        rule.coldAfter().ifPresent(cold -> built.moveToColdStorageAfter(days(cold)));
        return built.build();
    }

    private List<BackupPlanCopyActionProps> copies(BackupRule rule) {
        var copies = new ArrayList<BackupPlanCopyActionProps>();
        if (rule.copy()) {
            copies.add(copy(rule, Site.recovery(site.environment())));
            Site.isolated(site.environment()).ifPresent(isolated -> copies.add(copy(rule, isolated)));
        }
        return copies;
    }

    private BackupPlanCopyActionProps copy(BackupRule rule, Site destination) {
        var copy = BackupPlanCopyActionProps.builder()
                .destinationBackupVault(vault(destination, rule.name()))
                .deleteAfter(days(rule.deleteAfter()));
        rule.coldAfter().ifPresent(cold -> copy.moveToColdStorageAfter(days(cold)));
        return copy.build();
    }

    private IBackupVault vault(Site where, String rule) {
        var id = "%s-%s".formatted(where.vaultName(), rule);
        return Optional.ofNullable(getNode().tryFindChild(id))
                .map(IBackupVault.class::cast)
                .orElseGet(() -> BackupVault.fromBackupVaultArn(this, id, where.vaultArn()));
    }

    private static Duration days(java.time.Duration retention) {
        return Duration.days(retention.toDays());
    }

    private Role roleThatBacksUp() {
        var role = Role.Builder.create(this, "Backup")
                .assumedBy(new ServicePrincipal("backup.amazonaws.com"))
                .description("AWS Backup backs up what %s holds in it"
                        .formatted(site.environment().name()))
                .build();
        // AWS Backup deletes what expires in the role that made it: without it recovery points become EXPIRED and stay.
        role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        role.addManagedPolicy(policy("service-role/AWSBackupServiceRolePolicyForBackup"));
        if (resources().anyMatch(Resource.S3Bucket.class::isInstance)) {
            // S3 is in no other policy of AWS Backup, and CDK adds none.
            role.addManagedPolicy(policy("AWSBackupServiceRolePolicyForS3Backup"));
        }
        return role;
    }

    private static IManagedPolicy policy(String name) {
        return ManagedPolicy.fromAwsManagedPolicyName(name);
    }

    private void select(String name, BackupPlan plan, Role role, List<Resource> resources) {
        var arns = new Arns(site.account(), site.region());
        var all = List.copyOf(resources.stream().map(arns::of).collect(toCollection(TreeSet::new)));
        var id = "Selection" + id(name).substring("Plan".length());
        for (var first = 0; first < all.size(); first += ARNS_A_SELECTION) {
            var number = first / ARNS_A_SELECTION + 1;
            CfnBackupSelection.Builder.create(this, id + number)
                    .backupPlanId(plan.getBackupPlanId())
                    .backupSelection(BackupSelectionResourceTypeProperty.builder()
                            .selectionName("resources-" + number)
                            .iamRoleArn(role.getRoleArn())
                            .resources(all.subList(first, Math.min(first + ARNS_A_SELECTION, all.size())))
                            .build())
                    .build();
        }
    }

    private Stream<Resource> resources() {
        return site.environment().workloads().stream().flatMap(workload -> workload.resources().stream());
    }
}
