package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A backup job as AWS Backup lists it.
///
/// @param resourceArn the resource that it is of
/// @param id for the operator
/// @param createdAt when it was created
/// @param endedAt when it ended, well or not; absent: it has not, or AWS Backup does not say
/// @param state how it ended
/// @param message what AWS Backup says about it; empty: nothing
/// @param sizeBytes the size of what it backed up; 0 while that is not known
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupJob.html">BackupJob</a>
public record JobFacts(
        String resourceArn,
        String id,
        Instant createdAt,
        Optional<Instant> endedAt,
        State state,
        String message,
        long sizeBytes) {
    /// How a backup job ended.
    public enum State {
        /// Well.
        COMPLETE,
        /// Completed, but its message category is not SUCCESS: something was left out.
        COMPLETE_WITH_ISSUES,
        /// Failed, aborted, expired or partial.
        FAILED,
        /// It has not ended.
        UNDER_WAY
    }

    /// From its start to its completion; empty: it has not completed.
    Optional<Duration> took() {
        return state == State.COMPLETE || state == State.COMPLETE_WITH_ISSUES
                ? endedAt.map(ended -> Duration.between(createdAt, ended))
                : Optional.empty();
    }
}
