package lifeboat.restore;

import java.time.Instant;

/// What a recovery was asked to go back to.
public sealed interface Target {
    /// As late as the store allows.
    record Latest() implements Target {}

    /// The newest recovery point in the vault, whatever continuous backup may offer beyond it.
    record LatestRecoveryPoint() implements Target {}

    /// An instant.
    ///
    /// @param at UTC; the store may round it down to a whole second
    record PointInTime(Instant at) implements Target {}

    /// One recovery point of the vault, by its ARN.
    record FromRecoveryPoint(RecoveryPointArn arn) implements Target {}
}
