package lifeboat.aws.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lifeboat.aws.SdkMock;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Started;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointRequest;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobRequest;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.GetRecoveryPointRestoreMetadataRequest;
import software.amazon.awssdk.services.backup.model.GetRecoveryPointRestoreMetadataResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;
import software.amazon.awssdk.services.backup.model.StartRestoreJobRequest;
import software.amazon.awssdk.services.backup.model.StartRestoreJobResponse;

/// What is asked of AWS Backup, and what its answers mean.
class RecoveryPointsTest {
    private static final Instant NOW = Example.START;
    private static final String SOURCE = "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products";
    private static final RecoveryPointArn ARN = arn("1a2b");
    private static final CopyName COPY = new CopyName("lifeboat-drill-20261120-k3v9x2-products");

    private final BackupClient backup = SdkMock.of(BackupClient.class);
    private final RecoveryPoints points = new RecoveryPoints(backup, "prod");
    private final RestoreJobs jobs = new RestoreJobs(backup, points, "arn:aws:iam::111122223333:role/restore");

    @Test
    void theNewestCompletedSnapshotOfTheResourceOnAnyPageIsTaken() {
        when(backup.listRecoveryPointsByBackupVault(any(ListRecoveryPointsByBackupVaultRequest.class)))
                .thenReturn(
                        page("next", point("old", 50, RecoveryPointStatus.COMPLETED)),
                        page(
                                null,
                                point("newest", 10, RecoveryPointStatus.COMPLETED),
                                point("middle", 20, RecoveryPointStatus.COMPLETED),
                                point("partial", 5, RecoveryPointStatus.PARTIAL),
                                point("running", 1, RecoveryPointStatus.CREATING),
                                point("continuous:7", 0, RecoveryPointStatus.COMPLETED)));

        assertThat(points.newestOf(Example.PRODUCTS, SOURCE))
                .isEqualTo(new RestorePoint.Snapshot(arn("newest"), NOW.minusSeconds(10)));
        ArgumentCaptor<ListRecoveryPointsByBackupVaultRequest> asked = ArgumentCaptor.captor();
        verify(backup, org.mockito.Mockito.times(2)).listRecoveryPointsByBackupVault(asked.capture());
        assertThat(asked.getAllValues()).allSatisfy(request -> {
            assertThat(request.backupVaultName()).isEqualTo("prod");
            assertThat(request.byResourceArn()).isEqualTo(SOURCE);
        });
    }

    @Test
    void aVaultWithoutRecoveryPointIsRefusedWithTheResourceAndTheVault() {
        when(backup.listRecoveryPointsByBackupVault(any(ListRecoveryPointsByBackupVaultRequest.class)))
                .thenReturn(page(null, point("partial", 5, RecoveryPointStatus.PARTIAL)));

        assertThatThrownBy(() -> points.newestOf(Example.PRODUCTS, SOURCE))
                .hasMessageStartingWith("LB-203 resource \"products\" has no recovery point in backup vault \"prod\"");
    }

    @Test
    void aNamedRecoveryPointIsTakenWithTheTimeOfItsBackup() {
        described(SOURCE, RecoveryPointStatus.COMPLETED);

        assertThat(points.named(ARN, Example.PRODUCTS, SOURCE))
                .isEqualTo(new RestorePoint.Snapshot(ARN, NOW.minusSeconds(10)));
    }

    @Test
    void aRecoveryPointOfAnotherResourceIsRefused() {
        described(SOURCE + "-other", RecoveryPointStatus.COMPLETED);

        assertThatThrownBy(() -> points.named(ARN, Example.PRODUCTS, SOURCE))
                .hasMessageStartingWith("LB-204")
                .hasMessageContaining("is of " + SOURCE + "-other, not of resource \"products\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = RecoveryPointStatus.class,
            names = {"COMPLETED", "UNKNOWN_TO_SDK_VERSION"},
            mode = EnumSource.Mode.EXCLUDE)
    void aRecoveryPointThatIsNotCompleteIsRefused(RecoveryPointStatus status) {
        described(SOURCE, status);

        assertThatThrownBy(() -> points.named(ARN, Example.PRODUCTS, SOURCE))
                .hasMessageStartingWith("LB-204")
                .hasMessageContaining("is %s: only a COMPLETED one can be restored", status);
    }

    @Test
    void aRecoveryPointThatTheVaultDoesNotHaveIsRefused() {
        when(backup.describeRecoveryPoint(any(DescribeRecoveryPointRequest.class)))
                .thenThrow(ResourceNotFoundException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorMessage("no such recovery point")
                                .build())
                        .build());

        assertThatThrownBy(() -> points.named(ARN, Example.PRODUCTS, SOURCE))
                .hasMessage("LB-204 recoveryPoint \"%s\" is not in backup vault \"prod\": no such recovery point"
                        .formatted(ARN));
    }

