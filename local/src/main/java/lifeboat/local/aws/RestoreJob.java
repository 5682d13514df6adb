package lifeboat.local.aws;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;

/// One restore job.
///
/// @param restoring the store's own restore, under way or ended
record RestoreJob(
        World world,
        String id,
        Instant createdAt,
        String iamRoleArn,
        RecoveryPoint point,
        ProtectedStore.Restoring restoring) {
    boolean open() {
        return restoring.outcome().get().isEmpty();
    }

    DescribeRestoreJobResponse described() {
        Optional<ProtectedStore.Outcome> outcome = restoring.outcome().get();
        @Nullable
        String failure = outcome.flatMap(ProtectedStore.Outcome::failure).orElse(null);
        boolean completed = outcome.isPresent() && failure == null;
        return DescribeRestoreJobResponse.builder()
                .restoreJobId(id)
                .recoveryPointArn(point.arn())
                .backupVaultArn(point.vaultArn())
                .sourceResourceArn(point.resourceArn())
                .resourceType(point.store().type())
                .iamRoleArn(iamRoleArn)
                .creationDate(createdAt)
                .status(status(outcome, failure))
                .statusMessage(failure)
                .percentDone(outcome.isPresent() ? "100.00%" : "0.00%")
                .completionDate(outcome.map(ProtectedStore.Outcome::at).orElse(null))
                .createdResourceArn(completed ? restoring.createdResourceArn() : null)
                .backupSizeInBytes(point.saved().sizeBytes())
                .isParent(false)
                .build();
    }

    private RestoreJobStatus status(Optional<ProtectedStore.Outcome> outcome, @Nullable String failure) {
        if (outcome.isPresent()) {
            return failure == null ? RestoreJobStatus.COMPLETED : RestoreJobStatus.FAILED;
        }
        boolean waiting = world.now().isBefore(createdAt.plus(world.timings().pending()));
        return waiting ? RestoreJobStatus.PENDING : RestoreJobStatus.RUNNING;
    }
}
