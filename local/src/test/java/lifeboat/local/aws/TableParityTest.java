package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lifeboat.aws.dynamodb.DynamoDbCopies;
import lifeboat.aws.dynamodb.DynamoDbParity;
import lifeboat.aws.dynamodb.ListedAlarms;
import lifeboat.catalog.Invalid;
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
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// What a restore drops of a table's settings, given back by parity; every request is judged by AWS's own model.
@SuppressWarnings("unchecked")
@NullUnmarked
class TableParityTest {
    private static final HandClock CLOCK = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static final String STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/changes";
    private static DynamoDbEngine engine;
    private static LocalClients aws;
    private static DynamoDbClient tables;

    private final String live = "products-" + UUID.randomUUID();
    private final CopyName drill = new CopyName("lifeboat-drill-" + UUID.randomUUID());
    private final CopyName incident = new CopyName("lifeboat-restored-" + UUID.randomUUID());
    private final DynamoDbParity parity =
            new DynamoDbParity(tables, aws.autoScaling(), new ListedAlarms(aws.cloudWatch(), CLOCK));

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
    void liveHasEverySetting() {
        create(live);
        create(drill.value());
        create(incident.value());
        var arn = describe(live).tableArn();
        tables.updateTimeToLive(request -> request.tableName(live)
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));
        tables.updateContinuousBackups(request -> request.tableName(live)
                .pointInTimeRecoverySpecification(
                        pitr -> pitr.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(14)));
        tables.updateTable(request -> request.tableName(live)
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        tables.updateTable(request -> request.tableName(live).tableClass(TableClass.STANDARD_INFREQUENT_ACCESS));
        tables.updateTable(request -> request.tableName(live).deletionProtectionEnabled(true));
        tables.tagResource(request -> request.resourceArn(arn).tags(tag("owner", "Product team"), tag("env", "prod")));
        tables.putResourcePolicy(request -> request.resourceArn(arn).policy(policy(arn)));
        tables.updateContributorInsights(
                request -> request.tableName(live).contributorInsightsAction(ContributorInsightsAction.ENABLE));
        tables.enableKinesisStreamingDestination(
                request -> request.tableName(live).streamArn(STREAM));
        scale(live);
        watch(live);
    }

