package lifeboat.catalog;

import java.time.Duration;
import java.util.Optional;

/// How hard it is to delete a recovery point before its time.
///
/// @param mode who may still lift the lock
/// @param minRetention the shortest retention that a job may ask for; shorter jobs fail
/// @param maxRetention the longest; absent: none
/// @param coolingOff how long a compliance lock can still be lifted; at least 72 hours
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html">AWS Backup Vault Lock</a>
public record VaultLock(Mode mode, Duration minRetention, Optional<Duration> maxRetention, Duration coolingOff) {
    /// Governance: whoever has the permission may lift it. Compliance: nobody, once the cooling-off has passed.
    public enum Mode {
        GOVERNANCE,
        COMPLIANCE
    }
}
