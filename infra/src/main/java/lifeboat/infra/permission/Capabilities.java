package lifeboat.infra.permission;

import static lifeboat.infra.permission.LedgerCapabilities.write;
import static lifeboat.infra.permission.Permission.allow;
import static lifeboat.infra.permission.Scope.ALARMS_OF_COPIES;
import static lifeboat.infra.permission.Scope.ALARMS_OF_DRILLS;
import static lifeboat.infra.permission.Scope.ANYTHING;
import static lifeboat.infra.permission.Scope.COPIED_CLUSTERS;
import static lifeboat.infra.permission.Scope.COPIED_DATABASES;
import static lifeboat.infra.permission.Scope.COPIED_INDEXES;
import static lifeboat.infra.permission.Scope.COPIED_TABLES;
import static lifeboat.infra.permission.Scope.COPIES_VAULT;
import static lifeboat.infra.permission.Scope.CREDENTIALS;
import static lifeboat.infra.permission.Scope.DATABASE_GROUPS;
import static lifeboat.infra.permission.Scope.DRILL_CLUSTERS;
import static lifeboat.infra.permission.Scope.DRILL_DATABASES;
import static lifeboat.infra.permission.Scope.DRILL_TABLES;
import static lifeboat.infra.permission.Scope.EXECUTIONS;
import static lifeboat.infra.permission.Scope.KEYS;
import static lifeboat.infra.permission.Scope.LAB_REHEARSAL;
import static lifeboat.infra.permission.Scope.LEDGER;
import static lifeboat.infra.permission.Scope.LIVE_CLUSTERS;
import static lifeboat.infra.permission.Scope.LIVE_DATABASES;
import static lifeboat.infra.permission.Scope.LIVE_INDEXES;
import static lifeboat.infra.permission.Scope.LIVE_TABLES;
import static lifeboat.infra.permission.Scope.PAGES;
import static lifeboat.infra.permission.Scope.READ_CREDENTIALS;
import static lifeboat.infra.permission.Scope.RECORD_MACHINE;
import static lifeboat.infra.permission.Scope.RECOVERY_CREDENTIALS;
import static lifeboat.infra.permission.Scope.RECOVERY_POINTS;
import static lifeboat.infra.permission.Scope.RESTORE_ROLE;
import static lifeboat.infra.permission.Scope.RETAINED_BACKUPS;
import static lifeboat.infra.permission.Scope.ROLES;
import static lifeboat.infra.permission.Scope.SCALABLE_TARGETS;
import static lifeboat.infra.permission.Scope.SCALING_ALARMS_OF_COPIES;
import static lifeboat.infra.permission.Scope.SCALING_ALARMS_OF_DRILLS;
import static lifeboat.infra.permission.Scope.SNAPSHOTS;
import static lifeboat.infra.permission.Scope.STATE_MACHINE;
import static lifeboat.infra.permission.Scope.TABLE_BACKUPS;
import static lifeboat.infra.permission.Scope.TOPIC;
import static lifeboat.infra.permission.Scope.VAULT;

import java.util.LinkedHashSet;
import java.util.List;

/// What the functions need, by what they do. Each list is one capability; a function is given the capabilities of
/// its step.
///
/// @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html">Actions and
///     resources of each service</a>
final class Capabilities {
    private Capabilities() {}

    static final List<Permission> ANNOUNCE =
            List.of(allow("sns:Publish").on(TOPIC).because("tells the contacts"));

    static final List<Permission> WATCH_RECOVERY =
            List.of(allow("states:DescribeExecution").on(EXECUTIONS).because("says whether the recovery still runs"));

    static final List<Permission> START_RECOVERY = List.of(allow("states:StartExecution")
            .on(STATE_MACHINE)
            .because("starts the recovery that a person or schedule asks for"));

