package lifeboat.validation;

import java.time.Duration;
import java.util.Optional;

/// What the backups of a day took and hold, for the trend. What could not be looked at is absent, never zero.
///
/// @param longest how long the slowest backup took, from its creation to its completion; absent also where none
/// completed
/// @param bytes the size of everything that was backed up
/// @param storageUsed how many of the recovery points that a vault may hold the fuller vault holds, in percent
public record BackupFigures(Optional<Duration> longest, Optional<Long> bytes, Optional<Double> storageUsed) {}
