package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import lifeboat.aws.Arns;
import lifeboat.aws.SdkMock;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.RegionName;
import lifeboat.parity.Settings;
import lifeboat.recovery.Copies.Presence;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/// What is asked of RDS, and what its answers mean.
class RdsRestoresTest {
    private static final Instant NOW = Example.START;
    private static final Instant EARLIEST = NOW.minusSeconds(86_400);
    private static final Instant LATEST = NOW.minusSeconds(300);
    private static final String LIVE_ARN = "arn:aws:rds:us-east-1:111122223333:db:techmoda-orders";
    private static final String COPY = "lifeboat-drill-20261120-k3v9x2-orders";
    private static final String COPY_ARN = "arn:aws:rds:us-east-1:111122223333:db:" + COPY;
    private static final Ticket NATIVE = new Ticket("native");
    private static final Ticket JOB = new Ticket("job:1");
    private static final RestorePoint SNAPSHOT = new RestorePoint.Snapshot(
            new RecoveryPointArn("arn:aws:rds:us-east-1:111122223333:snapshot:awsbackup:job-1"),
            NOW.minusSeconds(3600));
    private static final Settings SETTINGS = new Settings(Map.of(
            "class", "db.m7g.large",
            "subnetGroup", "shop",
            "parameterGroup", "shop-pg17",
            "optionGroup", "",
            "securityGroups", "[\"sg-1\", \"sg-2\"]"));

    private final RdsClient rds = SdkMock.of(RdsClient.class);
    private final RecoveryPoints points = mock();
    private final RestoreJobs jobs = mock();
    private final RdsRestores restores = restores(false);
    private final RdsCopies copies = new RdsCopies(rds);

    @BeforeEach
    void automatedBackupsAreOn() {
        window("active");
        when(points.newestOf(Example.ORDERS, LIVE_ARN)).thenReturn(SNAPSHOT);
    }

    @Test
    void theLatestIsTheEndOfTheWindow() {
        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(new RestorePoint.Continuous(LATEST));
    }