    static final List<Permission> DESCRIBE_SOURCES = List.of(
            allow(
                            "dynamodb:DescribeTable",
                            "dynamodb:DescribeContinuousBackups",
                            "dynamodb:DescribeTimeToLive",
                            "dynamodb:DescribeKinesisStreamingDestination",
                            "dynamodb:GetResourcePolicy",
                            "dynamodb:ListTagsOfResource")
                    .on(LIVE_TABLES, COPIED_TABLES)
                    .because("knows the restorable window of a table and the settings that a restore drops"),
            allow("rds:DescribeDBInstances", "rds:DescribeDBInstanceAutomatedBackups", "rds:ListTagsForResource")
                    .on(LIVE_DATABASES, COPIED_DATABASES, RETAINED_BACKUPS)
                    .because(
                            "knows the restorable window of an instance, also one that is gone, and the settings that a restore drops"),
            allow("rds:DescribeDBClusters")
                    .on(LIVE_CLUSTERS, COPIED_CLUSTERS)
                    .because("knows the restorable window of a cluster and the settings that a restore drops"),
            allow("application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies")
                    .on(ANYTHING)
                    .because("knows how the live table scales; these calls have no resources to restrict to"),
            allow("cloudwatch:DescribeAlarms")
                    .on(ANYTHING)
                    .because(
                            "knows which alarms watch the live resource; AWS answers this search only to who may see all alarms"));

    static final List<Permission> CAPTURE_SETTINGS = List.of(allow("dynamodb:DescribeContributorInsights")
            .on(LIVE_TABLES, LIVE_INDEXES)
            .because("knows of which tables and indexes the busiest keys are reported"));

    static final List<Permission> FIND_SNAPSHOTS = List.of(allow("rds:DescribeDBSnapshots")
            .on(LIVE_DATABASES, SNAPSHOTS)
            .because("finds the snapshots outside the vault, for an instance that is gone"));

    static final List<Permission> FIND_RECOVERY_POINTS = List.of(
            allow("dynamodb:ListBackups")
                    .on(ANYTHING)
                    .because(
                            "finds what DynamoDB keeps of a table that was deleted; the call has no resource to restrict to"),
            allow("backup:ListRecoveryPointsByResource")
                    .on(ANYTHING)
                    .because("finds the recovery points of a resource; the call has no resource to restrict to"),
            allow("backup:ListRecoveryPointsByBackupVault")
                    .on(VAULT)
                    .because("finds the recovery points that were copied to this vault"),
            allow("backup:DescribeRecoveryPoint", "backup:GetRecoveryPointRestoreMetadata")
                    .on(RECOVERY_POINTS, VAULT)
                    .because("checks that a recovery point can be restored, and how"));

    static final List<Permission> RESTORE = List.of(
            allow("dynamodb:RestoreTableToPointInTime")
                    .on(LIVE_TABLES, COPIED_TABLES)
                    .because("restores a table to a point in time, as a new table"),
            allow("dynamodb:RestoreTableFromBackup")
                    .on(TABLE_BACKUPS, COPIED_TABLES)
                    .because("restores a table that was deleted from what DynamoDB keeps of it, as a new table"),
            allow(
                            "dynamodb:PutItem",
                            "dynamodb:UpdateItem",
                            "dynamodb:DeleteItem",
                            "dynamodb:GetItem",
                            "dynamodb:Query",
                            "dynamodb:Scan",
                            "dynamodb:BatchWriteItem")
                    .on(COPIED_TABLES)
                    .because("a restore fills the new table with the caller's permissions"),
            allow(
                            "rds:RestoreDBInstanceToPointInTime",
                            "rds:RestoreDBInstanceFromDBSnapshot",
                            "rds:DescribeDBSubnetGroups",
                            "rds:DescribeDBParameterGroups",
                            "rds:DescribeOptionGroups")
                    .on(LIVE_DATABASES, RETAINED_BACKUPS, SNAPSHOTS, COPIED_DATABASES, DATABASE_GROUPS)
                    .because(
                            "restores an instance to a point in time or from a snapshot, as a new instance, without groups that are gone"),
            allow("rds:DescribeAccountAttributes")
                    .on(ANYTHING)
                    .because(
                            "waits while the account has no room for an instance; the call has no resource to restrict to"),
            allow("backup:StartRestoreJob").on(RECOVERY_POINTS).because("restores a recovery point"),
            allow("iam:PassRole")
                    .on(RESTORE_ROLE)
                    .because("AWS Backup restores in a role of ours")
                    .onlyIf("StringEquals", "iam:PassedToService", "backup.amazonaws.com"),
            allow(
                            "kms:DescribeKey",
                            "kms:Decrypt",
                            "kms:Encrypt",
                            "kms:ReEncryptFrom",
                            "kms:ReEncryptTo",
                            "kms:GenerateDataKey",
                            "kms:GenerateDataKeyWithoutPlaintext",
                            "kms:CreateGrant")
                    .on(KEYS)
                    .because("a copy of encrypted data stays encrypted with its key")
                    .onlyIf("StringLike", "kms:ViaService", "dynamodb.*.amazonaws.com", "rds.*.amazonaws.com"));

