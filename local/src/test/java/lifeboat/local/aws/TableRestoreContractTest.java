package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.aws.dynamodb.DynamoDbRestores;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Restores of tables against stand-ins that are as unkind as DynamoDB: an active table says nothing of its origin.
@SuppressWarnings("unchecked")
@NullUnmarked
class TableRestoreContractTest {
    private static final HandClock CLOCK = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static final Map<String, String> TAGS = Map.of("lifeboat:recovery", "20260301-k3v9x2");
    private static DynamoDbEngine engine;
    private static LocalClients aws;
    private static DynamoDbClient tables;
    private static DynamoDbRestores restores;

    private final String live = "products-" + UUID.randomUUID();
    private final CopyName copy = new CopyName("lifeboat-drill-" + UUID.randomUUID());

    @BeforeAll
    static void start() {
        engine = DynamoDbEngine.start(CLOCK);
        Account account = new Account("111122223333", "us-east-1");
        World world = new World(account, CLOCK, Timings.likeAws(), FaultPlan.none(), new Judge(), Runnable::run);
        aws = new LocalClients(
                world, engine, new PostgresEngine(new PostgresBinaries(Path.of("none")), Path.of("none")));
        tables = aws.dynamoDb();
        aws.backup().createBackupVault(create -> create.backupVaultName("daily"));
        restores = restores(new RecoveryPoints(aws.backup(), "daily"));
    }

    @AfterAll
    static void stop() {
        aws.close();
        engine.close();
    }

    @Test
    void aRestoredTableIsAvailableAndCarriesItsTags() {
        liveHolds("good");
        RestoreOrder order = order();
        Ticket ticket = begun(order);
        assertThat(restores.progress(order, ticket)).isEqualTo(new Progress.Restoring());
        CLOCK.pass(Duration.ofMinutes(20));

        assertThat(restores.progress(order, ticket)).isEqualTo(new Progress.Available(CLOCK.instant(), false, ""));
        assertThat(tags()).isEqualTo(TAGS);
    }

    @Test
    void aFirstLookThatComesAfterEverythingIsOverFindsTheCopy() {
        liveHolds("good");
        RestoreOrder order = order();
        Ticket ticket = begun(order);
        CLOCK.pass(Duration.ofHours(3));

        assertThat(restores.progress(order, ticket)).isInstanceOf(Progress.Available.class);
    }

    @Test
    void aRestoreWhoseAnswerWasLostIsFoundWhileItRunsAndAfterwards() {
        liveHolds("good");
        RestoreOrder order = order();
        Ticket first = begun(order);
        assertThat(begun(order)).isEqualTo(first);
        CLOCK.pass(Duration.ofMinutes(20));
        assertThat(begun(order)).isEqualTo(first);

        assertThat(restores.progress(order, restores.find(order).orElseThrow())).isInstanceOf(Progress.Available.class);
    }

    @Test
    void aTicketOfAnEarlierVersionStillFindsItsCopy() {
        liveHolds("good");
        RestoreOrder order = order();
        begun(order);
        Ticket old = new Ticket("native");
        assertThat(restores.progress(order, old)).isEqualTo(new Progress.Restoring());
        CLOCK.pass(Duration.ofMinutes(20));

        assertThat(restores.progress(order, old)).isInstanceOf(Progress.Available.class);
    }

    @Test
    void aTableThatWasThereBeforeTheRecoveryIsNeverAdopted() {
        liveHolds("good");
        create(copy.value());
        CLOCK.pass(Duration.ofMinutes(1));
        RestoreOrder order = order();

        assertThat(restores.progress(order, begun(order))).isInstanceOf(Progress.Failed.class);
        assertThat(restores.progress(order, new Ticket("native"))).isInstanceOf(Progress.Failed.class);
        assertThat(tags()).isEmpty();
    }

    @Test
    void aTableThatTookTheNameOfTheCopyIsNeverAdopted() {
        liveHolds("good");
        RestoreOrder order = order();
        Ticket ticket = begun(order);
        CLOCK.pass(Duration.ofMinutes(20));
        tables.deleteTable(delete -> delete.tableName(copy.value()));
        CLOCK.pass(Duration.ofMinutes(3));
        create(copy.value());

        assertThat(restores.progress(order, ticket)).isInstanceOf(Progress.Failed.class);
        assertThat(tags()).isEmpty();
    }

    @Test
    void aTableThatIsBeingRestoredFromAnotherIsNeverAdopted() {
        liveHolds("good");
        RestoreOrder order = order();
        String other = "other-" + UUID.randomUUID();
        recoverable(other);
        CLOCK.pass(Duration.ofMinutes(10));
        tables.restoreTableToPointInTime(restore ->
                restore.sourceTableName(other).targetTableName(copy.value()).useLatestRestorableTime(true));

        assertThat(restores.progress(order, begun(order))).isInstanceOf(Progress.Failed.class);
    }