    @Test
    void withoutAutomatedBackupsOrInstanceOrRegionTheLatestIsTheNewestRecoveryPoint() {
        assertThat(restores(true).choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
        window("retained");
        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
        when(rds.describeDBInstanceAutomatedBackups(any(DescribeDbInstanceAutomatedBackupsRequest.class)))
                .thenThrow(DbInstanceAutomatedBackupNotFoundException.builder().build());
        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
    }

    @Test
    void bothEdgesOfTheWindowCanBeRestoredAndNothingBeyondThem() {
        assertThat(at(EARLIEST)).isEqualTo(new RestorePoint.Continuous(EARLIEST));
        assertThat(at(LATEST)).isEqualTo(new RestorePoint.Continuous(LATEST));
        assertThatThrownBy(() -> at(EARLIEST.minusSeconds(1)))
                .hasMessage(
                        "LB-202 at \"2026-11-19T09:59:59Z\" is outside the restorable window of instance \"techmoda-orders\": 2026-11-19T10:00:00Z to 2026-11-20T09:55:00Z");
        assertThatThrownBy(() -> at(LATEST.plusSeconds(1))).hasMessageStartingWith("LB-202");
    }

    @Test
    void aRestoreStandsWhereItsSourceStandsTaggedPrivateAndDeletable() {
        assertThat(restores.start(order(new RestorePoint.Continuous(LATEST)))).isEqualTo(new Started.Underway(NATIVE));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().toBuilder().tags(List.<Tag>of()).build())
                .isEqualTo(RestoreDbInstanceToPointInTimeRequest.builder()
                        .sourceDBInstanceIdentifier("techmoda-orders")
                        .targetDBInstanceIdentifier(COPY)
                        .restoreTime(LATEST)
                        .dbInstanceClass("db.m7g.large")
                        .dbSubnetGroupName("shop")
                        .dbParameterGroupName("shop-pg17")
                        .vpcSecurityGroupIds("sg-1", "sg-2")
                        .multiAZ(false)
                        .publiclyAccessible(false)
                        .deletionProtection(false)
                        .tags(List.<Tag>of())
                        .build());
        assertThat(asked.getValue().tags())
                .extracting(Tag::key, Tag::value)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("lifeboat:recovery", "20261120-k3v9x2"),
                        org.assertj.core.groups.Tuple.tuple("lifeboat:mode", "DRILL"));
    }

    @ParameterizedTest
    @CsvSource({"io2 12000, io2, 12000", "io1 3000, io1, 3000", "gp2 null, gp2,", "gp3 3000,,", "gp3 null,,"})
    void aRestoreHasTheStorageOfItsSource(String captured, String type, Integer iops) {
        Settings settings = new Settings(Map.of("storage", captured));
        restores.start(order(new RestorePoint.Continuous(LATEST), settings));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().storageType()).isEqualTo(type);
        assertThat(asked.getValue().iops()).isEqualTo(iops);
    }

    @Test
    void aRestoreThatWasStartedBeforeIsFound() {
        when(rds.restoreDBInstanceToPointInTime(any(RestoreDbInstanceToPointInTimeRequest.class)))
                .thenThrow(DbInstanceAlreadyExistsException.builder().build());

        assertThat(restores.start(order(new RestorePoint.Continuous(LATEST)))).isEqualTo(new Started.Underway(NATIVE));
    }

    @Test
    void anInstanceOfSomebodyElseUnderTheNameIsNeverAdopted() {
        instance("available", Map.of("lifeboat:recovery", "20261120-aaaaaa", "env", "prod"));

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Failed(
                        "instance \"%s\" exists, but does not carry the tags of this restore".formatted(COPY)));
        verify(rds, never()).addTagsToResource(any(AddTagsToResourceRequest.class));
    }

    @Test
    void anAvailableInstanceWithTheTagsOfTheRestoreIsAvailable() {
        instance("available", Map.of("lifeboat:recovery", "20261120-k3v9x2", "lifeboat:mode", "DRILL", "env", "prod"));

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Available(NOW, false, ""));
    }

    @Test
    void anInstanceThatIsNotThereIsAbsent() {
        when(rds.describeDBInstances(any(DescribeDbInstancesRequest.class)))
                .thenThrow(DbInstanceNotFoundException.builder().build());

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Absent());
        assertThat(copies.presence(Example.ORDERS, order(SNAPSHOT).copy())).isEqualTo(new Presence.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"creating", "backing-up", "modifying", "rebooting", "something-new"})
    void anInstanceThatChangesIsRestoringAndCannotBeDeletedYet(String status) {
        instance(status, Map.of());

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Restoring());
        assertThat(copies.presence(Example.ORDERS, order(SNAPSHOT).copy())).isEqualTo(new Presence.Busy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "incompatible-restore", "storage-full", "stopped"})
    void anInstanceThatIsBrokenHasFailedAndCanBeDeleted(String status) {
        instance(status, Map.of("a", "b"));

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Failed("instance \"%s\" is \"%s\"".formatted(COPY, status)));
        assertThat(copies.presence(Example.ORDERS, order(SNAPSHOT).copy()))
                .isEqualTo(new Presence.Present(Map.of("a", "b")));
    }

    @Test
    void aRestoreJobIsGivenWhereTheCopyStands() {
        when(jobs.start(any(), any(), any())).thenReturn(new Started.Underway(JOB));

        assertThat(restores.start(order(SNAPSHOT))).isEqualTo(new Started.Underway(JOB));

        verify(jobs)
                .start(
                        (RestorePoint.Snapshot) SNAPSHOT,
                        order(SNAPSHOT).copy(),
                        Map.of(
                                "DBInstanceIdentifier", COPY,
                                "MultiAZ", "false",
                                "PubliclyAccessible", "false",
                                "DeletionProtection", "false",
                                "DBInstanceClass", "db.m7g.large",
                                "DBSubnetGroupName", "shop",
                                "DBParameterGroupName", "shop-pg17",
                                "VpcSecurityGroupIds", "[\"sg-1\",\"sg-2\"]"));
    }

    @Test
    void theInstanceOfACompletedJobIsTaggedOnceItIsAvailable() {
        Progress.Available completed = new Progress.Available(NOW.minusSeconds(60), true, "");
        when(jobs.progress(JOB, order(SNAPSHOT).copy())).thenReturn(new Progress.Restoring(), completed, completed);
        instance("creating", Map.of());
        assertThat(restores.progress(order(SNAPSHOT), JOB)).isEqualTo(new Progress.Restoring());
        assertThat(restores.progress(order(SNAPSHOT), JOB)).isEqualTo(new Progress.Restoring());
        verify(rds, never()).addTagsToResource(any(AddTagsToResourceRequest.class));
        instance("available", Map.of("env", "prod"));

        assertThat(restores.progress(order(SNAPSHOT), JOB)).isEqualTo(completed);

        ArgumentCaptor<AddTagsToResourceRequest> asked = ArgumentCaptor.captor();
        verify(rds).addTagsToResource(asked.capture());
        assertThat(asked.getValue().resourceName()).isEqualTo(COPY_ARN);
        assertThat(asked.getValue().tags()).hasSize(2);
    }

    @Test
    void deletionLeavesNoSnapshotAndNoBackupsBehind() {
        when(rds.deleteDBInstance(any(DeleteDbInstanceRequest.class)))
                .thenThrow(InvalidDbInstanceStateException.builder().build())
                .thenThrow(DbInstanceNotFoundException.builder().build());

        copies.delete(Example.ORDERS, order(SNAPSHOT).copy());
        copies.delete(Example.ORDERS, order(SNAPSHOT).copy());

        verify(rds, org.mockito.Mockito.times(2))
                .deleteDBInstance(DeleteDbInstanceRequest.builder()
                        .dbInstanceIdentifier(COPY)
                        .skipFinalSnapshot(true)
                        .deleteAutomatedBackups(true)
                        .build());
    }

    private RestorePoint at(Instant at) {
        return restores.choose(Example.ORDERS, new Target.PointInTime(at));
    }

    private void window(String status) {
        DBInstanceAutomatedBackup backups = DBInstanceAutomatedBackup.builder()
                .status(status)
                .restoreWindow(window -> window.earliestTime(EARLIEST).latestTime(LATEST))
                .build();
        when(rds.describeDBInstanceAutomatedBackups(any(DescribeDbInstanceAutomatedBackupsRequest.class)))
                .thenReturn(DescribeDbInstanceAutomatedBackupsResponse.builder()
                        .dbInstanceAutomatedBackups(backups)
                        .build());
    }

    private void instance(String status, Map<String, String> tags) {
        when(rds.describeDBInstances(any(DescribeDbInstancesRequest.class)))
                .thenReturn(DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .dbInstanceIdentifier(COPY)
                                .dbInstanceArn(COPY_ARN)
                                .dbInstanceStatus(status)
                                .build())
                        .build());
        when(rds.listTagsForResource(any(ListTagsForResourceRequest.class)))
                .thenReturn(ListTagsForResourceResponse.builder()
                        .tagList(tags.entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                        .build());
    }

    private static RestoreOrder order(RestorePoint point) {
        return order(point, SETTINGS);
    }

    private static RestoreOrder order(RestorePoint point, Settings settings) {
        return new RestoreOrder(
                Example.ORDERS,
                Mode.DRILL.copyOf(Example.ID, Example.ORDERS.name()),
                point,
                CopyTags.of(Example.ID, Mode.DRILL),
                Example.START,
                settings);
    }

    private RdsRestores restores(boolean away) {
        return new RdsRestores(
                rds,
                points,
                jobs,
                new Arns(new AccountId("111122223333"), new RegionName("us-east-1")),
                away,
                InstantSource.fixed(NOW));
    }
}