    static final List<Permission> FOLLOW_RESTORE = List.of(
            allow("backup:DescribeRestoreJob", "backup:ListRestoreJobs")
                    .on(ANYTHING)
                    .because("follows and finds the restore; a restore job has no ARN to restrict to"),
            allow("dynamodb:TagResource").on(COPIED_TABLES).because("marks the copy as this recovery's"),
            allow("rds:AddTagsToResource").on(COPIED_DATABASES).because("marks the copy as this recovery's"));

    static final List<Permission> CONFIGURE = List.of(
            allow(
                            "dynamodb:UpdateTable",
                            "dynamodb:UpdateTimeToLive",
                            "dynamodb:UpdateContinuousBackups",
                            "dynamodb:EnableKinesisStreamingDestination",
                            "dynamodb:PutResourcePolicy",
                            "dynamodb:TagResource")
                    .on(COPIED_TABLES)
                    .because("gives the copy the settings that a restore drops"),
            allow("dynamodb:DescribeContributorInsights", "dynamodb:UpdateContributorInsights")
                    .on(COPIED_TABLES, COPIED_INDEXES)
                    .because("has the busiest keys of the copy reported as those of live are"),
            allow("kms:DescribeKey", "kms:Decrypt")
                    .on(KEYS)
                    .because("changes the settings of a copy that is encrypted with a key of one's own")
                    .onlyIf("StringLike", "kms:ViaService", "dynamodb.*.amazonaws.com"),
            allow("application-autoscaling:RegisterScalableTarget", "application-autoscaling:PutScalingPolicy")
                    .on(SCALABLE_TARGETS)
                    .because("makes the copy scale as live does; the ARN of a target holds no name")
                    .onlyIf("StringEquals", "application-autoscaling:service-namespace", "dynamodb"),
            allow("rds:ModifyDBInstance")
                    .on(COPIED_DATABASES, DATABASE_GROUPS)
                    .because("gives the copy the settings that a restore drops"),
            allow("rds:RebootDBInstance")
                    .on(COPIED_DATABASES)
                    .because("a parameter group takes hold when the copy starts again"),
            allow("iam:PassRole")
                    .on(ROLES)
                    .because("enhanced monitoring of the copy writes in the role that live's monitoring has")
                    .onlyIf("StringEquals", "iam:PassedToService", "monitoring.rds.amazonaws.com"),
            allow("rds:ModifyDBCluster")
                    .on(COPIED_CLUSTERS, DATABASE_GROUPS)
                    .because("gives the copy the settings that a restore drops"),
            allow("rds:AddTagsToResource").on(COPIED_DATABASES, COPIED_CLUSTERS).because("gives the copy its tags"),
            allow("rds:RemoveTagsFromResource")
                    .on(DRILL_DATABASES)
                    .because("a drill's copy must not be selected by the tags of live"),
            allow("cloudwatch:PutMetricAlarm").on(ALARMS_OF_COPIES).because("watches the copy as live is watched"),
            allow("cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms")
                    .on(SCALING_ALARMS_OF_COPIES)
                    .because("Application Auto Scaling makes the alarms of a policy with the caller's permissions"));

    static final List<Permission> CHECK = List.of(
            allow(
                            "dynamodb:Scan",
                            "dynamodb:Query",
                            "dynamodb:GetItem",
                            "dynamodb:BatchGetItem",
                            "dynamodb:DescribeTable")
                    .on(LIVE_TABLES, COPIED_TABLES)
                    .because("compares the copy with live"),
            allow("secretsmanager:GetSecretValue")
                    .on(READ_CREDENTIALS)
                    .because("logs in to the copy and to live, to read them"),
            allow("kms:Decrypt")
                    .on(KEYS)
                    .because("reads data and secrets that are encrypted with a key of one's own")
                    .onlyIf(
                            "StringLike",
                            "kms:ViaService",
                            "dynamodb.*.amazonaws.com",
                            "secretsmanager.*.amazonaws.com"));

