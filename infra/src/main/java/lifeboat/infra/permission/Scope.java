package lifeboat.infra.permission;

import static java.util.stream.Collectors.toCollection;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Resource.AuroraCluster;
import lifeboat.catalog.Resource.DynamoDbTable;
import lifeboat.catalog.Resource.EbsVolume;
import lifeboat.catalog.Resource.EfsFileSystem;
import lifeboat.catalog.Resource.RdsInstance;
import lifeboat.catalog.Resource.S3Bucket;
import lifeboat.catalog.SqlAccess;
import lifeboat.infra.site.Site;
import lifeboat.restore.CopyName;

/// What a permission reaches, as ARNs of one region.
///
/// Live resources are named one by one while they are few. Past [#NAMED_AT_MOST] of a kind, or past
/// [#NAMED_IN_CHARACTERS], a policy would outgrow what IAM allows, so the whole kind is meant: reading and
/// restoring *from* it, never more.
///
/// A pattern stands only where the rest of a name is not known when this is deployed: restored copies get theirs
/// from the recovery, behind a prefix that nothing else has; each other pattern says what it is for.
public enum Scope {
    /// The ledger with all of its indexes.
    LEDGER(site -> List.of(
            site.arn("dynamodb", "table/" + site.ledgerName()),
            site.arn("dynamodb", "table/" + site.ledgerName() + "/index/*"))),
    TOPIC(site -> List.of(site.topicArn())),
    STATE_MACHINE(site -> List.of(site.stateMachineArn())),
    LAB_REHEARSAL(site -> List.of(site.labRehearsalArn())),
    RECORD_MACHINE(site -> List.of(site.recordArn())),
    RECONCILE_MACHINE(site -> List.of(site.reconcileArn())),
    /// Executions are named when they are started.
    RECONCILES(site -> List.of(site.arn("states", "execution:" + site.named("reconcile") + ":*"))),
    /// Executions are named when they are started.
    EXECUTIONS(site -> List.of(site.arn("states", "execution:" + site.named("recovery") + ":*"))),
    VAULT(site -> List.of(site.vaultArn())),
    COPIES_VAULT(site -> List.of(Site.recovery(site.environment()).vaultArn())),
    /// Pages are named by their period, under a prefix of their own.
    PAGES(site -> evidence(site, "reports/*")),
    /// Verdicts are named by their recovery, under a prefix of their own.
    VERDICTS(site -> evidence(site, "verdicts/*")),
    PLANS_BUCKET(site -> List.of(site.worldArn("s3", site.plansBucket()))),
    /// All of the bucket, which is for plans and their undo logs only.
    PLANS(site -> List.of(site.worldArn("s3", site.plansBucket() + "/*"))),
    RESTORE_ROLE(site -> List.of(site.globalArn("iam", "role/" + site.restoreRoleName()))),
    /// AWS Backup makes up the names of recovery points, and of the snapshots and backups that they are.
    RECOVERY_POINTS(site -> List.of(
            site.arn("backup", "recovery-point:*"),
            site.arn("rds", "snapshot:awsbackup:*"),
            site.arn("rds", "cluster-snapshot:awsbackup:*"),
            site.snapshotArns(),
            site.arn("dynamodb", "table/*/backup/*"))),
    LIVE_TABLES(site -> live(site, DynamoDbTable.class, table -> site.arn("dynamodb", "table/" + table.table()))),
    /// AWS knows an index as a resource of its own.
    LIVE_INDEXES(site ->
            live(site, DynamoDbTable.class, table -> site.arn("dynamodb", "table/" + table.table() + "/index/*"))),
    /// DynamoDB makes up the names of the backups that it keeps of a table.
    TABLE_BACKUPS(site -> List.of(site.arn("dynamodb", "table/*/backup/*"))),
    LIVE_DATABASES(site -> live(site, RdsInstance.class, db -> site.arn("rds", "db:" + db.instance()))),
    LIVE_CLUSTERS(site -> live(site, AuroraCluster.class, db -> site.arn("rds", "cluster:" + db.cluster()))),
    LIVE_BUCKETS(site -> live(site, S3Bucket.class, s3 -> site.worldArn("s3", s3.bucket()))),
    LIVE_FILE_SYSTEMS(site ->
            live(site, EfsFileSystem.class, efs -> site.arn("elasticfilesystem", "file-system/" + efs.fileSystem()))),
    LIVE_VOLUMES(site -> live(site, EbsVolume.class, ebs -> site.arn("ec2", "volume/" + ebs.volume()))),
    DRILL_TABLES(site -> List.of(site.arn("dynamodb", "table/" + CopyName.DRILL_PREFIX + "*"))),
    COPIED_TABLES(site -> copies(name -> site.arn("dynamodb", "table/" + name))),
    COPIED_INDEXES(site -> copies(name -> site.arn("dynamodb", "table/" + name + "/index/*"))),
    DRILL_DATABASES(site -> List.of(site.arn("rds", "db:" + CopyName.DRILL_PREFIX + "*"))),
    COPIED_DATABASES(site -> copies(name -> site.arn("rds", "db:" + name))),
    DRILL_CLUSTERS(site -> List.of(site.arn("rds", "cluster:" + CopyName.DRILL_PREFIX + "*"))),
    COPIED_CLUSTERS(site -> copies(name -> site.arn("rds", "cluster:" + name))),
    ALARMS_OF_COPIES(site -> copies(name -> site.arn("cloudwatch", "alarm:" + name))),
    ALARMS_OF_DRILLS(site -> List.of(site.arn("cloudwatch", "alarm:" + CopyName.DRILL_PREFIX + "*"))),
    /// Application Auto Scaling names the alarms of a policy after what it scales.
    SCALING_ALARMS_OF_COPIES(site -> copies(name -> site.arn("cloudwatch", "alarm:TargetTracking-table/" + name))),
    SCALING_ALARMS_OF_DRILLS(
            site -> List.of(site.arn("cloudwatch", "alarm:TargetTracking-table/" + CopyName.DRILL_PREFIX + "*"))),
    /// The secrets of whoever repairs.
    CREDENTIALS(site -> credentials(site, SqlAccess::credentials)),
    /// The secrets of whoever only reads.
    READ_CREDENTIALS(site -> credentials(site, SqlAccess::readingCredentials)),
    /// The same in the recovery region.
    RECOVERY_CREDENTIALS(site -> credentials(Site.recovery(site.environment()), SqlAccess::readingCredentials)),
    /// Which keys data and secrets are encrypted with is seen only when they are read: each permission
    /// restricts its use to the service that reads them.
    KEYS(site -> List.of(site.arn("kms", "key/*"))),
    /// RDS makes up the names of automated backups.
    RETAINED_BACKUPS(site -> List.of(site.arn("rds", "auto-backup:*"))),
    /// Snapshots outside the vault have the names that people gave them.
    SNAPSHOTS(site -> List.of(site.arn("rds", "snapshot:*"))),
    DRILL_BUCKETS(site -> List.of(site.worldArn("s3", CopyName.DRILL_PREFIX + "*"))),
    COPIED_BUCKETS(site -> copies(name -> site.worldArn("s3", name))),
    /// A copy gets the groups that live has at that time, which the environment file does not name.
    DATABASE_GROUPS(site -> Stream.of("subgrp", "pg", "cluster-pg", "og")
            .map(kind -> site.arn("rds", kind + ":*"))
            .toList()),
    /// The ARN of a target holds an id that is made up by AWS, and no name.
    SCALABLE_TARGETS(site -> List.of(site.arn("application-autoscaling", "scalable-target/*"))),
    /// The role of live's monitoring, which the environment file does not name. The permission restricts
    /// to which service it may be passed.
    ROLES(site -> List.of(site.globalArn("iam", "role/*"))),
    /// For calls that know no resource; each permission says so.
    ANYTHING(site -> List.of("*"));

