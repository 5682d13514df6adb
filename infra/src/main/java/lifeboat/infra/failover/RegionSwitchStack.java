package lifeboat.infra.failover;

import java.util.List;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.CustomActionLambdaConfigurationProperty;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.ExecutionApprovalConfigurationProperty;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.ExecutionBlockConfigurationProperty;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.LambdasProperty;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.StepProperty;
import software.amazon.awscdk.services.arcregionswitch.CfnPlan.WorkflowProperty;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// One switch for the day the region is lost: AWS moves the traffic, Lifeboat recovers the data. Steps for traffic
/// and capacity are added to the plan by whoever owns them.
///
/// It must be executed in graceful mode: in ungraceful mode Region switch skips steps that call a function, this one
/// among them, and no workload would be recovered.
///
/// The way back restores nothing: it waits for a person who has compared both regions.
///
/// @see <a href="https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html">ARC Region switch</a>
public final class RegionSwitchStack extends Stack {
    private final Site primary;
    private final Site recovery;

    public RegionSwitchStack(Construct scope, Site primary, Site recovery) {
        super(scope, recovery.stack("region-switch"), recovery.properties("recovers everything in this region"));
        this.primary = primary;
        this.recovery = recovery;
        plan();
    }

    private void plan() {
        CfnPlan.Builder.create(this, "Plan")
                .name("lifeboat-" + primary.environment().name())
                .description(
                        "Recovers every workload of %s in %s. Execute it gracefully: the other mode skips functions."
                                .formatted(primary.environment().name(), recovery.region()))
                .recoveryApproach("activePassive")
                .regions(List.of(primary.region().value(), recovery.region().value()))
                .primaryRegion(primary.region().value())
                .executionRole(roleThatSwitches().getRoleArn())
                .workflows(List.of(workflow(recovery, recoverData()), workflow(primary, comeBack(roleThatApproves()))))
                .build();
    }

    private static WorkflowProperty workflow(Site activated, StepProperty step) {
        return WorkflowProperty.builder()
                .workflowTargetAction("activate")
                .workflowTargetRegion(activated.region().value())
                .steps(List.of(step))
                .build();
    }

    private StepProperty recoverData() {
        return StepProperty.builder()
                .name("Recover data")
                .description("Starts the recovery of every workload; follow it with the recover function")
                .executionBlockType("CustomActionLambda")
                .executionBlockConfiguration(ExecutionBlockConfigurationProperty.builder()
                        .customActionLambdaConfig(CustomActionLambdaConfigurationProperty.builder()
                                .lambdas(List.of(lambda(primary), lambda(recovery)))
                                .regionToRun("activatingRegion")
                                .retryIntervalMinutes(5)
                                .timeoutMinutes(30)
                                .build())
                        .build())
                .build();
    }

    private static StepProperty comeBack(Role approver) {
        return StepProperty.builder()
                .name("Come back by hand")
                .description("Approve when the data of both regions has been compared and brought together")
                .executionBlockType("ManualApproval")
                .executionBlockConfiguration(ExecutionBlockConfigurationProperty.builder()
                        .executionApprovalConfig(ExecutionApprovalConfigurationProperty.builder()
                                .approvalRole(approver.getRoleArn())
                                .timeoutMinutes(1440)
                                .build())
                        .build())
                .build();
    }

    private static LambdasProperty lambda(Site site) {
        return LambdasProperty.builder().arn(arn(site)).build();
    }

    private static String arn(Site site) {
        return site.functionArn(Handler.REGION_SWITCH.label());
    }

    private Role roleThatSwitches() {
        var role = Role.Builder.create(this, "Switch")
                .assumedBy(new ServicePrincipal("arc-region-switch.amazonaws.com"))
                .description("ARC Region switch starts recoveries in it")
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("lambda:GetFunction", "lambda:InvokeFunction"))
                .resources(List.of(arn(primary), arn(recovery)))
                .build());
        return role;
    }

    private Role roleThatApproves() {
        var role = Role.Builder.create(this, "Approve")
                .assumedBy(new AccountRootPrincipal())
                .description("Who may approve the way back")
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("arc-region-switch:ApprovePlanExecutionStep"))
                // The last part of a plan's ARN is made up by AWS when the plan is created.
                .resources(List.of(recovery.globalArn(
                        "arc-region-switch",
                        "plan/lifeboat-%s:*".formatted(primary.environment().name()))))
                .build());
        return role;
    }
}
