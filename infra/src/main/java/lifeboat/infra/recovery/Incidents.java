package lifeboat.infra.recovery;

import java.util.List;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/// What AWS says went wrong, told to the contacts at once: backups, copies, restore tests, recoveries, settings.
///
/// Events come at best effort, some minutes late: the daily validation does not rely on them.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html">Events of AWS Backup</a>
final class Incidents extends Construct {
    private final ITopic results;
    private final IQueue missed;

    Incidents(Construct scope, Site site, ITopic results, IQueue missed) {
        super(scope, "Incidents");
        this.results = results;
        this.missed = missed;
        backups(site);
        copies(site);
        restoreTests(site);
        recoveries(site);
        if (site.role() == Site.Role.PRIMARY) {
            reconciles(site);
            recordings(site);
        }
        settings();
    }

    private void backups(Site site) {
        tell(
                "BackupFailed",
                backup("Backup Job State Change")
                        .detail(Ordered.of(
                                "state", List.of("FAILED", "ABORTED", "EXPIRED", "PARTIAL"),
                                "backupVaultName", List.of(site.vaultName())))
                        .build(),
                "Backup %s: %s of %s. %s"
                        .formatted(
                                at("$.detail.state"),
                                at("$.detail.resourceType"),
                                at("$.detail.resourceArn"),
                                at("$.detail.statusMessage")));
    }

    private void copies(Site site) {
        tell(
                "CopyFailed",
                backup("Copy Job State Change")
                        .detail(Ordered.of(
                                "state", List.of("FAILED", "ABORTED", "PARTIAL"),
                                "sourceBackupVaultArn", List.of(site.vaultArn())))
                        .build(),
                "Off-site copy %s: %s of %s. %s"
                        .formatted(
                                at("$.detail.state"),
                                at("$.detail.resourceType"),
                                at("$.detail.resourceArn"),
                                at("$.detail.statusMessage")));
    }

    /// Restores of our own are told by the recovery; AWS Backup's own tests of this environment have nobody else
    /// to tell them.
    private void restoreTests(Site site) {
        tell(
                "RestoreTestFailed",
                backup("Restore Job State Change")
                        .detail(Ordered.of(
                                "status", List.of("FAILED", "ABORTED"),
                                "restoreTestingPlanArn",
                                        Match.prefix(site.arn(
                                                "backup", "restore-testing-plan:" + site.restoreTestingPlan()))))
                        .build(),
                "Restore test %s: %s. %s"
                        .formatted(at("$.detail.status"), at("$.detail.resourceType"), at("$.detail.statusMessage")));
    }

    private void recoveries(Site site) {
        tell(
                "RecoveryBroke",
                broken(site.stateMachineArn()),
                "Recovery %s ended as %s. Ask the recover function where it stands; the sweep removes its copies."
                        .formatted(at("$.detail.name"), at("$.detail.status")));
    }

    private void reconciles(Site site) {
        tell(
                "ReconcileBroke",
                broken(site.reconcileArn()),
                "Reconcile %s ended as %s. Ask the reconcile function where it stands; the same can be asked for again."
                        .formatted(at("$.detail.name"), at("$.detail.status")));
    }

    private void recordings(Site site) {
        tell(
                "RecordBroke",
                broken(site.recordArn()),
                "Recording %s ended as %s: what live holds was not written down whole. Its steps say why; the next one is tomorrow."
                        .formatted(at("$.detail.name"), at("$.detail.status")));
    }

    private static EventPattern broken(String stateMachine) {
        return EventPattern.builder()
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(Ordered.of(
                        "status", List.of("FAILED", "TIMED_OUT", "ABORTED"), "stateMachineArn", List.of(stateMachine)))
                .build();
    }

    private void settings() {
        tell(
                "RegionSettingChanged",
                backup("Region Setting State Change").build(),
                "The services that AWS Backup protects in %s were changed. Compare with the environment file."
                        .formatted(at("$.region")));
    }

    private void tell(String name, EventPattern pattern, String text) {
        Rule.Builder.create(this, name)
                .eventPattern(pattern)
                .targets(List.of(SnsTopic.Builder.create(results)
                        .message(RuleTargetInput.fromText(text))
                        .deadLetterQueue(missed)
                        .build()))
                .build();
    }

    private static EventPattern.Builder backup(String detailType) {
        return EventPattern.builder().source(List.of("aws.backup")).detailType(List.of(detailType));
    }

    private static String at(String path) {
        return EventField.fromPath(path);
    }
}
