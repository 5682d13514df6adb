package lifeboat.infra.site;

import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// The role of one state machine, which no other can take.
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html">Prevent
///     cross-service confused deputy</a>
public final class StateMachineRole {
    private StateMachineRole() {}

    /// Makes the role; CDK adds to it what the states need.
    ///
    /// @param machine the ARN of the state machine
    public static Role of(Construct scope, String id, Site site, String machine) {
        return Role.Builder.create(scope, id)
                .assumedBy(ServicePrincipal.Builder.create("states.amazonaws.com")
                        .conditions(Ordered.of(
                                "StringEquals",
                                Ordered.of("aws:SourceAccount", site.account().value()),
                                "ArnLike",
                                Ordered.of("aws:SourceArn", machine)))
                        .build())
                .build();
    }
}
