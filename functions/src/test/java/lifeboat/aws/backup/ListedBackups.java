package lifeboat.aws.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.ListBackupJobsRequest;
import software.amazon.awssdk.services.backup.model.ListBackupJobsResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;

/// AWS Backup as far as lists go: pages of a size that the caller asks for, bounds that are exclusive, calls counted.
final class ListedBackups implements BackupClient {
    final List<RecoveryPointByBackupVault> points = new ArrayList<>();
    final List<BackupJob> jobs = new ArrayList<>();
    DescribeBackupVaultResponse vault = DescribeBackupVaultResponse.builder().build();
    int calls;

    @Override
    public DescribeBackupVaultResponse describeBackupVault(DescribeBackupVaultRequest request) {
        calls++;
        return vault;
    }

    @Override
    public ListRecoveryPointsByBackupVaultResponse listRecoveryPointsByBackupVault(
            ListRecoveryPointsByBackupVaultRequest request) {
        calls++;
        Predicate<Instant> between =
                at -> at.isAfter(request.byCreatedAfter()) && at.isBefore(request.byCreatedBefore());
        var wanted = points.stream()
                .filter(point -> between.test(point.creationDate()))
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(wanted.size(), from + request.maxResults());
        return ListRecoveryPointsByBackupVaultResponse.builder()
                .recoveryPoints(wanted.subList(from, to))
                .nextToken(to < wanted.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public ListBackupJobsResponse listBackupJobs(ListBackupJobsRequest request) {
        calls++;
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(jobs.size(), from + request.maxResults());
        return ListBackupJobsResponse.builder()
                .backupJobs(jobs.subList(from, to))
                .nextToken(to < jobs.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
