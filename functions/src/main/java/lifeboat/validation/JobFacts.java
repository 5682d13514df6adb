package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A backup job as AWS Backup lists it.
///
/// @param resourceArn the resource that it is of
/// @param id for the operator
/// @param createdAt when it was created
/// @param endedAt when it ended, well or not; absent: it has not, or AWS Backup does not say
/// @param state how it ended
/// @param message what AWS Backup says about it; empty: nothing
/// @param sizeBytes the size of what it backed up; 0 while that is not known
/// @param maker the plan and the rule that it belongs to; absent: AWS Backup does not say, or a person started it
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupJob.html">BackupJob</a>
public record JobFacts(
        String resourceArn,
        String id,
        Instant createdAt,
        Optional<Instant> endedAt,
        State state,
        String message,
        long sizeBytes,
        Optional<PointFacts.Maker> maker) {
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

    /// Whether none of these plans made it but another, of another environment in the account perhaps: it is no figure
    /// of this one.
    boolean isOfAnotherPlan(Set<String> plans) {
        return maker.filter(made -> !made.plan().isEmpty() && !plans.contains(made.plan()))
                .isPresent();
    }

    /// From its start to its completion; empty: it has not completed.
    Optional<Duration> took() {
        return state == State.COMPLETE || state == State.COMPLETE_WITH_ISSUES
                ? endedAt.map(ended -> Duration.between(createdAt, ended))
                : Optional.empty();
    }
}
