package lifeboat.infra.vault;

import java.util.List;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/// Reports who tries to weaken the vault or its key, whether AWS refused it or not.
///
/// Needs a CloudTrail trail that logs management events in the region. A refused call may come without its parameters:
/// such a call is reported whatever vault or key it was meant for.
///
/// @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">Events
///     delivered by CloudTrail</a>
final class TamperingNotices extends Construct {
    private final ITopic results;

    TamperingNotices(Construct scope, Site site, IKey key, ITopic results) {
        super(scope, "TamperingNotices");
        this.results = results;
        report(
                "VaultTampering",
                "backup",
                VaultStack.GUARDED_CALLS,
                Ordered.of("backupVaultName", List.of(site.vaultName())),
                "vault %s or its recovery points".formatted(site.vaultName()));
        report(
                "KeyTampering",
                "kms",
                List.of("ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy"),
                Ordered.of("keyId", List.of(key.getKeyId(), key.getKeyArn())),
                "the key of vault %s".formatted(site.vaultName()));
    }

    private void report(String name, String service, List<String> calls, Object parameters, String what) {
        Rule.Builder.create(this, name)
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws." + service))
                        .detailType(List.of("AWS API Call via CloudTrail"))
                        .detail(Ordered.of(
                                "eventSource",
                                List.of(service + ".amazonaws.com"),
                                "eventName",
                                calls,
                                "$or",
                                List.of(
                                        Ordered.of("requestParameters", parameters),
                                        Ordered.of("errorCode", List.of(Ordered.of("prefix", "AccessDenied"))))))
                        .build())
                .targets(List.of(SnsTopic.Builder.create(results)
                        .message(RuleTargetInput.fromText(
                                "%s was called on %s by %s (error, if AWS refused it: %s). If this was no planned deployment, act now."
                                        .formatted(
                                                EventField.fromPath("$.detail.eventName"),
                                                what,
                                                EventField.fromPath("$.detail.userIdentity.arn"),
                                                EventField.fromPath("$.detail.errorCode"))))
                        .build()))
                .build();
    }
}
