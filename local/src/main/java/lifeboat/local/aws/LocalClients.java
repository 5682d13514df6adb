package lifeboat.local.aws;

import java.util.List;
import lifeboat.aws.Clients;
import lifeboat.catalog.RegionName;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.PostgresEngine;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/// AWS on this machine: one client a service, each going over a judged line to a stand-in or an engine.
public final class LocalClients implements Clients, AutoCloseable {
    private final World world;
    private final DynamoDbClient dynamoDb;
    private final BackupClient backup;
    private final RdsStandIn instances;
    private final RdsClient rds;
    private final SnsStandIn topics;
    private final SnsClient sns;
    private final SecretsManagerClient secrets;
    private final SfnStandIn machines;
    private final SfnClient stepFunctions;
    private final S3Client s3;
    private final CloudWatchStandIn metrics;
    private final CloudWatchClient cloudWatch;
    private final ApplicationAutoScalingClient autoScaling;
    private final DynamoDbClient local;
    private final DynamoDbClient items;

    /// Puts the stand-ins before the engines. The engines stay their owner's to close.
    public LocalClients(World world, DynamoDbEngine tables, PostgresEngine databases) {
        this.world = world;
        local = tables.client();
        items = tables.items();
        DynamoDbStandIn standIn = new DynamoDbStandIn(world, tables, local);
        dynamoDb = Line.to(
                DynamoDbClient.class,
                world,
                List.of(standIn, new TableAttachments(world, standIn, local), standIn.backups()),
                local);
        instances = new RdsStandIn(world, databases);
        rds = Line.to(
                RdsClient.class, world, List.of(instances, instances.groups(), new InstanceTags(instances)), null);
        List<ProtectedStore> stores =
                List.of(new ProtectedTables(world, tables, standIn), new ProtectedInstances(world, instances));
        backup = Line.to(BackupClient.class, world, List.of(new BackupStandIn(world, stores)), null);
        topics = new SnsStandIn(world);
        sns = Line.to(SnsClient.class, world, List.of(topics), null);
        secrets = Line.to(SecretsManagerClient.class, world, List.of(new SecretsManagerStandIn(world)), null);
        machines = new SfnStandIn(world);
        stepFunctions = Line.to(SfnClient.class, world, List.of(machines), null);
        s3 = Line.to(S3Client.class, world, List.of(new S3StandIn(world)), null);
        metrics = new CloudWatchStandIn(world);
        cloudWatch = Line.to(CloudWatchClient.class, world, List.of(metrics), null);
        autoScaling = Line.to(ApplicationAutoScalingClient.class, world, List.of(new AutoScalingStandIn(world)), null);
    }

    public World world() {
        return world;
    }

    @Override
    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /// Straight to the engine: whole tables are read and repaired as they are, and no request of it is judged.
    @Override
    public DynamoDbClient items() {
        return items;
    }

    @Override
    public BackupClient backup() {
        return backup;
    }

    /// There is one region here: what lies in another is out of reach.
    @Override
    public BackupClient backup(RegionName region) {
        throw SdkClientException.create("no other region is stood in for here: " + region);
    }

    @Override
    public RdsClient rds() {
        return rds;
    }

    @Override
    public SnsClient sns() {
        return sns;
    }

    @Override
    public SecretsManagerClient secrets() {
        return secrets;
    }

    /// There is one region here: what lies in another is out of reach.
    @Override
    public SecretsManagerClient secrets(RegionName region) {
        throw SdkClientException.create("no other region is stood in for here: " + region);
    }

    @Override
    public SfnClient stepFunctions() {
        return stepFunctions;
    }

    @Override
    public S3Client s3() {
        return s3;
    }

    @Override
    public CloudWatchClient cloudWatch() {
        return cloudWatch;
    }

    @Override
    public ApplicationAutoScalingClient autoScaling() {
        return autoScaling;
    }

    /// The stand-in itself, to ship its logs.
    public RdsStandIn instances() {
        return instances;
    }

    /// The stand-in itself, to read what was published.
    public SnsStandIn topics() {
        return topics;
    }

    /// The stand-in itself, to deploy state machines.
    public SfnStandIn machines() {
        return machines;
    }

    /// The stand-in itself, to read the metrics.
    public CloudWatchStandIn metrics() {
        return metrics;
    }

    @Override
    public void close() {
        instances.close();
        items.close();
        local.close();
    }
}
