package lifeboat.local.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A kind of resource that the stand-in of AWS Backup can protect.
interface ProtectedStore {
    /// As AWS Backup writes it, for example `DynamoDB` or `RDS`.
    String type();

    /// Whether the ARN names an existing resource of this kind.
    boolean has(String resourceArn);

    /// Begins a backup.
    ///
    /// @param jobId names what is made
    Saving save(String resourceArn, String jobId);

    /// What the backup keeps of the configuration, and GetRecoveryPointRestoreMetadata gives back.
    Map<String, String> metadata(String resourceArn);

    /// Begins a restore.
    ///
    /// @param metadata the Metadata of StartRestoreJob, keys as AWS Backup writes them
    Restoring restore(Saved saved, Map<String, String> metadata);

    /// A backup under way.
    ///
    /// @param recoveryPointArn fixed when the job starts
    record Saving(String recoveryPointArn, Undertaking<Saved> work) {}

    /// A finished backup.
    ///
    /// @param content the store's own
    /// @param consistentAt nothing written later is in it
    record Saved(Object content, Instant consistentAt, long sizeBytes) {}

    /// A restore under way.
    ///
    /// @param outcome asked as often as needed; empty: not ended yet
    record Restoring(String createdResourceArn, Supplier<Optional<Outcome>> outcome) {}

    /// How a restore ended.
    ///
    /// @param failure empty: it succeeded
    record Outcome(Instant at, Optional<String> failure) {}
}
