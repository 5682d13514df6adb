package lifeboat.aws.rds;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lifeboat.restore.Progress;
import lifeboat.restore.Started;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rds.RdsClient;

/// What keeps a restore of an instance from beginning now, and for how long it is worth asking again. Nothing was
/// created where AWS answers so. Somebody may end what takes the room meanwhile, or have the quota raised; a
/// recovery that passes its time to recover rings while it waits.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html">Quotas of RDS</a>
final class InstanceLimits {
    /// A quota is raised within a day, where anybody asks for it.
    private static final Duration QUOTA = Duration.ofHours(24);

    /// When a zone or region is lost everybody asks for the same capacity.
    private static final Duration CAPACITY = Duration.ofHours(6);

    private static final Duration BUSY = Duration.ofHours(1);

    /// RDS ships logs every five minutes.
    private static final Duration LOG = Duration.ofMinutes(15);

    private static final Map<String, Duration> PATIENCE = Map.ofEntries(
            Map.entry("InstanceQuotaExceeded", QUOTA),
            Map.entry("InstanceQuotaExceededFault", QUOTA),
            Map.entry("DBInstanceQuotaExceeded", QUOTA),
            Map.entry("StorageQuotaExceeded", QUOTA),
            Map.entry("StorageQuotaExceededFault", QUOTA),
            Map.entry("ServiceQuotaExceededException", QUOTA),
            Map.entry("InsufficientDBInstanceCapacity", CAPACITY),
            Map.entry("InsufficientDBInstanceCapacityFault", CAPACITY),
            Map.entry("InsufficientStorageClusterCapacity", CAPACITY),
            Map.entry("InvalidDBInstanceState", BUSY),
            Map.entry("InvalidDBSnapshotState", BUSY),
            Map.entry("LimitExceededException", BUSY),
            Map.entry("Throttling", BUSY),
            Map.entry("ThrottlingException", BUSY),
            Map.entry("RequestLimitExceeded", BUSY));

    private static final Pattern LIMIT = Pattern.compile(
            "quota ?exceeded|insufficient ?db ?instance ?capacity|rate exceeded|throttl", Pattern.CASE_INSENSITIVE);

    private InstanceLimits() {}

    /// Whether AWS may take the same request later.
    static Optional<Started.NotYet> notYet(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return Optional.ofNullable(details)
                .map(AwsErrorDetails::errorCode)
                .map(PATIENCE::get)
                .map(patience ->
                        new Started.NotYet("%s: %s".formatted(details.errorCode(), details.errorMessage()), patience));
    }

    /// A restore job accepts what has no room and fails later, once and for all. So the account is asked
    /// beforehand.
    static Optional<Started.NotYet> noRoom(RdsClient rds) {
        return rds.describeAccountAttributes(_ -> {}).accountQuotas().stream()
                .filter(quota -> "DBInstances".equals(quota.accountQuotaName()))
                .filter(quota -> quota.used() != null && quota.max() != null && quota.used() >= quota.max())
                .map(quota -> new Started.NotYet(
                        "quota DBInstances of this account and region is used up: %d of %d"
                                .formatted(quota.used(), quota.max()),
                        QUOTA))
                .findFirst();
    }

    /// Whether a restore job ended because there was no room for its instance: then another one may find some.
    static Progress overLimit(Progress job) {
        return job instanceof Progress.Failed(var why) && LIMIT.matcher(why).find() ? new Progress.OverLimit(why) : job;
    }

    /// A point in time whose log is not there yet.
    static Started.NotYet logNotShipped(Instant time, Instant shipped) {
        return new Started.NotYet(
                "%s is not restorable yet: RDS has shipped the log up to %s".formatted(time, shipped), LOG);
    }
}
