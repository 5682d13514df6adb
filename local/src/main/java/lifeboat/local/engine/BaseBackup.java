package lifeboat.local.engine;

import java.nio.file.Path;
import java.time.Instant;

/// A physical copy of a running server's files, which together with the log archived meanwhile is consistent.
///
/// @param files the copied data folder
/// @param archive where the server archives its log
/// @param consistentAt the earliest time that the copy can be restored to
/// @param sizeBytes of the copied files
public record BaseBackup(Path files, Path archive, Instant consistentAt, long sizeBytes) {}
