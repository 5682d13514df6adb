package lifeboat.aws.dynamodb;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import lifeboat.restore.Progress;
import lifeboat.restore.Started;
import software.amazon.awssdk.services.dynamodb.model.BackupInUseException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

/// What DynamoDB refuses for the moment when it is asked for a restore.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html">
///     Errors of a restore</a>
final class RestoreWaits {
    /// Long enough for many waves of restores. Throttling is waited for as long: it may come after hours of waiting for
    /// a place.
    static final Duration LIMITS = Duration.ofHours(24);

    /// A table that goes is gone in minutes.
    static final Duration DELETION = Duration.ofHours(1);

    /// The latest restorable time is five minutes behind as a rule.
    static final Duration LOG = Duration.ofMinutes(15);

    private static final Pattern LIMIT = Pattern.compile(
            "restored simultaneously|concurrent restore|limit ?exceeded|throttl|rate exceeded|backup ?in ?use",
            Pattern.CASE_INSENSITIVE);

    private RestoreWaits() {}

    /// What to wait for; empty: waiting does not help.
    static Optional<Started.NotYet> of(DynamoDbException e, int atOnce) {
        if (e instanceof LimitExceededException) {
            return Optional.of(new Started.NotYet(
                    "DynamoDB restores %d tables at a time in an account and region: %s".formatted(atOnce, said(e)),
                    LIMITS));
        }
        if (e instanceof BackupInUseException) {
            return Optional.of(
                    new Started.NotYet("DynamoDB makes one restore at a time from a backup: " + said(e), LIMITS));
        }
        return e.isThrottlingException()
                ? Optional.of(new Started.NotYet("DynamoDB takes no more requests now: " + said(e), LIMITS))
                : Optional.empty();
    }

    /// What becomes of a restore job beyond DynamoDB's limits is not documented: it is taken to fail, with
    /// what DynamoDB says to others.
    static Progress overLimit(Progress job) {
        return job instanceof Progress.Failed(var why) && LIMIT.matcher(why).find() ? new Progress.OverLimit(why) : job;
    }

    private static String said(DynamoDbException e) {
        return e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
    }
}
