package lifeboat.infra.recovery;

import java.util.Locale;
import java.util.Optional;
import lifeboat.infra.lab.LabRehearsal;
import lifeboat.infra.messages.MessagesStack;
import lifeboat.infra.network.DatabaseNetwork;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Statements;
import lifeboat.infra.site.Assets;
import lifeboat.infra.site.Site;
import lifeboat.infra.site.StateMachineRole;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/// The recovery in one region: what runs it and whom it tells. It stands in both regions, so that it works when one
/// is lost.
///
/// Nothing here holds data but the log, which is kept.
public final class RecoveryStack extends Stack {
    private final Site site;
    private final MessagesStack messages;
    private final Functions functions;

    /// @param network where databases are reached; absent: as the environment file says
    public RecoveryStack(
            Construct scope, Site site, Assets assets, MessagesStack messages, Optional<DatabaseNetwork> network) {
        super(scope, site.stack("recovery"), site.properties("recovers the workloads, and rehearses it"));
        this.site = site;
        this.messages = messages;
        this.functions = new Functions(this, site, assets, messages.logs(), network);
        roleThatRestores();
        var recovery = recovery();
        if (site.role() == Site.Role.PRIMARY) {
            reconcile();
            recordContents();
            site.environment().deployment().lab().ifPresent(_ -> new LabRehearsal(this, site));
        }
        var schedules = new Schedules(this, site, functions, messages.key());
        var results = messages.results(this);
        new Incidents(this, site, results, schedules.missed());
        new Alarms(this, site, results, recovery, functions, schedules.missed());
        new OnePage(this, site);
        tellHowToRecover();
    }

    /// AWS Backup restores in this role: the functions pass it on and never take it.
    private void roleThatRestores() {
        var role = Role.Builder.create(this, "Restore")
                .roleName(site.restoreRoleName())
                .assumedBy(new ServicePrincipal("backup.amazonaws.com"))
                .description("AWS Backup restores recovery points of %s in it"
                        .formatted(site.environment().name()))
                .build();
        role.addManagedPolicy(managed("service-role/AWSBackupServiceRolePolicyForRestores"));
        role.addManagedPolicy(managed("AWSBackupServiceRolePolicyForS3Restore"));
        Statements.neverTouchLive(site).forEach(role::addToPolicy);
    }

    private static IManagedPolicy managed(String name) {
        return ManagedPolicy.fromAwsManagedPolicyName(name);
    }

    private void tellHowToRecover() {
        CfnOutput.Builder.create(this, "Recover")
                .description("Says what a recovery would do; without dryRun it does it")
                .value("aws lambda invoke --region %s --function-name %s --cli-binary-format raw-in-base64-out"
                                .formatted(site.region(), site.named(Handler.RECOVER.label()))
                        + " --payload '{\"workload\":\"NAME\",\"dryRun\":true}' /dev/stdout")
                .build();
    }

    private StateMachine recovery() {
        var flow = new RecoveryFlow(new FlowStates(new Construct(this, "Flow"), functions::of)).definition();
        // a restore from the archive takes three days, and its checks may queue
        return machine(
                "Recovery", Duration.days(8), flow, "Recovers a workload: a drill and an incident take the same way.");
    }

    /// Only where live is: a copy is compared with it, and it is repaired.
    private void reconcile() {
        var flow = new ReconcileFlow(new FlowStates(new Construct(this, "ReconcileFlow"), functions::of)).definition();
        machine(
                "Reconcile",
                Duration.days(2),
                flow,
                "Compares a restored copy with live, and repairs just what differs.");
    }

    /// Only where live is: what it holds is written down.
    private void recordContents() {
        var flow = new RecordFlow(new FlowStates(new Construct(this, "RecordFlow"), functions::of)).definition();
        machine(
                "Record",
                Duration.hours(20),
                flow,
                "Writes down what one live resource holds, so that copies can be compared with it.");
    }

    private StateMachine machine(String name, Duration atMost, IChainable flow, String comment) {
        var machine = site.named(name.toLowerCase(Locale.ROOT));
        return StateMachine.Builder.create(this, name)
                .stateMachineName(machine)
                .comment(comment)
                .definitionBody(DefinitionBody.fromChainable(flow))
                .role(StateMachineRole.of(this, name + "Role", site, site.arn("states", "stateMachine:" + machine)))
                .timeout(atMost)
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        .destination(messages.logs())
                        .level(LogLevel.ALL)
                        .includeExecutionData(true)
                        .build())
                .build();
    }
}
