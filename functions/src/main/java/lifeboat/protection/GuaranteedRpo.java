package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.BackupRule;
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
    private final Guarantee ofBackups;
    private final Guarantee ofCopies;
    private final boolean continuous;
    private final boolean otherAccount;

    private GuaranteedRpo(Firings firings, boolean continuous, boolean otherAccount) {
        this.ofBackups = Timeline.ofBackups(firings);
        this.ofCopies = Timeline.ofCopies(firings);
        this.continuous = continuous;
        this.otherAccount = otherAccount;
    }

    /// Of a plan, judged over the year from a day on.
    ///
    /// @param rules legal ones: [PlanRules] finds nothing
    /// @param recoveryAccount where copies go besides the recovery region; absent: nowhere
    public static GuaranteedRpo of(List<BackupRule> rules, Optional<AccountId> recoveryAccount, LocalDate today) {
        var continuous = rules.stream().anyMatch(BackupRule::continuous);
        return new GuaranteedRpo(Firings.of(rules, today), continuous, recoveryAccount.isPresent());
    }

    /// What the plan promises for a resource.
    public Guarantee of(Resource resource, FailureDomain domain) {
        return switch (domain) {
            case IN_REGION -> inRegion(resource);
            case REGION_LOST -> ofCopies;
            case ACCOUNT_LOST ->
                otherAccount ? ofCopies : new Guarantee.Nothing("no recovery point is copied to another account");
        };
    }

    private Guarantee inRegion(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable table -> table.pointInTime() ? ownLog() : ofBackups;
            case Resource.RdsInstance database -> database(database.pointInTime());
            case Resource.AuroraCluster database -> database(database.pointInTime());
            case Resource.S3Bucket _ -> continuous ? new Guarantee.ByLog(BUCKET_LOG, "continuous backup") : ofBackups;
            case Resource.EfsFileSystem _ -> ofBackups;
            case Resource.EbsVolume _ -> ofBackups;
        };
    }

    private Guarantee database(boolean pointInTime) {
        if (pointInTime) {
            return ownLog();
        }
        return continuous ? new Guarantee.ByLog(DATABASE_LOG, "continuous backup") : ofBackups;
    }

    private static Guarantee ownLog() {
        return new Guarantee.ByLog(DATABASE_LOG, "point-in-time recovery");
    }
}
