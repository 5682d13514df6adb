package lifeboat.infra.lab;

import java.time.Instant;
import lifeboat.catalog.Workload;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.CfnCustomResource;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/// Rehearses a recovery whenever the lab is deployed, and fails the deployment where that does not end well.
///
/// CloudFormation calls a custom resource only when its properties change, so the time of the deployment is one.
public final class LabRehearsalStack extends Stack {
    private final Site site;

    private final Instant deployedAt;

    /// @param deployedAt when the stacks were made: another time, another rehearsal
    public LabRehearsalStack(Construct scope, Site site, Instant deployedAt) {
        super(scope, site.stack("lab-rehearsal"), site.properties("rehearses a recovery when the lab is deployed"));
        this.site = site;
        this.deployedAt = deployedAt;
        LabRehearsal.rehearsed(site).ifPresent(this::rehearse);
    }

    private void rehearse(Workload workload) {
        var rehearsal = CfnCustomResource.Builder.create(this, "Rehearsal")
                .serviceToken(site.functionArn(Handler.LAB_REHEARSAL.label()))
                .build();
        rehearsal.addPropertyOverride("Workload", workload.name().value());
        rehearsal.addPropertyOverride("DeployedAt", deployedAt.toString());
    }
}