    @Test
    void theCopyOfAnIncidentGetsEverySetting() {
        var done = configure(incident, false);
        assertThat(done.notApplied()).isEmpty();
        assertThat(done.withheld()).isEmpty();
        assertThat(done.applied())
                .containsExactlyInAnyOrder(
                        "alarms",
                        "autoScaling",
                        "billing",
                        "contributorInsights",
                        "deletionProtection",
                        "encryption",
                        "kinesis",
                        "pointInTimeRecovery",
                        "resourcePolicy",
                        "stream",
                        "tableClass",
                        "tags",
                        "timeToLive");
        var copy = describe(incident.value());
        assertThat(copy.deletionProtectionEnabled()).isTrue();
        assertThat(copy.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(copy.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(tables.getResourcePolicy(request -> request.resourceArn(copy.tableArn()))
                        .policy())
                .isEqualTo(policy(copy.tableArn()));
        assertThat(alarms(incident.value())).singleElement().satisfies(alarm -> {
            assertThat(alarm.alarmActions()).containsExactly("arn:aws:sns:us-east-1:111122223333:oncall");
            assertThat(alarm.actionsEnabled()).isTrue();
        });
    }

    @Test
    void theCopyOfADrillStaysDeletablePrivateAndQuiet() {
        var done = configure(drill, true);
        assertThat(done.withheld())
                .containsExactlyInAnyOrder(
                        "resourcePolicy: a drill's copy stays private",
                        "kinesis: a drill's copy writes to nobody outside",
                        "alarm actions: a drill pages nobody",
                        "deletionProtection: a drill's copy must stay deletable");
        var copy = describe(drill.value());
        assertThat(copy.deletionProtectionEnabled()).isFalse();
        assertThatThrownBy(() -> tables.getResourcePolicy(request -> request.resourceArn(copy.tableArn())))
                .isInstanceOf(PolicyNotFoundException.class);
        assertThat(tables.describeKinesisStreamingDestination(request -> request.tableName(drill.value()))
                        .kinesisDataStreamDestinations())
                .isEmpty();
        assertThat(alarms(drill.value())).singleElement().satisfies(alarm -> {
            assertThat(alarm.alarmName()).isEqualTo(drill + "/" + live + " throttled");
            assertThat(alarm.alarmActions()).isEmpty();
            assertThat(alarm.actionsEnabled()).isFalse();
        });
        assertThat(tables.describeTimeToLive(request -> request.tableName(drill.value()))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLING);
        assertThat(tables.describeContinuousBackups(request -> request.tableName(drill.value()))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .recoveryPeriodInDays())
                .isEqualTo(14);
    }

    @Test
    void deletingADrillsCopyTakesItsAlarmsAndItsScalingAlong() {
        configure(drill, true);
        configure(incident, false);
        new DynamoDbCopies(tables, aws.autoScaling(), aws.cloudWatch()).delete(resource(), drill);
        assertThat(alarms(drill.value())).isEmpty();
        assertThat(targets(drill.value())).isEmpty();
        assertThat(alarms(incident.value())).hasSize(1);
        assertThat(alarms(live)).hasSize(1);
        assertThat(targets(live)).hasSize(1);
        assertThat(targets(incident.value())).hasSize(1);
    }

    @Test
    void liveIsLeftAsItIs() {
        var before = parity.capture(resource());
        configure(drill, true);
        assertThat(parity.capture(resource())).isEqualTo(before);
        var self = new Resource.DynamoDbTable(new ResourceName("products"), drill.value(), Optional.empty(), List.of());
        assertThatThrownBy(() -> parity.apply(self, drill, before, true))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-320");
    }

    @Test
    void aTableWithoutSettingsIsDoneAtOnceAndAMissingOneIsSaid() {
        var bare = new Resource.DynamoDbTable(new ResourceName("bare"), incident.value(), Optional.empty(), List.of());
        var captured = parity.capture(bare);
        assertThat(captured.values()).containsOnlyKeys("billing", "encryption", "tableArn", "tableClass", "tags");
        assertThat(parity.apply(bare, drill, captured, true)).isInstanceOf(Configured.Done.class);
        var gone = new Resource.DynamoDbTable(new ResourceName("gone"), "gone", Optional.empty(), List.of());
        assertThat(parity.capture(gone)).isEqualTo(Settings.NONE);
        assertThat(((Configured.Done) parity.apply(gone, drill, Settings.NONE, true)).notApplied())
                .containsExactly("everything: no settings were captured, the source did not exist");
        assertThat(parity.apply(gone, new CopyName("lifeboat-drill-absent"), captured, true))
                .isEqualTo(new Configured.Failed("table \"lifeboat-drill-absent\" is gone"));
    }

    private Configured.Done configure(CopyName copy, boolean ofDrill) {
        var captured = parity.capture(resource());
        for (var pass = 0; pass < 20; pass++) {
            if (parity.apply(resource(), copy, captured, ofDrill) instanceof Configured.Done done) {
                return done;
            }
            CLOCK.pass(Duration.ofMinutes(1));
        }
        throw new AssertionError(parity.apply(resource(), copy, captured, ofDrill));
    }

    private Resource resource() {
        return new Resource.DynamoDbTable(new ResourceName("products"), live, Optional.empty(), List.of());
    }

    private static List<MetricAlarm> alarms(String table) {
        return aws.cloudWatch().describeAlarmsPaginator().metricAlarms().stream()
                .filter(alarm -> alarm.dimensions().stream()
                        .anyMatch(dimension -> dimension.value().equals(table)))
                .toList();
    }

    private static List<ScalableTarget> targets(String table) {
        return aws.autoScaling()
                .describeScalableTargets(request ->
                        request.serviceNamespace(ServiceNamespace.DYNAMODB).resourceIds("table/" + table))
                .scalableTargets();
    }

    private static void scale(String table) {
        aws.autoScaling()
                .registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                        .resourceId("table/" + table)
                        .scalableDimension("dynamodb:table:ReadCapacityUnits")
                        .minCapacity(5)
                        .maxCapacity(50));
        aws.autoScaling()
                .putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.DYNAMODB)
                        .resourceId("table/" + table)
                        .scalableDimension("dynamodb:table:ReadCapacityUnits")
                        .policyName("reads")
                        .policyType(PolicyType.TARGET_TRACKING_SCALING)
                        .targetTrackingScalingPolicyConfiguration(tracking -> tracking.targetValue(70.0)
                                .scaleInCooldown(60)
                                .predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType("DynamoDBReadCapacityUtilization"))));
    }

    private static void watch(String table) {
        aws.cloudWatch()
                .putMetricAlarm(request -> request.alarmName(table + " throttled")
                        .namespace("AWS/DynamoDB")
                        .metricName("ReadThrottleEvents")
                        .dimensions(dimension -> dimension.name("TableName").value(table))
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(5)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold")
                        .actionsEnabled(true)
                        .alarmActions("arn:aws:sns:us-east-1:111122223333:oncall"));
    }

    private static void create(String table) {
        tables.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
    }

    private static TableDescription describe(String table) {
        return tables.describeTable(request -> request.tableName(table)).table();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String policy(String arn) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"dynamodb:GetItem\",\"Resource\":[\"%1$s\",\"%1$s/index/*\"]}]}"
                .formatted(arn);
    }
}
