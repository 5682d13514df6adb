package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import lifeboat.aws.Arns;
import lifeboat.aws.SdkMock;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.RegionName;
import lifeboat.parity.Settings;
import lifeboat.recovery.CopyTags;
import lifeboat.recovery.Example;
import lifeboat.recovery.Mode;
import lifeboat.restore.Progress;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;

/// What is asked of DynamoDB, and what its answers mean.
class DynamoDbRestoresTest {
    private static final Instant NOW = Example.START;
    private static final Instant EARLIEST = NOW.minusSeconds(86_400);
    private static final Instant LATEST = NOW.minusSeconds(300).plusMillis(700);
    private static final String LIVE_ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products";
    private static final String COPY = "lifeboat-drill-20261120-k3v9x2-products";
    private static final String COPY_ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/" + COPY;
    private static final Ticket NATIVE = new Ticket("native");
    private static final RestorePoint SNAPSHOT = new RestorePoint.Snapshot(
            new RecoveryPointArn("arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b"), NOW.minusSeconds(3600));

    private final DynamoDbClient dynamoDb = SdkMock.of(DynamoDbClient.class);
    private final RecoveryPoints points = mock();
    private final RestoreJobs jobs = mock();
    private final DynamoDbRestores restores = restores(false);

    @BeforeEach
    void pointInTimeRecoveryIsOn() {
        window(PointInTimeRecoveryStatus.ENABLED);
        when(points.newestOf(Example.PRODUCTS, LIVE_ARN)).thenReturn(SNAPSHOT);
    }

    @Test
    void theLatestIsTheLastWholeSecondOfTheWindow() {
        assertThat(restores.choose(Example.PRODUCTS, new Target.Latest()))
                .isEqualTo(new RestorePoint.Continuous(NOW.minusSeconds(300)));
    }

    @Test
    void withoutPointInTimeRecoveryTheLatestIsTheNewestRecoveryPoint() {
        window(PointInTimeRecoveryStatus.DISABLED);

        assertThat(restores.choose(Example.PRODUCTS, new Target.Latest())).isEqualTo(SNAPSHOT);
    }

    @Test
    void aLostTableIsRecoveredFromItsNewestRecoveryPoint() {
        when(dynamoDb.describeContinuousBackups(any(DescribeContinuousBackupsRequest.class)))
                .thenThrow(TableNotFoundException.builder().build());
        when(dynamoDb.listBackups(any(ListBackupsRequest.class)))
                .thenReturn(ListBackupsResponse.builder().build());

        assertThat(restores.choose(Example.PRODUCTS, new Target.Latest())).isEqualTo(SNAPSHOT);
    }

    @Test
    void inTheRecoveryRegionOnlyRecoveryPointsAreAtHand() {
        assertThat(restores(true).choose(Example.PRODUCTS, new Target.Latest())).isEqualTo(SNAPSHOT);
        verify(dynamoDb, never()).describeContinuousBackups(any(DescribeContinuousBackupsRequest.class));
    }

    @Test
    void bothEdgesOfTheWindowCanBeRestored() {
        assertThat(at(EARLIEST)).isEqualTo(new RestorePoint.Continuous(EARLIEST));
        assertThat(at(LATEST)).isEqualTo(new RestorePoint.Continuous(NOW.minusSeconds(300)));
    }

    @Test
    void outsideOfTheWindowItSaysWhichItIs() {
        String window = "2026-11-19T10:00:00Z to 2026-11-20T09:55:00.700Z";
        assertThatThrownBy(() -> at(EARLIEST.minusSeconds(1)))
                .hasMessage(
                        "LB-202 at \"2026-11-19T09:59:59Z\" is outside the restorable window of table \"techmoda-products\": "
                                + window);
        assertThatThrownBy(() -> at(NOW.plusSeconds(1)))
                .hasMessageStartingWith("LB-202")
                .hasMessageContaining(window);
    }

    @Test
    void whatIsNotRestorableYetIsPlanned() {
        assertThat(at(LATEST.plusSeconds(1))).isEqualTo(new RestorePoint.Continuous(NOW.minusSeconds(299)));
        assertThat(at(NOW)).isEqualTo(new RestorePoint.Continuous(NOW));
    }

    @Test
    void aPointInTimeWithoutPointInTimeRecoveryIsRefused() {
        window(PointInTimeRecoveryStatus.DISABLED);

        assertThatThrownBy(() -> at(LATEST))
                .hasMessageStartingWith("LB-202")
                .hasMessageContaining("techmoda-products")
                .hasMessageContaining("hint: give recoveryPoint");
    }

    @Test
    void aRestoreNamesSourceCopyAndSecond() {
        when(dynamoDb.restoreTableToPointInTime(any(RestoreTableToPointInTimeRequest.class)))
                .thenReturn(RestoreTableToPointInTimeResponse.builder()
                        .tableDescription(begun -> begun.tableId("7d1e"))
                        .build());
        assertThat(restores.start(order(new RestorePoint.Continuous(NOW.minusSeconds(300)))))
                .isEqualTo(new Started.Underway(new Ticket("table:7d1e")));

        ArgumentCaptor<RestoreTableToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(dynamoDb).restoreTableToPointInTime(asked.capture());
        assertThat(asked.getValue())
                .isEqualTo(RestoreTableToPointInTimeRequest.builder()
                        .sourceTableName("techmoda-products")
                        .targetTableName(COPY)
                        .restoreDateTime(NOW.minusSeconds(300))
                        .build());
    }

