package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A backup vault's own settings.
///
/// @param locked whether a vault lock is on
/// @param minRetention the lock's shortest retention; absent: none
/// @param maxRetention its longest; absent: none
/// @param finalFrom when a compliance lock can no longer be lifted; absent: it is a governance lock, or none
/// @param key the vault's own key; absent: AWS Backup does not say
/// @param recoveryPoints how many recovery points it holds
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupVault.html">
///     DescribeBackupVault</a>
public record VaultFacts(
        boolean locked,
        Optional<Duration> minRetention,
        Optional<Duration> maxRetention,
        Optional<Instant> finalFrom,
        Optional<String> key,
        long recoveryPoints) {}
