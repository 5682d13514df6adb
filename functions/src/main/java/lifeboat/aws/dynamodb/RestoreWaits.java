package lifeboat.aws.dynamodb;

import java.time.Duration;
import java.util.Optional;
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

    private static String said(DynamoDbException e) {
        return e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
    }
}
