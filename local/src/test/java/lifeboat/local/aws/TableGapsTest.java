package lifeboat.local.aws;

import static lifeboat.local.aws.RefusingLine.counting;
import static lifeboat.local.aws.RefusingLine.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import lifeboat.aws.SettingsJson;
import lifeboat.aws.dynamodb.DynamoDbParity;
import lifeboat.aws.dynamodb.ListedAlarms;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.parity.Configured;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeContributorInsightsRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.EnableKinesisStreamingDestinationRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// A setting that cannot be read, or that AWS does not take, is listed and keeps no other from its place.
@SuppressWarnings("unchecked")
@NullUnmarked
class TableGapsTest {
    private static final HandClock CLOCK = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static final String ONCALL = "arn:aws:sns:us-east-1:111122223333:oncall";
    private static DynamoDbEngine engine;
    private static LocalClients aws;
    private static DynamoDbClient tables;

    private final String live = "products-" + UUID.randomUUID();
    private final CopyName incident = new CopyName("lifeboat-restored-" + UUID.randomUUID());

    @BeforeAll
    static void start() {
        engine = DynamoDbEngine.start(CLOCK);
        Account account = new Account("111122223333", "us-east-1");
        World world = new World(account, CLOCK, Timings.likeAws(), FaultPlan.none(), new Judge(), Runnable::run);
        aws = new LocalClients(
                world, engine, new PostgresEngine(new PostgresBinaries(Path.of("none")), Path.of("none")));
        tables = aws.dynamoDb();
    }

    @AfterAll
    static void stop() {
        aws.close();
        engine.close();
    }

    @BeforeEach
    void liveAndItsCopy() {
        create(live);
        create(incident.value());
        tables.updateTimeToLive(update -> update.tableName(live)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
    }

    @Test
    void aSettingThatCannotBeReadIsNotedAndTheOthersAreRead() {
        var denied = refusal(400, "AccessDeniedException", "not authorized on index/by-kind");
        Settings captured = parity(refusing(
                        DynamoDbClient.class,
                        tables,
                        request -> request instanceof DescribeContributorInsightsRequest insights
                                && insights.indexName() != null,
                        denied))
                .capture(resource());

        assertThat(captured.unread())
                .containsExactly(Map.entry("contributorInsights", "not authorized on index/by-kind"));
        assertThat(captured.values()).containsEntry("timeToLive", "expires").containsKey("tags");
    }

    @Test
    void alarmsAreListedOnceForAllTablesOfAPlan() {
        Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
        DynamoDbParity parity = new DynamoDbParity(
                tables,
                aws.autoScaling(),
                new ListedAlarms(counting(CloudWatchClient.class, aws.cloudWatch(), counts), CLOCK));
        for (int table = 0; table < 5; table++) {
            parity.capture(resource());
        }
        assertThat(counts.get("DescribeAlarmsRequest").get()).isEqualTo(1);
        CLOCK.pass(Duration.ofMinutes(2));
        parity.capture(resource());
        assertThat(counts.get("DescribeAlarmsRequest").get()).isEqualTo(2);
    }

    @Test
    void aTimeToLiveThatIsBeingEnabledIsApplied() {
        Configured.Done done = configure(parity(tables), parity(tables).capture(resource()));

        assertThat(done.applied()).contains("timeToLive");
        assertThat(done.notApplied()).isEmpty();
    }

    @Test
    void aStreamThatIsGoneIsListedAndTheOtherIsWrittenTo() {
        String gone = "arn:aws:kinesis:us-east-1:111122223333:stream/gone";
        String there = "arn:aws:kinesis:us-east-1:111122223333:stream/there";
        String away = "arn:aws:kinesis:eu-west-1:111122223333:stream/away";
        var missing = (RuntimeException) ResourceNotFoundException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("stream gone not found")
                        .build())
                .build();
        DynamoDbClient refusing = refusing(
                DynamoDbClient.class,
                tables,
                request -> request instanceof EnableKinesisStreamingDestinationRequest enable
                        && enable.streamArn().equals(gone),
                missing);
        Configured.Done done =
                configure(parity(refusing), with("kinesis", SettingsJson.write(List.of(gone, there, away))));

        assertThat(done.notApplied())
                .containsExactly("kinesis: stream gone not found; stream \"%s\" is in another region".formatted(away));
        assertThat(tables.describeKinesisStreamingDestination(describe -> describe.tableName(incident.value()))
                        .kinesisDataStreamDestinations())
                .singleElement()
                .satisfies(stream -> assertThat(stream.streamArn()).isEqualTo(there));
    }

