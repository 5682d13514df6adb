package lifeboat.protection;

import java.time.Instant;
import lifeboat.catalog.BackupRule;

/// One time that a backup rule fires.
///
/// @param at the time in its schedule: the earliest that the job may start, so the oldest that its data may be
public record Firing(BackupRule rule, Instant at) {
    /// When the job must have started; the start window excludes this instant.
    public Instant startsBefore() {
        return at.plus(rule.startWindow());
    }

    /// When the recovery point is there at the latest.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html">the completion
    ///     window begins when the job starts</a>
    public Instant availableBy() {
        return startsBefore().plus(rule.completionWindow());
    }

    /// When its copy is there at the latest. AWS names no time for a copy: this reckons with a second completion
    /// window, and the daily validation finds copies that are late.
    public Instant copiedBy() {
        return availableBy().plus(rule.completionWindow());
    }

    /// When the recovery point may be gone.
    public Instant deletedAfter() {
        return at.plus(rule.deleteAfter());
    }

    boolean overlaps(Firing other) {
        return at.isBefore(other.startsBefore()) && other.at.isBefore(startsBefore());
    }
}
