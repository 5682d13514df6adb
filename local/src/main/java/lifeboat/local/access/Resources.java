package lifeboat.local.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The resources that a request is about, by AWS's service authorization reference.
final class Resources {
    private static final List<String> ANYTHING = List.of("*");

    /// Calls that IAM knows no resource for.
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            "backup:DescribeRestoreJob",
            "backup:ListRestoreJobs",
            "backup:ListBackupJobs",
            "backup:ListCopyJobs",
            "backup:ListRecoveryPointsByResource",
            "cloudwatch:DescribeAlarms",
            "dynamodb:ListBackups",
            "dynamodb:ListTables",
            "rds:DescribeAccountAttributes",
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies");

    private Resources() {}

    static List<String> of(String service, String operation, Members members, Requests.Arns arns) {
        if (WITHOUT_RESOURCE.contains(service + ":" + operation)) {
            return ANYTHING;
        }
        return switch (service) {
            case "dynamodb" -> tables(operation, members, arns);
            case "rds" -> databases(members, arns);
            case "backup" -> backups(members, arns);
            case "sns" -> List.of(members.needed("TopicArn"));
            case "secretsmanager" -> List.of(secret(members.needed("SecretId"), arns));
            case "states" -> List.of(members.text("StateMachineArn").orElseGet(() -> members.needed("ExecutionArn")));
            case "s3" -> objects(members);
            case "cloudwatch" -> alarms(members, arns);
            case "application-autoscaling" -> List.of(arns.of(service, "scalable-target/1"));
            default ->
                throw new IllegalArgumentException(
                        "what %s:%s is to IAM is not known here".formatted(service, operation));
        };
    }

    private static List<String> tables(String operation, Members members, Requests.Arns arns) {
        List<String> tables = new ArrayList<>();
        for (String member :
                List.of("TableName", "SourceTableName", "SourceTableArn", "TargetTableName", "ResourceArn")) {
            members.text(member).map(arns::table).ifPresent(tables::add);
        }
        members.text("BackupArn").ifPresent(tables::add);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("no table is known of dynamodb:" + operation);
        }
        return members.text("IndexName")
                .map(index -> List.of(tables.getFirst() + "/index/" + index))
                .orElse(tables);
    }

    private static List<String> databases(Members members, Requests.Arns arns) {
        List<String> databases = new ArrayList<>();
        for (String member :
                List.of("DBInstanceIdentifier", "SourceDBInstanceIdentifier", "TargetDBInstanceIdentifier")) {
            members.text(member).map(name -> arns.of("rds", "db:" + name)).ifPresent(databases::add);
        }
        members.text("DBClusterIdentifier")
                .map(name -> arns.of("rds", "cluster:" + name))
                .ifPresent(databases::add);
        members.text("ResourceName").ifPresent(databases::add);
        members.text("DBInstanceAutomatedBackupsArn").ifPresent(databases::add);
        members.text("SourceDBInstanceAutomatedBackupsArn").ifPresent(databases::add);
        members.text("SourceDbiResourceId")
                .ifPresent(_ -> databases.add(arns.of("rds", "auto-backup:ab-somebody-made-up")));
        members.text("DBSnapshotIdentifier")
                .map(id -> id.startsWith("arn:") ? id : arns.of("rds", "snapshot:" + id))
                .ifPresent(databases::add);
        members.text("DBSubnetGroupName")
                .map(name -> arns.of("rds", "subgrp:" + name))
                .ifPresent(databases::add);
        members.text("DBParameterGroupName")
                .map(name -> arns.of("rds", "pg:" + name))
                .ifPresent(databases::add);
        members.text("OptionGroupName")
                .map(name -> arns.of("rds", "og:" + name))
                .ifPresent(databases::add);
        return databases.isEmpty() ? List.of(arns.of("rds", "db:*")) : databases;
    }

    private static List<String> backups(Members members, Requests.Arns arns) {
        return List.of(members.text("RecoveryPointArn")
                .orElseGet(() -> arns.of("backup", "backup-vault:" + members.needed("BackupVaultName"))));
    }

    private static List<String> objects(Members members) {
        String bucket = "arn:aws:s3:::" + members.needed("Bucket");
        return List.of(members.text("Key").map(key -> bucket + "/" + key).orElse(bucket));
    }

    private static List<String> alarms(Members members, Requests.Arns arns) {
        List<String> names = new ArrayList<>(members.texts("AlarmNames"));
        members.text("AlarmName").ifPresent(names::add);
        return names.stream()
                .map(name -> arns.of("cloudwatch", "alarm:" + name))
                .toList();
    }

    /// A secret's ARN ends with six characters of Secrets Manager's own.
    private static String secret(String nameOrArn, Requests.Arns arns) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : arns.of("secretsmanager", "secret:" + nameOrArn + "-a1b2c3");
    }
}
