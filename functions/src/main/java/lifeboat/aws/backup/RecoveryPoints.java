package lifeboat.aws.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.InvalidParameterValueException;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/// The recovery points of one backup vault.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html">
///     ListRecoveryPointsByBackupVault</a>
public final class RecoveryPoints {
    private final BackupClient backup;
    private final String vault;

    /// Reads one vault.
    ///
    /// @param vault its name, in the region of the client
    public RecoveryPoints(BackupClient backup, String vault) {
        this.backup = backup;
        this.vault = vault;
    }

    /// The completed recovery points of a resource, none of them continuous.
    ///
    /// @param sourceArn ARN of the live resource, in its own region
    public List<RestorePoint.Snapshot> all(String sourceArn) {
        return backup
                .listRecoveryPointsByBackupVaultPaginator(
                        request -> request.backupVaultName(vault).byResourceArn(sourceArn))
                .recoveryPoints()
                .stream()
                .filter(point -> point.status() == RecoveryPointStatus.COMPLETED)
                .filter(point -> !continuous(point.recoveryPointArn()))
                .map(point ->
                        new RestorePoint.Snapshot(new RecoveryPointArn(point.recoveryPointArn()), point.creationDate()))
                .toList();
    }

    /// The newest completed recovery point of a resource, or empty where the vault has none.
    ///
    /// @param sourceArn ARN of the live resource, in its own region
    public Optional<RestorePoint> newest(String sourceArn) {
        return all(sourceArn).stream()
                .max(Comparator.comparing(RestorePoint.Snapshot::time))
                .map(point -> point);
    }

    /// The newest completed recovery point of a resource.
    ///
    /// @throws Invalid where the vault has none
    public RestorePoint newestOf(Resource source, String sourceArn) {
        return newest(sourceArn)
                .orElseThrow(() -> new Invalid(
                        "LB-203",
                        "resource \"%s\" has no recovery point in backup vault \"%s\". hint: look into the backup jobs of %s"
                                .formatted(source.name(), vault, sourceArn)));
    }

    /// A recovery point by its ARN.
    ///
    /// @throws Invalid where the vault does not have it, it is not complete, or it is of another resource
    public RestorePoint named(RecoveryPointArn arn, Resource source, String sourceArn) {
        DescribeRecoveryPointResponse point = describe(arn);
        if (!sourceArn.equals(point.resourceArn())) {
            throw new Invalid(
                    "LB-204",
                    "recoveryPoint \"%s\" is of %s, not of resource \"%s\" (%s)"
                            .formatted(arn, point.resourceArn(), source.name(), sourceArn));
        }
        if (point.status() != RecoveryPointStatus.COMPLETED) {
            throw new Invalid(
                    "LB-204",
                    "recoveryPoint \"%s\" is %s: only a COMPLETED one can be restored"
                            .formatted(arn, point.statusAsString()));
        }
        if (continuous(arn.value())) {
            throw new Invalid(
                    "LB-204",
                    "recoveryPoint \"%s\" is continuous: give the instant to go back to in \"at\"".formatted(arn));
        }
        return new RestorePoint.Snapshot(arn, point.creationDate());
    }

    /// What AWS Backup captured of a resource's configuration, the start of every restore job's metadata.
    java.util.Map<String, String> metadata(RecoveryPointArn arn) {
        return backup.getRecoveryPointRestoreMetadata(
                        request -> request.backupVaultName(vault).recoveryPointArn(arn.value()))
                .restoreMetadata();
    }

    private DescribeRecoveryPointResponse describe(RecoveryPointArn arn) {
        try {
            return backup.describeRecoveryPoint(
                    request -> request.backupVaultName(vault).recoveryPointArn(arn.value()));
        } catch (ResourceNotFoundException | InvalidParameterValueException e) {
            throw new Invalid(
                    "LB-204",
                    "recoveryPoint \"%s\" is not in backup vault \"%s\": %s"
                            .formatted(arn, vault, e.awsErrorDetails().errorMessage()));
        }
    }

    private static boolean continuous(String arn) {
        return List.of(":continuous:", ":auto-backup:").stream().anyMatch(arn::contains);
    }
}