    /// How many live resources of a kind are named one by one in a policy.
    public static final int NAMED_AT_MOST = 15;

    /// How many characters their ARNs may take: all policies of a role together have 10,240, and a role names
    /// each kind up to four times.
    public static final int NAMED_IN_CHARACTERS = 600;

    private final Function<Site, List<String>> arns;

    Scope(Function<Site, List<String>> arns) {
        this.arns = arns;
    }

    /// The ARNs, or patterns of ARNs, in that region. Empty where the environment has nothing of the kind.
    public List<String> arns(Site site) {
        return arns.apply(site);
    }

    private static List<String> evidence(Site site, String keys) {
        return site.evidenceBucket().map(bucket -> site.worldArn("s3", bucket + "/" + keys)).stream()
                .toList();
    }

    private static List<String> copies(Function<String, String> arn) {
        return Stream.of(CopyName.DRILL_PREFIX, CopyName.INCIDENT_PREFIX)
                .map(prefix -> arn.apply(prefix + "*"))
                .toList();
    }

    private static <R extends Resource> List<String> live(Site site, Class<R> kind, Function<R, String> arn) {
        return fewOrWholeKind(
                resources(site).filter(kind::isInstance).map(kind::cast).map(arn));
    }

    private static List<String> credentials(Site site, Function<SqlAccess, String> which) {
        var secrets = resources(site).flatMap(resource -> switch (resource) {
            case RdsInstance rds -> Stream.of(which.apply(rds.sql()));
            case AuroraCluster aurora -> Stream.of(which.apply(aurora.sql()));
            case DynamoDbTable _, S3Bucket _, EfsFileSystem _, EbsVolume _ -> Stream.empty();
        });
        // Secrets Manager adds six characters of its own to the name.
        return fewOrWholeKind(secrets.map(name -> site.arn("secretsmanager", "secret:" + name + "-??????")));
    }

    private static Stream<Resource> resources(Site site) {
        return site.environment().workloads().stream().flatMap(workload -> workload.resources().stream());
    }

    private static List<String> fewOrWholeKind(Stream<String> arns) {
        var named = arns.collect(toCollection(TreeSet::new));
        var characters = named.stream().mapToInt(String::length).sum();
        return named.size() <= NAMED_AT_MOST && characters <= NAMED_IN_CHARACTERS
                ? List.copyOf(named)
                : List.of(wholeKind(named.first()));
    }

    private static String wholeKind(String arn) {
        return arn.replaceFirst("^((?:[^:]*:){5}(?:(?:table|file-system|volume)/|(?:db|cluster|secret):)?).*$", "$1*");
    }
}
