package lifeboat.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One rule of the backup plan: when AWS Backup starts, how long it may take, how long the recovery point is kept.
///
/// @param name unique in the plan
/// @param purpose why it exists, in one sentence
/// @param schedule AWS cron expression, UTC
/// @param startWindow how long after the cron time the job may start; at least an hour
/// @param completionWindow how long the job may run
/// @param coldAfter when the recovery point moves to cold storage; absent: never
/// @param deleteAfter when it is deleted
/// @param copy whether each recovery point is copied to the recovery region
/// @param continuous whether the stores that can are backed up continuously, for recovery to any second
/// @param stores the keys of the stores that it is for, `dynamodb`; empty: every store
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html">Backup
///     plan options</a>
public record BackupRule(
        String name,
        String purpose,
        String schedule,
        Duration startWindow,
        Duration completionWindow,
        Optional<Duration> coldAfter,
        Duration deleteAfter,
        boolean copy,
        boolean continuous,
        List<String> stores) {
    public BackupRule {
        stores = List.copyOf(stores);
    }

    /// For every store.
    public BackupRule(
            String name,
            String purpose,
            String schedule,
            Duration startWindow,
            Duration completionWindow,
            Optional<Duration> coldAfter,
            Duration deleteAfter,
            boolean copy,
            boolean continuous) {
        this(
                name,
                purpose,
                schedule,
                startWindow,
                completionWindow,
                coldAfter,
                deleteAfter,
                copy,
                continuous,
                List.of());
    }

    /// Whether it backs up a store.
    public boolean isFor(String store) {
        return stores.isEmpty() || stores.contains(store);
    }
}
