package lifeboat.restore;

import java.time.Instant;

/// What a resource will be restored to: a target made definite, before anything is created.
public sealed interface RestorePoint {
    /// The time whose state the copy holds.
    Instant time();

    /// The store's own point-in-time recovery.
    ///
    /// @param time inside the restorable window; whole seconds
    record Continuous(Instant time) implements RestorePoint {}

    /// A recovery point in the backup vault.
    ///
    /// @param arn which one
    /// @param time when its backup was started (creation date): nothing written later is in it
    record Snapshot(RecoveryPointArn arn, Instant time) implements RestorePoint {}

    /// A backup that the store's service keeps outside the backup vault: made by hand, or by the service itself
    /// when the source was deleted. It is read, never changed.
    ///
    /// @param arn which one
    /// @param time when it was made: nothing written later is in it
    record ServiceBackup(RecoveryPointArn arn, Instant time) implements RestorePoint {}
}
