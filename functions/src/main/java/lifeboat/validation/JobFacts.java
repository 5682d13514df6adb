package lifeboat.validation;

import java.time.Instant;

/// A backup job as AWS Backup lists it.
///
/// @param resourceArn the resource that it is of
/// @param id for the operator
/// @param createdAt when it was created
/// @param state how it ended
/// @param message what AWS Backup says about it; empty: nothing
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupJob.html">BackupJob</a>
public record JobFacts(String resourceArn, String id, Instant createdAt, State state, String message) {
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
}
