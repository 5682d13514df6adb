package lifeboat.aws.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.aws.Looking;
import lifeboat.validation.BackupJobs;
import lifeboat.validation.JobFacts;
import lifeboat.validation.Looked;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupJob;

/// The backup jobs of AWS Backup in one account and region, listed a thousand a call.
///
/// A job that is COMPLETED left something out where its message category is not SUCCESS.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html">ListBackupJobs</a>
public final class ListedBackupJobs implements BackupJobs {
    private static final int PAGE = 1000;
    private final BackupClient backup;

    /// Reads the jobs of the client's account and region.
    public ListedBackupJobs(BackupClient backup) {
        this.backup = backup;
    }

    @Override
    public Looked<Long> since(Instant from, Consumer<JobFacts> each) {
        return Looking.at(() -> {
            long count = 0;
            for (var job : backup.listBackupJobsPaginator(
                            request -> request.byCreatedAfter(from).maxResults(PAGE))
                    .backupJobs()) {
                each.accept(facts(job));
                count++;
            }
            return count;
        });
    }

    private static JobFacts facts(BackupJob job) {
        var message = Optional.ofNullable(job.statusMessage()).orElse("");
        return new JobFacts(
                job.resourceArn(),
                job.backupJobId(),
                job.creationDate(),
                Optional.ofNullable(job.completionDate()),
                state(job),
                message,
                Optional.ofNullable(job.backupSizeInBytes()).orElse(0L),
                Optional.ofNullable(job.createdBy()).map(ListedVault::maker));
    }

    private static JobFacts.State state(BackupJob job) {
        return switch (job.state()) {
            case COMPLETED ->
                Optional.ofNullable(job.messageCategory()).orElse("SUCCESS").equals("SUCCESS")
                        ? JobFacts.State.COMPLETE
                        : JobFacts.State.COMPLETE_WITH_ISSUES;
            case FAILED, ABORTED, ABORTING, EXPIRED, PARTIAL -> JobFacts.State.FAILED;
            case null, default -> JobFacts.State.UNDER_WAY;
        };
    }
}