    static final List<Permission> TEAR_DOWN = List.of(
            allow("cloudwatch:DeleteAlarms")
                    .on(ALARMS_OF_DRILLS)
                    .because("removes the alarms that watched the copy of a drill"),
            allow("cloudwatch:DeleteAlarms")
                    .on(SCALING_ALARMS_OF_DRILLS)
                    .because("Application Auto Scaling removes the alarms of a policy with the caller's permissions"),
            allow("application-autoscaling:DeregisterScalableTarget")
                    .on(SCALABLE_TARGETS)
                    .because("stops the scaling of the copy of a drill; its name is checked by the code")
                    .onlyIf("StringEquals", "application-autoscaling:service-namespace", "dynamodb"),
            allow("dynamodb:DeleteTable", "dynamodb:UpdateTable")
                    .on(DRILL_TABLES)
                    .because("removes the copy of a drill, once its deletion protection is off"),
            allow("rds:DeleteDBInstance", "rds:ModifyDBInstance")
                    .on(DRILL_DATABASES)
                    .because("removes the copy of a drill, once its deletion protection is off"),
            allow("rds:DeleteDBCluster", "rds:ModifyDBCluster")
                    .on(DRILL_CLUSTERS)
                    .because("removes the copy of a drill, once its deletion protection is off"));

    static final List<Permission> PROVE_BACKUPS = List.of(
            allow("backup:DescribeBackupVault", "backup:ListRecoveryPointsByBackupVault")
                    .on(VAULT, COPIES_VAULT)
                    .because("sees that recovery points exist, are fresh, encrypted and copied"),
            allow("backup:ListBackupJobs", "backup:ListCopyJobs")
                    .on(ANYTHING)
                    .because(
                            "sees which jobs failed and which copies reached the recovery account; the calls have no resource to restrict to"),
            allow("dynamodb:DescribeContinuousBackups")
                    .on(LIVE_TABLES)
                    .because("sees that point-in-time recovery is on"),
            allow("dynamodb:DescribeTable").on(LIVE_TABLES).because("sees that a table is protected from deletion"),
            allow("rds:DescribeDBInstances")
                    .on(LIVE_DATABASES)
                    .because("sees that point-in-time recovery and deletion protection are on"),
            allow("rds:DescribeDBClusters")
                    .on(LIVE_CLUSTERS)
                    .because("sees that point-in-time recovery and deletion protection are on"),
            allow("secretsmanager:DescribeSecret")
                    .on(RECOVERY_CREDENTIALS)
                    .because("sees that the recovery region has the secrets too; no value is read"));

    static final List<Permission> KEEP_PAGES =
            List.of(allow("s3:PutObject").on(PAGES).because("keeps the page of a report as evidence"));

    static final List<Permission> READ_LEDGER = List.of(allow("dynamodb:GetItem", "dynamodb:Query")
            .on(LEDGER)
            .because("finds the copy that live is reconciled with"));

    static final List<Permission> START_RECORDING = List.of(allow("states:StartExecution")
            .on(RECORD_MACHINE)
            .because("starts the recordings that the hour or a person asks for"));

    static final List<Permission> RECORD_CONTENT = List.of(
            allow("dynamodb:Scan", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive")
                    .on(LIVE_TABLES)
                    .because("reads what live holds, to compare copies with it on the day that live is gone"),
            allow("rds:DescribeDBInstances").on(LIVE_DATABASES).because("knows where live is reached"),
            allow("secretsmanager:GetSecretValue").on(READ_CREDENTIALS).because("logs in to live, to read it"),
            allow("kms:Decrypt")
                    .on(KEYS)
                    .because("reads data and secrets that are encrypted with a key of one's own")
                    .onlyIf(
                            "StringLike",
                            "kms:ViaService",
                            "dynamodb.*.amazonaws.com",
                            "secretsmanager.*.amazonaws.com"),
            allow("dynamodb:Query").on(LEDGER).because("adds up what pieces of live held"),
            write("dynamodb:PutItem", "READING#*", "CONTENT#*")
                    .because("keeps what pieces of live held, and writes down the whole; never over what is there"));

    /// Given to one function alone, which stands only where the lab made the databases.
    static final List<Permission> SEED_LAB = List.of(
            allow("rds:DescribeDBInstances").on(LIVE_DATABASES).because("knows where the lab's databases are reached"),
            allow("secretsmanager:GetSecretValue")
                    .on(CREDENTIALS)
                    .because("logs in to the lab's databases, to fill what is empty"));

    static final List<Permission> REHEARSE_ON_DEPLOY = List.of(
            allow("states:StartExecution").on(LAB_REHEARSAL).because("rehearses a recovery when the lab is deployed"));

    @SafeVarargs
    static List<Permission> all(List<Permission>... capabilities) {
        var all = new LinkedHashSet<Permission>();
        for (var capability : capabilities) {
            all.addAll(capability);
        }
        return List.copyOf(all);
    }
}
