package lifeboat.local.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.KinesisDataStreamDestination;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// What DynamoDB knows of a table and DynamoDB Local does not.
final class TableState {
    /// When the table came to be, by the clock of the stand-ins; empty: the engine made it unseen.
    Optional<Instant> createdAt = Optional.empty();

    final Map<String, String> tags = new TreeMap<>();
    final Map<String, KinesisDataStreamDestination> kinesis = new ConcurrentHashMap<>();

    /// Empty: point-in-time recovery is off.
    Optional<Instant> recoverableSince = Optional.empty();

    int recoveryDays = 35;

    /// Until when the time to live is being enabled; empty: it is not.
    Optional<Instant> expiryEnabledAt = Optional.empty();

    @Nullable
    StreamSpecification stream;

    @Nullable
    String streamLabel;

    @Nullable
    SSEDescription encryption;

    TableClass tableClass = TableClass.STANDARD;
    ContributorInsightsStatus insights = ContributorInsightsStatus.DISABLED;

    @Nullable
    String policy;

    long policyRevision;

    /// Empty: the table was not restored from anything.
    Optional<Copy> copy = Optional.empty();

    /// Set once the deletion has begun: what the table was, and when it is gone.
    Optional<Deletion> deletion = Optional.empty();

    /// How a restored table came to be.
    ///
    /// @param filling the work
    /// @param summary what DescribeTable says of it
    /// @param visibleFrom until then the table is not found
    record Copy(Undertaking<Long> filling, RestoreSummary summary, Instant visibleFrom) {}

    record Deletion(TableDescription last, Instant goneAt) {}
}
