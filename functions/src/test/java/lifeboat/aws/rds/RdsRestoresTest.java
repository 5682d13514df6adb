package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.aws.Arns;
import lifeboat.aws.SdkMock;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.Network;
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
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeResponse;
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
    private static final RestorePoint RETAINED = new RestorePoint.ServiceBackup(automatedBackups("ab-old"), LATEST);
    private static final Settings SETTINGS = new Settings(Map.of(
            "class", "db.m7g.large",
            "subnetGroup", "shop",
            "parameterGroup", "shop-pg17",
            "optionGroup", "",
            "securityGroups", "[\"sg-1\", \"sg-2\"]"));

    private static final Network NETWORK = new Network(
            "vpc-2",
            List.of("subnet-2"),
            List.of("sg-2"),
            Optional.of("restored"),
            List.of("sg-9"),
            Map.of("shop-pg17", "restored-pg17"),
            Map.of());

    private final RdsClient rds = SdkMock.of(RdsClient.class);
    private final RecoveryPoints points = mock();
    private final RestoreJobs jobs = mock();
    private final RdsRestores restores = restores(false);
    private final RdsCopies copies = new RdsCopies(rds);

    @BeforeEach
    void automatedBackupsAreOn() {
        quotas("DBInstances", 3, 40);
        snapshots();
        window("active");
        when(points.newestOf(Example.ORDERS, LIVE_ARN)).thenReturn(SNAPSHOT);
    }

    @Test
    void theLatestIsTheEndOfTheWindow() {
        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(new RestorePoint.Continuous(LATEST));
    }

    @Test
    void withoutAutomatedBackupsOrRegionTheLatestIsTheNewestRecoveryPoint() {
        when(points.newest(LIVE_ARN)).thenReturn(Optional.of(SNAPSHOT));
        window("active", "arn:aws:rds:us-east-1:111122223333:db:somebody-elses");
        assertThat(restores(true).choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
        instance("available", Map.of());
        when(rds.describeDBInstanceAutomatedBackups(any(DescribeDbInstanceAutomatedBackupsRequest.class)))
                .thenThrow(DbInstanceAutomatedBackupNotFoundException.builder().build());
        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
    }

    @Test
    void ofADeletedInstanceTheNewestOfWhatOutlivedItIsRestoredByItsId() {
        gone();
        window("retained");
        when(points.newest(LIVE_ARN)).thenReturn(Optional.of(SNAPSHOT));

        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(RETAINED);
        assertThat(restores.start(order(RETAINED))).isEqualTo(new Started.Underway(NATIVE));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().sourceDbiResourceId()).isEqualTo("db-OLD");
        assertThat(asked.getValue().sourceDBInstanceIdentifier()).isNull();
        assertThat(asked.getValue().restoreTime()).isEqualTo(LATEST);
        assertThat(asked.getValue().dbParameterGroupName()).isEqualTo("shop-pg17"); // the backup holds no groups
        assertThat(asked.getValue().targetDBInstanceIdentifier()).isEqualTo(COPY);
    }

    @Test
    void aPointInTimeBeforeANewInstanceOfTheNameIsThatOfTheOldOne() {
        Instant before = NOW.minusSeconds(1_000);
        automated(
                backup("active", "db-NEW", "ab-new", NOW.minusSeconds(600), LATEST),
                backup("retained", "db-OLDER", "ab-older", EARLIEST, NOW.minusSeconds(900)),
                backup("retained", "db-OLD", "ab-old", EARLIEST, NOW.minusSeconds(800)));

        assertThat(at(before)).isEqualTo(new RestorePoint.ServiceBackup(automatedBackups("ab-old"), before));
        assertThat(at(LATEST)).isEqualTo(new RestorePoint.Continuous(LATEST));
        assertThatThrownBy(() -> at(NOW.minusSeconds(700)))
                .hasMessageContaining("LB-202")
                .hasMessageContaining("2026-11-20T09:50:00Z to 2026-11-20T09:55:00Z, 2026-11-19T10:00:00Z to");
    }

    @Test
    void aSnapshotOutsideTheVaultIsRestoredWhereItIsTheNewest() {
        gone();
        automated();
        when(points.newest(LIVE_ARN)).thenReturn(Optional.of(SNAPSHOT));
        snapshots(
                snapshot("final", "available", NOW.minusSeconds(60)),
                snapshot("broken", "failed", NOW),
                snapshot("awsbackup:job-9", "available", NOW));
        RestorePoint point = restores.choose(Example.ORDERS, new Target.Latest());
        assertThat(point)
                .isEqualTo(new RestorePoint.ServiceBackup(
                        new RecoveryPointArn("arn:aws:rds:us-east-1:111122223333:snapshot:final"),
                        NOW.minusSeconds(60)));

        restores.start(order(point));

        ArgumentCaptor<RestoreDbInstanceFromDbSnapshotRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceFromDBSnapshot(asked.capture());
        assertThat(asked.getValue().dbSnapshotIdentifier()).endsWith(":snapshot:final");
        assertThat(asked.getValue().dbInstanceIdentifier()).isEqualTo(COPY);
        assertThat(asked.getValue().publiclyAccessible()).isFalse();
        assertThat(asked.getValue().deletionProtection()).isFalse();
        assertThat(asked.getValue().tags()).hasSize(2);
        verify(points, never()).newestOf(any(), any());
    }

    @Test
    void whileLiveExistsTheVaultGoesBeforeSnapshotsByHand() {
        instance("available", Map.of());
        automated();
        when(points.newest(LIVE_ARN)).thenReturn(Optional.of(SNAPSHOT));
        snapshots(snapshot("by-hand", "available", NOW));

        assertThat(restores.choose(Example.ORDERS, new Target.Latest())).isEqualTo(SNAPSHOT);
    }

    @Test
    void automatedBackupsThatWereReplicatedAreRestoredInTheRecoveryRegionByTheirArn() {
        window("replicating", LIVE_ARN);
        when(points.newest(LIVE_ARN)).thenReturn(Optional.of(SNAPSHOT));

        assertThat(restores(true).choose(Example.ORDERS, new Target.Latest())).isEqualTo(RETAINED);
        restores(true).start(order(RETAINED));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().sourceDBInstanceAutomatedBackupsArn()).endsWith("auto-backup:ab-old");
        assertThat(asked.getValue().dbSubnetGroupName()).isEqualTo("restored");
    }

    @Test
    void bothEdgesOfTheWindowCanBeRestoredAndNothingBeyondThem() {
        assertThat(at(EARLIEST)).isEqualTo(new RestorePoint.Continuous(EARLIEST));
        assertThat(at(LATEST)).isEqualTo(new RestorePoint.Continuous(LATEST));
        assertThatThrownBy(() -> at(EARLIEST.minusSeconds(1)))
                .hasMessage(
                        "LB-202 at \"2026-11-19T09:59:59Z\" is outside the restorable window of instance \"techmoda-orders\": 2026-11-19T10:00:00Z to 2026-11-20T09:55:00Z");
        assertThatThrownBy(() -> at(NOW.plusSeconds(1))).hasMessageStartingWith("LB-202");
    }

    @Test
    void aPointThatIsNotRestorableYetIsPlannedAndWaitedFor() {
        RestorePoint point = at(NOW.minusSeconds(10));
        assertThat(point).isEqualTo(new RestorePoint.Continuous(NOW.minusSeconds(10)));

        assertThat(restores.start(order(point)))
                .isEqualTo(new Started.NotYet(
                        "2026-11-20T09:59:50Z is not restorable yet: RDS has shipped the log up to 2026-11-20T09:55:00Z",
                        Duration.ofMinutes(15)));
        verify(rds, never()).restoreDBInstanceToPointInTime(any(RestoreDbInstanceToPointInTimeRequest.class));
    }

    @ParameterizedTest
    @CsvSource({
        "InstanceQuotaExceeded, PT24H",
        "StorageQuotaExceeded, PT24H",
        "InsufficientDBInstanceCapacity, PT6H",
        "Throttling, PT1H",
        "InvalidDBInstanceState, PT1H"
    })
    void whatAwsDoesNotTakeNowIsAskedForAgain(String code, Duration patience) {
        when(rds.restoreDBInstanceToPointInTime(any(RestoreDbInstanceToPointInTimeRequest.class)))
                .thenThrow(refusal(code, "not now"));

        assertThat(restores.start(order(new RestorePoint.Continuous(LATEST))))
                .isInstanceOfSatisfying(Started.NotYet.class, notYet -> {
                    assertThat(notYet.why()).contains(code, "not now");
                    assertThat(notYet.atMost()).isEqualTo(patience);
                });
    }

    @Test
    void aRestoreJobIsNotStartedWhileTheAccountHasNoRoomForItsInstance() {
        quotas("DBInstances", 40, 40);

        assertThat(restores.start(order(SNAPSHOT)))
                .isEqualTo(new Started.NotYet(
                        "quota DBInstances of this account and region is used up: 40 of 40", Duration.ofHours(24)));
        verify(jobs, never()).start(any(), any(), any());
    }

    @Test
    void aThrottledRestoreJobIsAskedForAgain() {
        when(jobs.start(any(), any(), any()))
                .thenThrow(BackupException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("LimitExceededException")
                                .errorMessage("too many")
                                .build())
                        .build());

        assertThat(restores.start(order(SNAPSHOT))).isInstanceOf(Started.NotYet.class);
    }

    @ParameterizedTest
    @CsvSource({
        "DBParameterGroupNotFound, DBParameterGroup shop-pg17 not found",
        "InvalidParameterCombination, The parameter group shop-pg17 with family postgres17 can't be used for this instance",
        "OptionGroupNotFoundFault, Specified OptionGroupName: shop-options not found.",
        "DBSubnetGroupNotFoundFault, DB subnet group 'shop' does not exist.",
        "InvalidParameterValue, 'Invalid security group , groupId= sg-1, groupName='"
    })
    void aSettingThatIsGoneIsLeftOutOfTheRestore(String code, String message) {
        when(rds.restoreDBInstanceToPointInTime(any(RestoreDbInstanceToPointInTimeRequest.class)))
                .thenThrow(refusal(code, message))
                .thenReturn(RestoreDbInstanceToPointInTimeResponse.builder().build());
        Settings settings = new Settings(Map.of(
                "class", "db.m7g.large",
                "subnetGroup", "shop",
                "parameterGroup", "shop-pg17",
                "optionGroup", "shop-options",
                "securityGroups", "[\"sg-1\"]"));

        assertThat(restores.start(order(new RestorePoint.Continuous(LATEST), settings)))
                .isEqualTo(new Started.Underway(NATIVE));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds, org.mockito.Mockito.times(2)).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().dbInstanceClass()).isEqualTo("db.m7g.large");
        assertThat(asked.getValue().toString())
                .hasSizeLessThan(asked.getAllValues().getFirst().toString().length());
    }

    @Test
    void aGroupThatIsGoneIsLeftOutOfARestoreJob() {
        when(jobs.start(any(), any(), any())).thenReturn(new Started.Underway(JOB));
        when(rds.describeDBSubnetGroups(any(DescribeDbSubnetGroupsRequest.class)))
                .thenThrow(DbSubnetGroupNotFoundException.builder().build());
        when(rds.describeDBParameterGroups(any(DescribeDbParameterGroupsRequest.class)))
                .thenThrow(DbParameterGroupNotFoundException.builder().build());

        restores.start(order(SNAPSHOT));

        ArgumentCaptor<Map<String, String>> asked = ArgumentCaptor.captor();
        verify(jobs).start(any(), any(), asked.capture());
        assertThat(asked.getValue())
                .containsEntry("DBSubnetGroupName", "")
                .containsEntry("VpcSecurityGroupIds", "") // they are of the network that is gone
                .containsEntry("DBParameterGroupName", "");
    }

    @Test
    void whatCanNeverBeRestoredIsNoReasonToWait() {
        when(rds.restoreDBInstanceToPointInTime(any(RestoreDbInstanceToPointInTimeRequest.class)))
                .thenThrow(refusal("KMSKeyNotAccessibleFault", "disabled"));

        assertThatThrownBy(() -> restores.start(order(new RestorePoint.Continuous(LATEST))))
                .isInstanceOf(RdsException.class);
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
    @ValueSource(strings = {"available", "backing-up", "storage-initialization", "storage-optimization"})
    void anInstanceThatCanBeUsedIsAvailableWhateverRdsStillDoesWithIt(String status) {
        instance(status, Map.of("lifeboat:recovery", "20261120-k3v9x2", "lifeboat:mode", "DRILL"));

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Available(NOW, false, ""));
        assertThat(copies.presence(Example.ORDERS, order(SNAPSHOT).copy())).isInstanceOf(Presence.Present.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"creating", "deleting", "modifying", "rebooting", "something-new"})
    void anInstanceThatChangesIsRestoringAndCannotBeDeletedYet(String status) {
        instance(status, Map.of());

        assertThat(restores.progress(order(new RestorePoint.Continuous(LATEST)), NATIVE))
                .isEqualTo(new Progress.Restoring());
        assertThat(copies.presence(Example.ORDERS, order(SNAPSHOT).copy())).isEqualTo(new Presence.Busy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed",
                "inaccessible-encryption-credentials",
                "inaccessible-encryption-credentials-recoverable",
                "incompatible-create",
                "incompatible-network",
                "incompatible-option-group",
                "incompatible-parameters",
                "incompatible-restore",
                "insufficient-capacity",
                "restore-error",
                "stopped",
                "stopping",
                "storage-full"
            })
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
                                "AvailabilityZone", "",
                                "EnableCloudwatchLogsExports", "",
                                "MultiAZ", "false",
                                "PubliclyAccessible", "false",
                                "DeletionProtection", "false",
                                "DBInstanceClass", "db.m7g.large",
                                "DBSubnetGroupName", "shop",
                                "DBParameterGroupName", "shop-pg17",
                                "VpcSecurityGroupIds", "[\"sg-1\",\"sg-2\"]"));
    }

    @Test
    void inTheRecoveryRegionARestoreJobIsGivenNothingOfTheLostRegion() {
        when(jobs.start(any(), any(), any())).thenReturn(new Started.Underway(JOB));

        restores(true).start(order(SNAPSHOT));

        ArgumentCaptor<Map<String, String>> asked = ArgumentCaptor.captor();
        verify(jobs).start(any(), any(), asked.capture());
        assertThat(asked.getValue())
                .containsEntry("DBSubnetGroupName", "restored")
                .containsEntry("VpcSecurityGroupIds", "[\"sg-9\"]")
                .containsEntry("DBParameterGroupName", "restored-pg17")
                .containsEntry("DBInstanceClass", "db.m7g.large")
                .containsEntry("OptionGroupName", "") // leaves out what the recovery point says
                .containsEntry("AvailabilityZone", "")
                .containsEntry("KmsKeyId", "")
                .containsEntry("CACertificateIdentifier", "");
    }

    @Test
    void defaultGroupsAreLeftToRdsWhichKnowsThoseOfTheRestoredVersion() {
        Settings settings =
                new Settings(Map.of("parameterGroup", "default.postgres17", "optionGroup", "default:postgres-17"));
        restores.start(order(new RestorePoint.Continuous(LATEST), settings));

        ArgumentCaptor<RestoreDbInstanceToPointInTimeRequest> asked = ArgumentCaptor.captor();
        verify(rds).restoreDBInstanceToPointInTime(asked.capture());
        assertThat(asked.getValue().dbParameterGroupName()).isNull();
        assertThat(asked.getValue().optionGroupName()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Instance quota exceeded: 40 DB instances | true",
                "Cannot restore: InsufficientDBInstanceCapacity | true",
                "Storage quota exceeded | true",
                "The security group 'sg-1' does not exist | false"
            })
    void aRestoreJobThatEndedOverALimitIsBegunAgain(String why, boolean again) {
        when(jobs.progress(JOB, order(SNAPSHOT).copy())).thenReturn(new Progress.Failed(why));
        when(jobs.startAgain(any(), any(), any(), any())).thenReturn(new Started.Underway(new Ticket("job:2")));

        assertThat(restores.progress(order(SNAPSHOT), JOB))
                .isEqualTo(again ? new Progress.OverLimit(why) : new Progress.Failed(why));
        assertThat(restores.startAgain(order(SNAPSHOT), JOB)).isEqualTo(new Started.Underway(new Ticket("job:2")));
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

    private static RdsException refusal(String code, String message) {
        return (RdsException) RdsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private void quotas(String name, long used, long max) {
        when(rds.describeAccountAttributes(any(DescribeAccountAttributesRequest.class)))
                .thenReturn(DescribeAccountAttributesResponse.builder()
                        .accountQuotas(
                                quota -> quota.accountQuotaName(name).used(used).max(max))
                        .build());
    }

    private RestorePoint at(Instant at) {
        return restores.choose(Example.ORDERS, new Target.PointInTime(at));
    }

    private void window(String status) {
        window(status, LIVE_ARN);
    }

    private void window(String status, String arn) {
        automated(backup(status, "db-OLD", "ab-old", EARLIEST, LATEST).toBuilder()
                .dbInstanceArn(arn)
                .build());
    }

    private static RecoveryPointArn automatedBackups(String id) {
        return new RecoveryPointArn("arn:aws:rds:us-east-1:111122223333:auto-backup:" + id);
    }

    private static DBInstanceAutomatedBackup backup(
            String status, String resource, String id, Instant earliest, Instant latest) {
        return DBInstanceAutomatedBackup.builder()
                .status(status)
                .dbiResourceId(resource)
                .dbInstanceAutomatedBackupsArn(automatedBackups(id).value())
                .restoreWindow(window -> window.earliestTime(earliest).latestTime(latest))
                .build();
    }

    private void automated(DBInstanceAutomatedBackup... backups) {
        when(rds.describeDBInstanceAutomatedBackups(any(DescribeDbInstanceAutomatedBackupsRequest.class)))
                .thenReturn(DescribeDbInstanceAutomatedBackupsResponse.builder()
                        .dbInstanceAutomatedBackups(backups)
                        .build());
    }

    private void gone() {
        when(rds.describeDBInstances(any(DescribeDbInstancesRequest.class)))
                .thenThrow(DbInstanceNotFoundException.builder().build());
    }

    private static DBSnapshot snapshot(String id, String status, Instant at) {
        return DBSnapshot.builder()
                .dbSnapshotArn("arn:aws:rds:us-east-1:111122223333:snapshot:" + id)
                .dbInstanceIdentifier("techmoda-orders")
                .status(status)
                .snapshotCreateTime(at)
                .build();
    }

    private void snapshots(DBSnapshot... snapshots) {
        when(rds.describeDBSnapshots(any(DescribeDbSnapshotsRequest.class)))
                .thenReturn(DescribeDbSnapshotsResponse.builder()
                        .dbSnapshots(snapshots)
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
                new Relocation(away ? Optional.of(NETWORK) : Optional.empty(), away),
                InstantSource.fixed(NOW));
    }
}
