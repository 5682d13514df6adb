package lifeboat.aws.backup;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Started;
import lifeboat.restore.Ticket;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.LimitExceededException;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;

/// Restore jobs of AWS Backup: started once each, asked about by their id.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html">StartRestoreJob</a>
public final class RestoreJobs {
    private static final String TICKET = "job:";

    /// Long enough for many waves of restores.
    private static final Duration LIMITS = Duration.ofHours(24);

    private final BackupClient backup;
    private final RecoveryPoints points;
    private final String role;

    /// Starts jobs in the region of the client.
    ///
    /// @param role ARN of the role that AWS Backup assumes to restore
    public RestoreJobs(BackupClient backup, RecoveryPoints points, String role) {
        this.backup = backup;
        this.points = points;
        this.role = role;
    }

    /// Starts the job that makes a copy; for the same copy, AWS Backup answers the job that was started first.
    ///
    /// @param overrides metadata that differs from what was captured with the recovery point; an empty value leaves
    ///     it out
    public Started start(RestorePoint.Snapshot point, CopyName copy, Map<String, String> overrides) {
        return started(point, copy.value(), overrides);
    }

    /// Starts a job in the place of one that failed; for the same failed job, AWS Backup answers the same other one.
    public Started startAgain(
            RestorePoint.Snapshot point, CopyName copy, Map<String, String> overrides, Ticket failed) {
        return started(point, copy.value() + " after " + id(failed), overrides);
    }

    private Started started(RestorePoint.Snapshot point, String token, Map<String, String> overrides) {
        try {
            return new Started.Underway(begun(point, token, overrides));
        } catch (BackupException e) {
            if (e instanceof LimitExceededException || e.isThrottlingException()) {
                return new Started.NotYet("AWS Backup takes no more restore jobs now: " + e.getMessage(), LIMITS);
            }
            throw e;
        }
    }

    private Ticket begun(RestorePoint.Snapshot point, String token, Map<String, String> overrides) {
        Map<String, String> metadata = new HashMap<>(points.metadata(point.arn()));
        overrides.forEach((key, value) -> {
            metadata.keySet().removeIf(key::equalsIgnoreCase);
            if (!value.isEmpty()) {
                metadata.put(key, value);
            }
        });
        return new Ticket(TICKET
                + backup.startRestoreJob(
                                request -> request.recoveryPointArn(point.arn().value())
                                        .metadata(metadata)
                                        .iamRoleArn(role)
                                        .idempotencyToken(token))
                        .restoreJobId());
    }

    /// The job that made, or is making, a copy; empty: there is none.
    public Optional<Ticket> find(RestorePoint.Snapshot point, CopyName copy) {
        return backup.listRestoreJobsPaginator(request -> request.maxResults(100)).restoreJobs().stream()
                .filter(job -> point.arn().value().equals(job.recoveryPointArn()))
                .filter(job -> names(job.createdResourceArn(), copy))
                .findFirst()
                .map(job -> new Ticket(TICKET + job.restoreJobId()));
    }

    /// Whether a ticket is that of a restore job.
    public static boolean issued(Ticket ticket) {
        return ticket.value().startsWith(TICKET);
    }

    /// Where the job stands that must have made a copy: one that made something else has not made the copy, whatever
    /// stands under its name.
    public Progress progress(Ticket ticket, CopyName copy) {
        DescribeRestoreJobResponse job = described(ticket);
        return job.status() == RestoreJobStatus.COMPLETED && !names(job.createdResourceArn(), copy)
                ? new Progress.Failed(
                        "restore job %s made \"%s\", not \"%s\"".formatted(id(ticket), job.createdResourceArn(), copy))
                : progress(id(ticket), job);
    }

    /// Where the job stands. A completed job may still have something to say in its remark.
    public Progress progress(Ticket ticket) {
        return progress(id(ticket), described(ticket));
    }

    private DescribeRestoreJobResponse described(Ticket ticket) {
        return backup.describeRestoreJob(request -> request.restoreJobId(id(ticket)));
    }

    private static String id(Ticket ticket) {
        return ticket.value().substring(TICKET.length());
    }

    private static boolean names(@Nullable String arn, CopyName copy) {
        return arn != null && arn.matches(".*[:/]" + copy.value());
    }

    private static Progress progress(String id, DescribeRestoreJobResponse job) {
        return switch (job.status()) {
            case PENDING, RUNNING -> new Progress.Restoring();
            case COMPLETED ->
                new Progress.Available(job.completionDate(), true, Objects.requireNonNullElse(job.statusMessage(), ""));
            case ABORTED, FAILED ->
                new Progress.Failed("restore job %s %s: %s".formatted(id, job.statusAsString(), job.statusMessage()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("restore job %s is \"%s\"".formatted(id, job.statusAsString()));
        };
    }
}
