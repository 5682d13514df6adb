package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;

/// The backups that DynamoDB itself keeps of a table, outside any vault: those made by hand, and the one that it makes
/// of a table with point-in-time recovery when that is deleted, which it keeps for 35 days. They are only read.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html">ListBackups</a>
record TableBackups(DynamoDbClient dynamoDb) {
    /// Those of AWS Backup are not listed here, and no type stands for both of these in every version of the API.
    private static final List<BackupTypeFilter> KINDS = List.of(BackupTypeFilter.SYSTEM, BackupTypeFilter.USER);

    /// Those that can be restored, of a table that may be gone.
    ///
    /// @param tableArn ARN of the live table: its name may have belonged to others in other places
    List<RestorePoint.ServiceBackup> of(String table, String tableArn) {
        return KINDS.stream()
                .flatMap(kind -> listed(table, kind))
                .filter(backup -> backup.backupStatus() == BackupStatus.AVAILABLE)
                .filter(backup -> tableArn.equals(backup.tableArn()))
                .map(backup -> new RestorePoint.ServiceBackup(
                        new RecoveryPointArn(backup.backupArn()), backup.backupCreationDateTime()))
                .toList();
    }

    /// One of them, by its ARN.
    Optional<RestorePoint.ServiceBackup> named(RecoveryPointArn arn, String table, String tableArn) {
        return arn.value().startsWith(tableArn + "/backup/")
                ? of(table, tableArn).stream().filter(having(arn)).findFirst()
                : Optional.empty();
    }

    private static Predicate<RestorePoint.ServiceBackup> having(RecoveryPointArn arn) {
        return backup -> backup.arn().equals(arn);
    }

    private Stream<BackupSummary> listed(String table, BackupTypeFilter kind) {
        var found = new ArrayList<BackupSummary>();
        @Nullable String from = null;
        do {
            @Nullable String start = from;
            ListBackupsResponse page = dynamoDb.listBackups(
                    request -> request.tableName(table).backupType(kind).exclusiveStartBackupArn(start));
            found.addAll(page.backupSummaries());
            from = page.lastEvaluatedBackupArn();
        } while (from != null);
        return found.stream().filter(Objects::nonNull);
    }
}
