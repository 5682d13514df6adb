package lifeboat.validation;

import java.time.Instant;

/// A recovery point as its vault lists it.
///
/// @param resourceArn the resource that it is of; in the recovery region too, the live one
/// @param arn its own
/// @param createdAt when it was created
/// @param state how far it got
/// @param encrypted whether it is
/// @param message what AWS Backup says about it; empty: nothing
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RecoveryPointByBackupVault.html">
///     RecoveryPointByBackupVault</a>
public record PointFacts(
        String resourceArn, String arn, Instant createdAt, State state, boolean encrypted, String message) {
    /// How far a recovery point got.
    public enum State {
        /// All of it is there.
        COMPLETE,
        /// Not all of it is there, and no more will come.
        PARTIAL,
        /// It is being created, deleted, or in a state that this version does not know.
        OTHER
    }
}