    @Test
    void anAlarmWhoseActionIsInAnotherRegionWatchesWithoutIt() {
        String away = "arn:aws:sns:eu-west-1:111122223333:oncall";
        Configured.Done done = configure(
                parity(tables), with("alarms", SettingsJson.write(List.of(alarm("far", away), alarm("near", ONCALL)))));

        assertThat(done.notApplied())
                .containsExactly("alarms: alarm \"%s/far\" watches without its actions %s".formatted(incident, away));
        assertThat(aws.cloudWatch()
                        .describeAlarms(describe -> describe.alarmNames(incident + "/far", incident + "/near"))
                        .metricAlarms())
                .extracting(alarm -> alarm.alarmActions())
                .containsExactlyInAnyOrder(List.of(), List.of(ONCALL));
    }

    @Test
    void aRefusalForGoodIsListedAndAnErrorOfAwsIsTriedAgain() {
        Settings captured = with("tableClass", "STANDARD_INFREQUENT_ACCESS");
        Configured.Done done =
                configure(parity(updatesAre(refusal(400, "ValidationException", "no such class"))), captured);
        assertThat(done.notApplied()).containsExactly("tableClass: no such class");

        assertThatThrownBy(() -> parity(updatesAre(refusal(500, "InternalServerError", "sorry")))
                        .apply(resource(), incident, captured, false))
                .hasMessageContaining("sorry");
        assertThatThrownBy(() -> parity(updatesAre(refusal(400, "ThrottlingException", "slow down")))
                        .apply(resource(), incident, captured, false))
                .hasMessageContaining("slow down");
    }

    @Test
    void aCopyThatIsGoneHasFailed() {
        Settings captured = parity(tables).capture(resource());
        tables.deleteTable(delete -> delete.tableName(incident.value()));
        assertThat(parity(tables).apply(resource(), incident, captured, false))
                .isEqualTo(new Configured.Failed("table \"%s\" is \"DELETING\"".formatted(incident)));
        CLOCK.pass(Duration.ofMinutes(5));

        assertThat(parity(tables).apply(resource(), incident, captured, false))
                .isEqualTo(new Configured.Failed("table \"%s\" is gone".formatted(incident)));
    }

    private Configured.Done configure(DynamoDbParity parity, Settings captured) {
        for (int pass = 0; pass < 20; pass++) {
            if (parity.apply(resource(), incident, captured, false) instanceof Configured.Done done) {
                return done;
            }
        }
        throw new AssertionError(parity.apply(resource(), incident, captured, false));
    }

    private DynamoDbParity parity(DynamoDbClient client) {
        return new DynamoDbParity(client, aws.autoScaling(), new ListedAlarms(aws.cloudWatch(), CLOCK));
    }

    private static DynamoDbClient updatesAre(RuntimeException refusal) {
        return refusing(DynamoDbClient.class, tables, UpdateTableRequest.class::isInstance, refusal);
    }

    private Settings with(String name, String value) {
        Map<String, String> values = new TreeMap<>();
        values.put(name, value);
        return new Settings(values);
    }

    private static Map<String, Object> alarm(String name, String action) {
        return Map.ofEntries(
                Map.entry("name", name),
                Map.entry("metric", "ReadThrottleEvents"),
                Map.entry("periods", 5),
                Map.entry("period", 60),
                Map.entry("statistic", "Sum"),
                Map.entry("threshold", 1.0),
                Map.entry("comparison", "GreaterThanThreshold"),
                Map.entry("actionsEnabled", true),
                Map.entry("alarmActions", List.of(action)),
                Map.entry("dimensions", Map.of()));
    }

    private Resource resource() {
        return new Resource.DynamoDbTable(new ResourceName("products"), live, Optional.empty(), List.of());
    }

    private static RuntimeException refusal(int status, String code, String message) {
        AwsServiceException.Builder refusal = DynamoDbException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build());
        return refusal.build();
    }

    private static void create(String table) {
        tables.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("kind").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(index -> index.indexName("by-kind")
                        .keySchema(key -> key.attributeName("kind").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType("ALL")))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
    }
}
