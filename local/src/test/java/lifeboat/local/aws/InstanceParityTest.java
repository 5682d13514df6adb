package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.aws.rds.RdsParity;
import lifeboat.aws.rds.Relocation;
import lifeboat.catalog.Network;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.parity.Configured;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/// What a restore drops of an instance's settings, given back by parity; every change is judged by AWS's own model.
@NullUnmarked
class InstanceParityTest {
    private static final String COPY = "lifeboat-drill-1-orders";
    private static final String ROLE = "arn:aws:iam::111122223333:role/monitoring";

    private final Judge judge = new Judge();
    private final RdsClient rds = mock();
    private final Map<String, DBInstance> instances = new HashMap<>();
    private final List<ModifyDbInstanceRequest> changes = new ArrayList<>();
    private final RdsParity parity = new RdsParity(rds, new Relocation(Optional.empty(), false));

    @BeforeEach
    void aFreshCopyStandsBesideLive() {
        instances.put("orders", live().build());
        instances.put(COPY, restored().build());
        doAnswer(call -> described(call.getArgument(0))).when(rds).describeDBInstances(anyDescription());
        doAnswer(call -> changed(call.getArgument(0))).when(rds).modifyDBInstance(any(ModifyDbInstanceRequest.class));
        doAnswer(call -> tagged(call.getArgument(0))).when(rds).addTagsToResource(anyTags());
        doAnswer(call -> untagged(call.getArgument(0))).when(rds).removeTagsFromResource(anyUntag());
        doAnswer(call -> rebooted(call.getArgument(0))).when(rds).rebootDBInstance(anyReboot());
    }

    @Test
    void theCopyOfAnIncidentGetsEverySettingInOneChangeAndOneRestart() {
        var done = configure(false);
        assertThat(done.notApplied()).isEmpty();
        assertThat(done.withheld()).isEmpty();
        assertThat(changes).hasSize(1);
        verify(rds).rebootDBInstance(anyReboot());
        assertThat(parity.capture(resource("orders")).values())
                .containsAllEntriesOf(parity.capture(resource(COPY)).values());
        assertThat(instances.get(COPY).publiclyAccessible()).isTrue();
        assertThat(instances.get(COPY).deletionProtection()).isTrue();
        assertThat(instances.get(COPY).tagList())
                .extracting(Tag::key)
                .containsExactlyInAnyOrder("env", "lifeboat:recovery");
    }