    @Test
    void theCopyOfARestoreJobIsTheTableThatTheJobNames() {
        liveHolds("good");
        String point = vaulted();
        RestoreOrder order = order(restores.choose(resource(), new Target.LatestRecoveryPoint()));
        assertThat(((RestorePoint.Snapshot) order.point()).arn().value()).isEqualTo(point);
        Ticket ticket = begun(order);
        CLOCK.pass(Duration.ofHours(1));

        assertThat(restores.progress(order, ticket)).isInstanceOf(Progress.Available.class);
        assertThat(tags()).isEqualTo(TAGS);
    }

    @Test
    void aDeletedTableIsRestoredFromTheBackupThatDynamoDbMadeOfIt() {
        liveHolds("good");
        String older = backup();
        CLOCK.pass(Duration.ofHours(1));
        tables.putItem(put -> put.tableName(live).item(Map.of("id", AttributeValue.fromS("later"))));
        liveIsDeleted();

        var point = (RestorePoint.ServiceBackup) restores.choose(resource(), new Target.Latest());
        assertThat(point.arn().value()).startsWith(arn(live) + "/backup/").isNotEqualTo(older);
        RestoreOrder order = order(point);
        Ticket ticket = begun(order);
        assertThat(restores.progress(order, ticket)).isEqualTo(new Progress.Restoring());
        CLOCK.pass(Duration.ofMinutes(20));
        assertThat(restores.progress(order, ticket)).isInstanceOf(Progress.Available.class);
        assertThat(tables.scan(scan -> scan.tableName(copy.value())).items()).hasSize(2);
    }

    @Test
    void aDeletedTableGoesBackToTheNewestOfWhatIsKeptBeforeTheTimeAskedFor() {
        liveHolds("good");
        Instant before = CLOCK.instant();
        CLOCK.pass(Duration.ofMinutes(1));
        String byHand = backup();
        Instant between = CLOCK.instant();
        CLOCK.pass(Duration.ofHours(1));
        String vaulted = vaulted();
        Instant after = CLOCK.instant();
        CLOCK.pass(Duration.ofHours(1));
        liveIsDeleted();

        assertThat(restores.choose(resource(), new Target.PointInTime(between)))
                .isInstanceOfSatisfying(
                        RestorePoint.ServiceBackup.class,
                        point -> assertThat(point.arn().value()).isEqualTo(byHand));
        assertThat(restores.choose(resource(), new Target.PointInTime(after)))
                .isInstanceOfSatisfying(
                        RestorePoint.Snapshot.class,
                        point -> assertThat(point.arn().value()).isEqualTo(vaulted));
        assertThat(restores.choose(resource(), new Target.FromRecoveryPoint(new RecoveryPointArn(byHand))))
                .isInstanceOf(RestorePoint.ServiceBackup.class);
        assertThatThrownBy(() -> restores.choose(resource(), new Target.PointInTime(before)))
                .hasMessageStartingWith("LB-202");
    }

    @Test
    void aBackupTakesOneRestoreAtATime() {
        liveHolds("good");
        liveIsDeleted();
        RestoreOrder order = order();
        begun(order);
        CopyName second = new CopyName("lifeboat-drill-" + UUID.randomUUID());

        assertThat(restores.start(
                        new RestoreOrder(resource(), second, order.point(), TAGS, CLOCK.instant(), Settings.NONE)))
                .isInstanceOfSatisfying(
                        Started.NotYet.class,
                        notYet -> assertThat(notYet.why()).startsWith("DynamoDB makes one restore at a time"));
        CLOCK.pass(Duration.ofMinutes(20));
        assertThat(restores.start(
                        new RestoreOrder(resource(), second, order.point(), TAGS, CLOCK.instant(), Settings.NONE)))
                .isInstanceOf(Started.Underway.class);
        CLOCK.pass(Duration.ofMinutes(20));
    }

    @Test
    void moreThanFiftyRestoresAtOnceWaitForAPlace() {
        liveHolds("good");
        RestorePoint point = restores.choose(resource(), new Target.Latest());
        for (int table = 0; table < 50; table++) {
            assertThat(restores.start(another(point))).isInstanceOf(Started.Underway.class);
        }
        RestoreOrder late = another(point);
        assertThat(restores.start(late))
                .isInstanceOfSatisfying(
                        Started.NotYet.class,
                        notYet -> assertThat(notYet.atMost()).isEqualTo(Duration.ofHours(24)));
        CLOCK.pass(Duration.ofMinutes(20));
        assertThat(restores.start(late)).isInstanceOf(Started.Underway.class);
        CLOCK.pass(Duration.ofMinutes(20));
    }

