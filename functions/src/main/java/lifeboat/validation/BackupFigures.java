package lifeboat.validation;

import java.time.Duration;
import java.util.Optional;

/// What the backups of a day took and hold, for the trend. What could not be looked at is absent, never zero.
///
/// @param longest how long the slowest backup took, from its creation to its completion; absent also where none
/// completed
/// @param windowUsed how much of the completion window of its own rule the job took that came closest to it, in
///     percent; beyond 100 AWS Backup cancels it. Absent also where none completed
/// @param bytes the size of everything that was backed up
/// @param storageUsed how many of the recovery points that a vault may hold the fuller vault holds, in percent;
///     of those vaults that could be looked at
public record BackupFigures(
        Optional<Duration> longest, Optional<Double> windowUsed, Optional<Long> bytes, Optional<Double> storageUsed) {}
