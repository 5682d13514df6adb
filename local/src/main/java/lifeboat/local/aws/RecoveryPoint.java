package lifeboat.local.aws;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.BackupJobState;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.ProtectedResource;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointByResource;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;

/// One recovery point in a vault, and the backup job that makes it.
///
/// @param metadata what the configuration of the resource was
record RecoveryPoint(
        String vault,
        String vaultArn,
        String resourceArn,
        String iamRoleArn,
        String jobId,
        ProtectedStore store,
        ProtectedStore.Saving saving,
        Map<String, String> metadata) {
    String arn() {
        return saving.recoveryPointArn();
    }

    boolean isCompleted() {
        return saving.work().standing() instanceof Undertaking.Standing.Done<ProtectedStore.Saved>;
    }

    ProtectedStore.Saved saved() {
        return saving.work().await();
    }

    /// Nothing written later is in it.
    Instant createdAt() {
        return isCompleted() ? saved().consistentAt() : saving.work().startedAt();
    }

    BackupJob job() {
        BackupJob.Builder job = BackupJob.builder()
                .backupJobId(jobId)
                .backupVaultName(vault)
                .backupVaultArn(vaultArn)
                .recoveryPointArn(arn())
                .resourceArn(resourceArn)
                .resourceType(store.type())
                .iamRoleArn(iamRoleArn)
                .creationDate(saving.work().startedAt());
        return switch (saving.work().standing()) {
            case Undertaking.Standing.UnderWay<ProtectedStore.Saved> _ ->
                job.state(BackupJobState.RUNNING).percentDone("0.0").build();
            case Undertaking.Standing.Done<ProtectedStore.Saved> done ->
                job.state(BackupJobState.COMPLETED)
                        .percentDone("100.0")
                        .backupSizeInBytes(done.result().sizeBytes())
                        .completionDate(done.at())
                        .messageCategory("SUCCESS")
                        .build();
            case Undertaking.Standing.Broken<ProtectedStore.Saved> broken ->
                job.state(BackupJobState.FAILED)
                        .statusMessage(broken.why())
                        .completionDate(broken.at())
                        .build();
        };
    }

    private Instant completedAt() {
        return job().completionDate();
    }

    RecoveryPointByResource byResource() {
        return RecoveryPointByResource.builder()
                .recoveryPointArn(arn())
                .backupVaultName(vault)
                .creationDate(createdAt())
                .status(RecoveryPointStatus.COMPLETED)
                .backupSizeBytes(saved().sizeBytes())
                .isParent(false)
                .build();
    }

    RecoveryPointByBackupVault byVault() {
        return RecoveryPointByBackupVault.builder()
                .recoveryPointArn(arn())
                .backupVaultName(vault)
                .backupVaultArn(vaultArn)
                .resourceArn(resourceArn)
                .resourceType(store.type())
                .iamRoleArn(iamRoleArn)
                .creationDate(createdAt())
                .completionDate(completedAt())
                .status(RecoveryPointStatus.COMPLETED)
                .backupSizeInBytes(saved().sizeBytes())
                .isEncrypted(true)
                .isParent(false)
                .build();
    }

    DescribeRecoveryPointResponse described() {
        return DescribeRecoveryPointResponse.builder()
                .recoveryPointArn(arn())
                .backupVaultName(vault)
                .backupVaultArn(vaultArn)
                .resourceArn(resourceArn)
                .resourceType(store.type())
                .iamRoleArn(iamRoleArn)
                .creationDate(createdAt())
                .completionDate(isCompleted() ? completedAt() : null)
                .status(isCompleted() ? RecoveryPointStatus.COMPLETED : RecoveryPointStatus.CREATING)
                .backupSizeInBytes(isCompleted() ? saved().sizeBytes() : null)
                .isEncrypted(true)
                .isParent(false)
                .build();
    }

    ProtectedResource protectedResource() {
        return ProtectedResource.builder()
                .resourceArn(resourceArn)
                .resourceType(store.type())
                .lastBackupTime(createdAt())
                .lastBackupVaultArn(vaultArn)
                .lastRecoveryPointArn(arn())
                .build();
    }
}
