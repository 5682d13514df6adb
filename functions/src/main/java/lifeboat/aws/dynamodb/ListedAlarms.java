package lifeboat.aws.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/// All alarms of a region, listed once for all tables of a plan: CloudWatch cannot be asked for those of one table, and
/// an account may have thousands.
public final class ListedAlarms {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final CloudWatchClient cloudWatch;
    private final InstantSource clock;
    private List<MetricAlarm> alarms = List.of();
    private Instant listedAt = Instant.MIN;

    public ListedAlarms(CloudWatchClient cloudWatch, InstantSource clock) {
        this.cloudWatch = cloudWatch;
        this.clock = clock;
    }

    CloudWatchClient cloudWatch() {
        return cloudWatch;
    }

    /// As they are, or were a minute ago at most.
    synchronized List<MetricAlarm> all() {
        Instant now = clock.instant();
        if (listedAt.isBefore(now.minus(FRESH))) {
            alarms =
                    cloudWatch.describeAlarmsPaginator().metricAlarms().stream().toList();
            listedAt = now;
        }
        return alarms;
    }
}
