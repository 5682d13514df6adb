package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.BackupSchedules;
import lifeboat.catalog.Resource;

/// What a plan can promise: the worst data loss of a resource in each failure domain.
///
/// Promised is what holds when every job runs within its windows. A log that the store keeps itself lags behind by what
/// AWS documents; it is lost with its region. A continuous backup is one of AWS Backup's own logs; its copies are
/// snapshots.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html">
///     DynamoDB: five minutes behind</a>
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">RDS: logs every five minutes</a>
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html">S3: fifteen
///     minutes</a>
public final class GuaranteedRpo {
    private static final Duration DATABASE_LOG = Duration.ofMinutes(5);
    private static final Duration BUCKET_LOG = Duration.ofMinutes(15);
    private final BackupSchedules schedules;
    private final LocalDate today;
    private final boolean otherAccount;
    private final Map<List<BackupRule>, OfRules> walked = new HashMap<>();

    private GuaranteedRpo(BackupSchedules schedules, LocalDate today, boolean otherAccount) {
        this.schedules = schedules;
        this.today = today;
        this.otherAccount = otherAccount;
    }

    /// What the rules of one store hold.
    private record OfRules(Guarantee backups, Guarantee copies, boolean continuous) {
        static OfRules of(List<BackupRule> rules, LocalDate today) {
            var firings = Firings.of(rules, today);
            return new OfRules(
                    Timeline.ofBackups(firings),
                    Timeline.ofCopies(firings),
                    rules.stream().anyMatch(BackupRule::continuous));
        }
    }

    /// Of a plan, judged over the year from a day on.
    ///
    /// @param schedules with legal rules: [PlanRules] finds nothing
    /// @param recoveryAccount where copies go besides the recovery region; absent: nowhere
    public static GuaranteedRpo of(BackupSchedules schedules, Optional<AccountId> recoveryAccount, LocalDate today) {
        return new GuaranteedRpo(schedules, today, recoveryAccount.isPresent());
    }

    /// What the plan promises for a resource: only the rules that are for its store count.
    public Guarantee of(Resource resource, FailureDomain domain) {
        var rules =
                walked.computeIfAbsent(schedules.rulesFor(resource.store()), concerned -> OfRules.of(concerned, today));
        return switch (domain) {
            case IN_REGION -> inRegion(resource, rules);
            case REGION_LOST -> rules.copies();
            case ACCOUNT_LOST ->
                otherAccount ? rules.copies() : new Guarantee.Nothing("no recovery point is copied to another account");
        };
    }

    private static Guarantee inRegion(Resource resource, OfRules rules) {
        return switch (resource) {
            case Resource.DynamoDbTable table -> table.pointInTime() ? ownLog() : rules.backups();
            case Resource.RdsInstance database -> database(database.pointInTime(), rules);
            case Resource.AuroraCluster database -> database(database.pointInTime(), rules);
            case Resource.S3Bucket _ ->
                rules.continuous() ? new Guarantee.ByLog(BUCKET_LOG, "continuous backup") : rules.backups();
            case Resource.EfsFileSystem _ -> rules.backups();
            case Resource.EbsVolume _ -> rules.backups();
        };
    }

    private static Guarantee database(boolean pointInTime, OfRules rules) {
        if (pointInTime) {
            return ownLog();
        }
        return rules.continuous() ? new Guarantee.ByLog(DATABASE_LOG, "continuous backup") : rules.backups();
    }

    private static Guarantee ownLog() {
        return new Guarantee.ByLog(DATABASE_LOG, "point-in-time recovery");
    }
}