    @Test
    void aRestoreThatWasStartedBeforeIsFoundWhetherItStillRunsOrNot() {
        RestoreOrder order = order(new RestorePoint.Continuous(NOW));
        when(dynamoDb.restoreTableToPointInTime(any(RestoreTableToPointInTimeRequest.class)))
                .thenThrow(TableInUseException.builder().build())
                .thenThrow(TableAlreadyExistsException.builder().build());
        copyIs(TableStatus.CREATING, from(LIVE_ARN));

        assertThat(restores.start(order)).isEqualTo(new Started.Underway(new Ticket("table:7d1e")));
        copyIs(TableStatus.ACTIVE, _ -> {});
        assertThat(restores.start(order)).isEqualTo(new Started.Underway(new Ticket("table:7d1e")));
    }

    @Test
    void aRestoreFromARecoveryPointNamesTheCopy() {
        RestoreOrder order = order(SNAPSHOT);
        when(jobs.start((RestorePoint.Snapshot) SNAPSHOT, order.copy(), Map.of("targetTableName", COPY)))
                .thenReturn(new Started.Underway(new Ticket("job:1")));

        assertThat(restores.start(order)).isEqualTo(new Started.Underway(new Ticket("job:1")));
    }

    @Test
    void aTableThatIsNotDescribedYetIsAbsent() {
        when(dynamoDb.describeTable(any(DescribeTableRequest.class)))
                .thenThrow(ResourceNotFoundException.builder().build());

        assertThat(progress()).isEqualTo(new Progress.Absent());
    }

    @Test
    void aTableThatIsBeingCreatedIsRestoring() {
        copyIs(TableStatus.CREATING, from(LIVE_ARN));

        assertThat(progress()).isEqualTo(new Progress.Restoring());
    }

    @Test
    void anActiveTableOfThisSourceIsTaggedAndAvailable() {
        copyIs(TableStatus.ACTIVE, _ -> {});

        assertThat(progress()).isEqualTo(new Progress.Available(NOW, false, ""));
        ArgumentCaptor<TagResourceRequest> asked = ArgumentCaptor.captor();
        verify(dynamoDb).tagResource(asked.capture());
        assertThat(asked.getValue().resourceArn()).isEqualTo(COPY_ARN);
        assertThat(asked.getValue().tags())
                .containsExactlyInAnyOrder(
                        Tag.builder()
                                .key("lifeboat:recovery")
                                .value("20261120-k3v9x2")
                                .build(),
                        Tag.builder().key("lifeboat:mode").value("DRILL").build());
    }

    @Test
    void aTableThatWasThereBeforeIsNeverAdopted() {
        copyIs(TableStatus.ACTIVE, table -> table.creationDateTime(Example.START.minusSeconds(1)));

        assertThat(progress()).isInstanceOf(Progress.Failed.class);
        verify(dynamoDb, never()).tagResource(any(TagResourceRequest.class));
    }

    @Test
    void aTableThatWasRestoredFromAnotherIsNeverAdopted() {
        copyIs(TableStatus.ACTIVE, from(LIVE_ARN + "-old"));

        assertThat(progress()).isInstanceOf(Progress.Failed.class);
        verify(dynamoDb, never()).tagResource(any(TagResourceRequest.class));
    }

    @ParameterizedTest
    @EnumSource(
            value = TableStatus.class,
            names = {"INACCESSIBLE_ENCRYPTION_CREDENTIALS", "ARCHIVED"})
    void aTableThatWillNeverBeActiveHasFailed(TableStatus status) {
        copyIs(status, from(LIVE_ARN));

        assertThat(progress()).isEqualTo(new Progress.Failed("table \"%s\" is \"%s\"".formatted(COPY, status)));
    }

    private Progress progress() {
        return restores.progress(order(new RestorePoint.Continuous(NOW)), NATIVE);
    }

    private RestorePoint at(Instant at) {
        return restores.choose(Example.PRODUCTS, new Target.PointInTime(at));
    }

    private void window(PointInTimeRecoveryStatus status) {
        when(dynamoDb.describeContinuousBackups(any(DescribeContinuousBackupsRequest.class)))
                .thenReturn(DescribeContinuousBackupsResponse.builder()
                        .continuousBackupsDescription(backups -> backups.pointInTimeRecoveryDescription(
                                window -> window.pointInTimeRecoveryStatus(status)
                                        .earliestRestorableDateTime(EARLIEST)
                                        .latestRestorableDateTime(LATEST)))
                        .build());
    }

    private void copyIs(TableStatus status, Consumer<TableDescription.Builder> more) {
        TableDescription.Builder table = TableDescription.builder()
                .tableName(COPY)
                .tableArn(COPY_ARN)
                .tableId("7d1e")
                .creationDateTime(Example.START)
                .tableStatus(status);
        more.accept(table);
        when(dynamoDb.describeTable(any(DescribeTableRequest.class)))
                .thenReturn(DescribeTableResponse.builder().table(table.build()).build());
    }

    private static Consumer<TableDescription.Builder> from(String sourceArn) {
        return table -> table.restoreSummary(summary ->
                summary.sourceTableArn(sourceArn).restoreDateTime(NOW).restoreInProgress(false));
    }

    private static RestoreOrder order(RestorePoint point) {
        return new RestoreOrder(
                Example.PRODUCTS,
                Mode.DRILL.copyOf(Example.ID, Example.PRODUCTS.name()),
                point,
                CopyTags.of(Example.ID, Mode.DRILL),
                Example.START,
                Settings.NONE);
    }

    private DynamoDbRestores restores(boolean away) {
        return new DynamoDbRestores(
                dynamoDb,
                points,
                jobs,
                new Arns(new AccountId("111122223333"), new RegionName("us-east-1")),
                away,
                InstantSource.fixed(NOW));
    }
}