    @Test
    void aJobThatEndsOverTheLimitIsBegunAgainUntilThereIsAPlace() {
        liveHolds("good");
        vaulted();
        RestorePoint latest = restores.choose(resource(), new Target.Latest());
        for (int table = 0; table < 50; table++) {
            restores.start(another(latest));
        }
        RestoreOrder order = order(restores.choose(resource(), new Target.LatestRecoveryPoint()));
        Ticket first = begun(order);
        assertThat(restores.progress(order, first)).isInstanceOf(Progress.OverLimit.class);
        Ticket second = ((Started.Underway) restores.startAgain(order, first)).ticket();
        assertThat(((Started.Underway) restores.startAgain(order, first)).ticket())
                .isEqualTo(second)
                .isNotEqualTo(first);
        assertThat(restores.progress(order, second)).isInstanceOf(Progress.OverLimit.class);
        CLOCK.pass(Duration.ofMinutes(20));
        Ticket third = ((Started.Underway) restores.startAgain(order, second)).ticket();
        CLOCK.pass(Duration.ofMinutes(20));

        assertThat(restores.progress(order, third)).isInstanceOf(Progress.Available.class);
    }

    @Test
    void whatIsNotRestorableYetIsWaitedFor() {
        liveHolds("good");
        RestoreOrder order = order(restores.choose(resource(), new Target.PointInTime(CLOCK.instant())));
        assertThat(restores.start(order)).isInstanceOfSatisfying(Started.NotYet.class, notYet -> {
            assertThat(notYet.why()).contains("is restorable up to").contains("asked for " + CLOCK.instant());
            assertThat(notYet.atMost()).isEqualTo(Duration.ofMinutes(15));
        });
        CLOCK.pass(Duration.ofMinutes(5));
        assertThat(restores.start(order)).isInstanceOf(Started.Underway.class);
    }

    @Test
    void aTargetThatIsStillBeingDeletedIsWaitedFor() {
        liveHolds("good");
        create(copy.value());
        tables.deleteTable(delete -> delete.tableName(copy.value()));
        RestoreOrder order = order();

        assertThat(restores.start(order)).isInstanceOf(Started.NotYet.class);
        CLOCK.pass(Duration.ofMinutes(3));
        assertThat(restores.start(order)).isInstanceOf(Started.Underway.class);
    }

    private RestoreOrder another(RestorePoint point) {
        CopyName name = new CopyName("lifeboat-drill-" + UUID.randomUUID());
        return new RestoreOrder(resource(), name, point, TAGS, CLOCK.instant(), Settings.NONE);
    }

    private String backup() {
        return tables.createBackup(create -> create.tableName(live).backupName("before-release"))
                .backupDetails()
                .backupArn();
    }

    private String vaulted() {
        String point = aws.backup()
                .startBackupJob(start -> start.backupVaultName("daily")
                        .resourceArn(arn(live))
                        .iamRoleArn("arn:aws:iam::111122223333:role/backup"))
                .recoveryPointArn();
        CLOCK.pass(Duration.ofMinutes(10));
        return point;
    }

    private void liveIsDeleted() {
        tables.deleteTable(delete -> delete.tableName(live));
        CLOCK.pass(Duration.ofMinutes(3));
    }

    private static Ticket begun(RestoreOrder order) {
        return ((Started.Underway) restores.start(order)).ticket();
    }

    private RestoreOrder order() {
        return order(restores.choose(resource(), new Target.Latest()));
    }

    private RestoreOrder order(RestorePoint point) {
        return new RestoreOrder(resource(), copy, point, TAGS, CLOCK.instant(), Settings.NONE);
    }

    private Resource resource() {
        return new Resource.DynamoDbTable(new ResourceName("products"), live, Optional.empty(), List.of());
    }

    private void liveHolds(String id) {
        recoverable(live);
        tables.putItem(put -> put.tableName(live).item(Map.of("id", AttributeValue.fromS(id))));
        CLOCK.pass(Duration.ofMinutes(10));
    }

    private static void recoverable(String table) {
        create(table);
        tables.updateContinuousBackups(update -> update.tableName(table)
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
    }

    private static void create(String table) {
        tables.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
    }

    private Map<String, String> tags() {
        var tags = new java.util.TreeMap<String, String>();
        tables.listTagsOfResource(list -> list.resourceArn(arn(copy.value())))
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static String arn(String table) {
        return "arn:aws:dynamodb:us-east-1:111122223333:table/" + table;
    }

    private static DynamoDbRestores restores(RecoveryPoints points) {
        return new DynamoDbRestores(
                tables,
                points,
                new RestoreJobs(aws.backup(), points, "arn:aws:iam::111122223333:role/restore"),
                new Arns(new AccountId("111122223333"), new RegionName("us-east-1")),
                false,
                CLOCK);
    }
}