    @Test
    void aJobIsStartedOncePerCopyWithWhatWasCapturedAndWhatDiffers() {
        when(backup.getRecoveryPointRestoreMetadata(any(GetRecoveryPointRestoreMetadataRequest.class)))
                .thenReturn(GetRecoveryPointRestoreMetadataResponse.builder()
                        .restoreMetadata(Map.of("TargetTableName", "techmoda-products", "aws:backup:request-id", "7"))
                        .build());
        when(backup.startRestoreJob(any(StartRestoreJobRequest.class)))
                .thenReturn(StartRestoreJobResponse.builder().restoreJobId("1").build());

        assertThat(jobs.start(new RestorePoint.Snapshot(ARN, NOW), COPY, Map.of("targetTableName", COPY.value())))
                .isEqualTo(new Started.Underway(new Ticket("job:1")));

        ArgumentCaptor<StartRestoreJobRequest> asked = ArgumentCaptor.captor();
        verify(backup).startRestoreJob(asked.capture());
        assertThat(asked.getValue())
                .isEqualTo(StartRestoreJobRequest.builder()
                        .recoveryPointArn(ARN.value())
                        .metadata(Map.of("targetTableName", COPY.value(), "aws:backup:request-id", "7"))
                        .iamRoleArn("arn:aws:iam::111122223333:role/restore")
                        .idempotencyToken(COPY.value())
                        .build());
    }

    @Test
    void aJobSaysItselfWhenItWasDoneAndWhatItRemarks() {
        job(RestoreJobStatus.COMPLETED, "one or more objects failed");

        assertThat(jobs.progress(new Ticket("job:1")))
                .isEqualTo(new Progress.Available(NOW, true, "one or more objects failed"));
        ArgumentCaptor<DescribeRestoreJobRequest> asked = ArgumentCaptor.captor();
        verify(backup).describeRestoreJob(asked.capture());
        assertThat(asked.getValue().restoreJobId()).isEqualTo("1");
    }

    @Test
    void aJobThatWaitsOrRunsIsRestoringAndOneThatEndedOtherwiseHasFailed() {
        for (RestoreJobStatus status : List.of(RestoreJobStatus.PENDING, RestoreJobStatus.RUNNING)) {
            job(status, null);
            assertThat(jobs.progress(new Ticket("job:1"))).isEqualTo(new Progress.Restoring());
        }
        for (RestoreJobStatus status : List.of(RestoreJobStatus.ABORTED, RestoreJobStatus.FAILED)) {
            job(status, "no capacity");
            assertThat(jobs.progress(new Ticket("job:1")))
                    .isEqualTo(new Progress.Failed("restore job 1 %s: no capacity".formatted(status)));
        }
    }

    @Test
    void aJobThatMadeSomethingElseHasNotMadeTheCopy() {
        String table = "arn:aws:dynamodb:us-east-1:111122223333:table/";
        for (String made : List.of(table + "techmoda-products", table + COPY + "-2", table + "x" + COPY)) {
            jobMade(made);
            assertThat(jobs.progress(new Ticket("job:1"), COPY))
                    .isEqualTo(new Progress.Failed("restore job 1 made \"%s\", not \"%s\"".formatted(made, COPY)));
        }
        job(RestoreJobStatus.COMPLETED, null);
        assertThat(jobs.progress(new Ticket("job:1"), COPY)).isInstanceOf(Progress.Failed.class);
        job(RestoreJobStatus.RUNNING, null);
        assertThat(jobs.progress(new Ticket("job:1"), COPY)).isEqualTo(new Progress.Restoring());

        jobMade(table + COPY);
        assertThat(jobs.progress(new Ticket("job:1"), COPY)).isEqualTo(new Progress.Available(NOW, true, ""));
    }

    private void jobMade(String arn) {
        when(backup.describeRestoreJob(any(DescribeRestoreJobRequest.class)))
                .thenReturn(DescribeRestoreJobResponse.builder()
                        .status(RestoreJobStatus.COMPLETED)
                        .createdResourceArn(arn)
                        .completionDate(NOW)
                        .build());
    }

    @Test
    void onlyTicketsOfJobsAreTakenForThose() {
        assertThat(RestoreJobs.issued(new Ticket("job:1"))).isTrue();
        assertThat(RestoreJobs.issued(new Ticket("native"))).isFalse();
    }

    private void job(RestoreJobStatus status, String message) {
        when(backup.describeRestoreJob(any(DescribeRestoreJobRequest.class)))
                .thenReturn(DescribeRestoreJobResponse.builder()
                        .status(status)
                        .statusMessage(message)
                        .completionDate(NOW)
                        .build());
    }

    private void described(String resourceArn, RecoveryPointStatus status) {
        when(backup.describeRecoveryPoint(any(DescribeRecoveryPointRequest.class)))
                .thenReturn(DescribeRecoveryPointResponse.builder()
                        .recoveryPointArn(ARN.value())
                        .resourceArn(resourceArn)
                        .status(status)
                        .creationDate(NOW.minusSeconds(10))
                        .completionDate(NOW.minusSeconds(5))
                        .build());
    }

    private static ListRecoveryPointsByBackupVaultResponse page(String next, RecoveryPointByBackupVault... points) {
        return ListRecoveryPointsByBackupVaultResponse.builder()
                .recoveryPoints(points)
                .nextToken(next)
                .build();
    }

    private static RecoveryPointByBackupVault point(String id, long age, RecoveryPointStatus status) {
        return RecoveryPointByBackupVault.builder()
                .recoveryPointArn(arn(id).value())
                .creationDate(NOW.minusSeconds(age))
                .status(status)
                .build();
    }

    private static RecoveryPointArn arn(String id) {
        return new RecoveryPointArn("arn:aws:backup:us-east-1:111122223333:recovery-point:" + id);
    }
}