    @Test
    void theCopyOfADrillStaysPrivateAndDeletable() {
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder()
                        .publiclyAccessible(true)
                        .deletionProtection(true)
                        .tagList(tag("lifeboat:recovery", "1"), tag("backup", "daily"), tag("aws:backup:source", "x"))
                        .build());
        var done = configure(true);
        assertThat(done.withheld())
                .containsExactly(
                        "tags: they would select a drill's copy for backup plans, schedulers and cost reports",
                        "logExports: log groups of a drill's copy would outlive it",
                        "publiclyAccessible: a drill's copy stays private",
                        "deletionProtection: a drill's copy must stay deletable");
        assertThat(instances.get(COPY).publiclyAccessible()).isFalse();
        assertThat(instances.get(COPY).deletionProtection()).isFalse();
        assertThat(instances.get(COPY).multiAZ()).isTrue();
        assertThat(instances.get(COPY).enabledCloudwatchLogsExports()).isEmpty();
        assertThat(instances.get(COPY).tagList()).extracting(Tag::key).containsExactly("lifeboat:recovery");
    }

    @Test
    void whatIsAlreadyAsCapturedIsNotChanged() {
        instances.put(COPY, live().dbInstanceIdentifier(COPY).build());
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), parity.capture(resource("orders")), false))
                .isInstanceOf(Configured.Done.class);
        verify(rds, never()).modifyDBInstance(any(ModifyDbInstanceRequest.class));
        verify(rds, never()).addTagsToResource(anyTags());
        verify(rds, never()).rebootDBInstance(anyReboot());
    }

    @Test
    void anInstanceThatIsBeingChangedIsLeftAlone() {
        var captured = parity.capture(resource("orders"));
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder().dbInstanceStatus("modifying").build());
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), captured, false))
                .isEqualTo(new Configured.Configuring(List.of("instance is not available")));
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder().dbInstanceStatus("available").build());
        doThrow(InvalidDbInstanceStateException.builder().build())
                .when(rds)
                .modifyDBInstance(any(ModifyDbInstanceRequest.class));
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), captured, false))
                .isInstanceOf(Configured.Configuring.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage-initialization", "storage-optimization", "backing-up"})
    void anInstanceThatCanBeUsedIsConfigured(String status) {
        instances.computeIfPresent(
                COPY, (id, copy) -> copy.toBuilder().dbInstanceStatus(status).build());
        assertThat(configure(false).notApplied()).isEmpty();
    }

    @Test
    void aParameterGroupWaitsForTheRestartThatRdsDoesNotTakeYet() {
        doThrow(InvalidDbInstanceStateException.builder().build()).when(rds).rebootDBInstance(anyReboot());
        var captured = parity.capture(resource("orders"));
        parity.apply(resource("orders"), new CopyName(COPY), captured, false);
        parity.apply(resource("orders"), new CopyName(COPY), captured, false);
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), captured, false))
                .isEqualTo(new Configured.Configuring(List.of("parameterGroup")));
    }

    @Test
    void aCopyThatIsGoneOrBrokenIsNotWaitedFor() {
        var captured = parity.capture(resource("orders"));
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder()
                        .dbInstanceStatus("incompatible-parameters")
                        .build());
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), captured, false))
                .isEqualTo(new Configured.Failed("instance \"%s\" is \"incompatible-parameters\"".formatted(COPY)));
        instances.remove(COPY);
        assertThat(parity.apply(resource("orders"), new CopyName(COPY), captured, false))
                .isEqualTo(new Configured.Failed("instance \"%s\" does not exist any more".formatted(COPY)));
    }

    @Test
    void oneRefusedSettingKeepsOutNoOther() {
        doAnswer(call -> {
                    ModifyDbInstanceRequest request = call.getArgument(0);
                    if (request.monitoringRoleArn() != null) {
                        throw refusal();
                    }
                    return changed(request);
                })
                .when(rds)
                .modifyDBInstance(any(ModifyDbInstanceRequest.class));
        var done = configure(false);
        assertThat(done.notApplied()).containsExactly("monitoring: The role may not be passed");
        assertThat(instances.get(COPY).multiAZ()).isTrue();
        assertThat(instances.get(COPY).deletionProtection()).isTrue();
    }

    @Test
    void whatOnlyARestoreDecidesIsVerified() {
        instances.computeIfPresent(
                COPY, (id, copy) -> copy.toBuilder().storageType("gp3").build());
        assertThat(configure(false).notApplied()).containsExactly("storage: restored as gp3 3000, live has io1 3000");
    }

    @Test
    void inTheRecoveryRegionTheEnvironmentFilesGroupsAreThoseOfTheCopyAndTheRestIsListed() {
        instances.computeIfPresent(
                "orders",
                (id, live) -> live.toBuilder()
                        .kmsKeyId("arn:aws:kms:us-east-1:111122223333:key/1")
                        .build());
        var captured = parity.capture(resource("orders"));
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder()
                        .dbSubnetGroup(group -> group.dbSubnetGroupName("restored"))
                        .kmsKeyId("arn:aws:kms:us-west-2:111122223333:key/2")
                        .build());
        var network = new Network(
                "vpc-1",
                List.of("subnet-1"),
                List.of("sg-1"),
                Optional.of("restored"),
                List.of("sg-99999999"),
                Map.of("orders-pg", "orders-pg"),
                Map.of());
        var away = new RdsParity(rds, new Relocation(Optional.of(network), true));

        var done = configure(away, captured, false);

        assertThat(done.notApplied())
                .containsExactly(
                        "optionGroup: recoveryNetwork.databaseOptionGroups names no counterpart of live's \"orders-options\": the copy has the default",
                        "performanceInsights: live's key is of another region: the copy has RDS's own",
                        "encryption: restored as arn:aws:kms:us-west-2:111122223333:key/2: live's key arn:aws:kms:us-east-1:111122223333:key/1 is of another region");
        assertThat(done.applied()).contains("subnetGroup", "securityGroups", "parameterGroup", "monitoring");
        assertThat(instances.get(COPY).vpcSecurityGroups())
                .extracting(group -> group.vpcSecurityGroupId())
                .containsExactly("sg-99999999");
        assertThat(changes.toString()).doesNotContain("us-east-1", "sg-11111111", "orders-options");
    }

    @Test
    void whereTheSourceIsGoneNothingIsCaptured() {
        assertThat(parity.capture(resource("gone"))).isEqualTo(Settings.NONE);
    }

    private Configured.Done configure(boolean drill) {
        return configure(parity, parity.capture(resource("orders")), drill);
    }

    private static Configured.Done configure(RdsParity parity, Settings captured, boolean drill) {
        for (var pass = 0; pass < 40; pass++) {
            if (parity.apply(resource("orders"), new CopyName(COPY), captured, drill) instanceof Configured.Done done) {
                return done;
            }
        }
        throw new AssertionError(parity.apply(resource("orders"), new CopyName(COPY), captured, drill));
    }

    private DescribeDbInstancesResponse described(Consumer<DescribeDbInstancesRequest.Builder> request) {
        if (request == null) {
            return null;
        }
        var id = DescribeDbInstancesRequest.builder()
                .applyMutation(request)
                .build()
                .dbInstanceIdentifier();
        if (!instances.containsKey(id)) {
            throw DbInstanceNotFoundException.builder().build();
        }
        return DescribeDbInstancesResponse.builder()
                .dbInstances(instances.get(id))
                .build();
    }

    private ModifyDbInstanceResponse changed(ModifyDbInstanceRequest request) {
        if (request == null) {
            return null;
        }
        judge.judge("rds", request);
        assertThat(request.dbInstanceIdentifier()).isEqualTo(COPY);
        assertThat(request.applyImmediately()).isTrue();
        changes.add(request);
        var settings = instances.get(COPY).toBuilder();
        InstanceSettings.apply(request, settings);
        if (request.dbParameterGroupName() != null) {
            settings.dbParameterGroups(group ->
                    group.dbParameterGroupName(request.dbParameterGroupName()).parameterApplyStatus("pending-reboot"));
        }
        instances.put(COPY, settings.build());
        return ModifyDbInstanceResponse.builder().build();
    }

    private AddTagsToResourceResponse tagged(Consumer<AddTagsToResourceRequest.Builder> request) {
        var tags = AddTagsToResourceRequest.builder().applyMutation(request).build();
        judge.judge("rds", tags);
        var all = new ArrayList<>(instances.get(COPY).tagList());
        all.addAll(tags.tags());
        instances.computeIfPresent(
                COPY, (id, copy) -> copy.toBuilder().tagList(all).build());
        return AddTagsToResourceResponse.builder().build();
    }

    private RemoveTagsFromResourceResponse untagged(Consumer<RemoveTagsFromResourceRequest.Builder> request) {
        var keys =
                RemoveTagsFromResourceRequest.builder().applyMutation(request).build();
        judge.judge("rds", keys);
        var all = new ArrayList<>(instances.get(COPY).tagList());
        all.removeIf(tag -> keys.tagKeys().contains(tag.key()) || tag.key().startsWith("aws:"));
        instances.computeIfPresent(
                COPY, (id, copy) -> copy.toBuilder().tagList(all).build());
        return RemoveTagsFromResourceResponse.builder().build();
    }

    private RebootDbInstanceResponse rebooted(Consumer<RebootDbInstanceRequest.Builder> request) {
        judge.judge(
                "rds", RebootDbInstanceRequest.builder().applyMutation(request).build());
        instances.computeIfPresent(
                COPY,
                (id, copy) -> copy.toBuilder()
                        .dbParameterGroups(InstanceSettings.parameterGroup("orders-pg"))
                        .build());
        return RebootDbInstanceResponse.builder().build();
    }

    private static RdsException refusal() {
        return (RdsException) RdsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InvalidParameterCombination")
                        .errorMessage("The role may not be passed")
                        .build())
                .build();
    }

    private static Consumer<DescribeDbInstancesRequest.Builder> anyDescription() {
        return any();
    }

    private static Consumer<AddTagsToResourceRequest.Builder> anyTags() {
        return any();
    }

    private static Consumer<RemoveTagsFromResourceRequest.Builder> anyUntag() {
        return any();
    }

    private static Consumer<RebootDbInstanceRequest.Builder> anyReboot() {
        return any();
    }

    private static Resource resource(String instance) {
        return new Resource.RdsInstance(
                new ResourceName("orders"), instance, new SqlAccess("orders", "shop"), Optional.empty(), List.of());
    }

    private static DBInstance.Builder live() {
        return restored()
                .dbInstanceIdentifier("orders")
                .dbInstanceArn("arn:aws:rds:us-east-1:111122223333:db:orders")
                .multiAZ(true)
                .dbParameterGroups(InstanceSettings.parameterGroup("orders-pg"))
                .optionGroupMemberships(InstanceSettings.optionGroup("orders-options"))
                .vpcSecurityGroups(InstanceSettings.securityGroups(List.of("sg-22222222", "sg-11111111")))
                .monitoringInterval(60)
                .monitoringRoleArn(ROLE)
                .performanceInsightsEnabled(true)
                .performanceInsightsRetentionPeriod(7)
                .performanceInsightsKMSKeyId("arn:aws:kms:us-east-1:111122223333:key/1")
                .enabledCloudwatchLogsExports("postgresql", "upgrade")
                .iamDatabaseAuthenticationEnabled(true)
                .backupRetentionPeriod(14)
                .preferredBackupWindow("03:00-03:30")
                .preferredMaintenanceWindow("sun:05:00-sun:05:30")
                .copyTagsToSnapshot(true)
                .maxAllocatedStorage(1000)
                .publiclyAccessible(true)
                .deletionProtection(true)
                .tagList(
                        tag("env", "prod"),
                        tag("aws:cloudformation:stack-name", "shop"),
                        tag("lifeboat:recovery", "another"));
    }

    private static DBInstance.Builder restored() {
        return DBInstance.builder()
                .dbInstanceIdentifier(COPY)
                .dbInstanceArn("arn:aws:rds:us-east-1:111122223333:db:" + COPY)
                .dbInstanceStatus("available")
                .engine("postgres")
                .engineVersion("16.4")
                .dbInstanceClass("db.r6g.large")
                .storageType("io1")
                .iops(3000)
                .dbSubnetGroup(group -> group.dbSubnetGroupName("private"))
                .multiAZ(false)
                .dbParameterGroups(InstanceSettings.parameterGroup("default.postgres16"))
                .optionGroupMemberships(InstanceSettings.optionGroup("default:postgres-16"))
                .vpcSecurityGroups(InstanceSettings.securityGroups(List.of("sg-00000000")))
                .monitoringInterval(0)
                .performanceInsightsEnabled(false)
                .enabledCloudwatchLogsExports("upgrade")
                .iamDatabaseAuthenticationEnabled(false)
                .backupRetentionPeriod(1)
                .preferredBackupWindow("01:00-01:30")
                .preferredMaintenanceWindow("mon:01:00-mon:01:30")
                .autoMinorVersionUpgrade(true)
                .copyTagsToSnapshot(false)
                .caCertificateIdentifier("rds-ca-rsa2048-g1")
                .publiclyAccessible(false)
                .deletionProtection(false)
                .tagList(tag("lifeboat:recovery", "1"));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
