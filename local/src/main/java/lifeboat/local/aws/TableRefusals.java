package lifeboat.local.aws;

import software.amazon.awssdk.services.dynamodb.model.BackupInUseException;
import software.amazon.awssdk.services.dynamodb.model.BackupNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

/// What DynamoDB answers where it will not.
final class TableRefusals {
    private TableRefusals() {}

    static RuntimeException noSuchTable(String table) {
        return Refusals.of(
                        ResourceNotFoundException.builder(),
                        "ResourceNotFoundException",
                        "Requested resource not found: Table: %s not found".formatted(table))
                .build();
    }

    static RuntimeException inUse(String table) {
        return Refusals.of(
                        ResourceInUseException.builder(),
                        "ResourceInUseException",
                        "Attempt to change a resource which is still in use: Table is being created or deleted: "
                                + table)
                .build();
    }

    static RuntimeException invalid(String message) {
        return Refusals.of(DynamoDbException.builder(), "ValidationException", message)
                .build();
    }

    static RuntimeException noPolicy(String arn) {
        return Refusals.of(
                        PolicyNotFoundException.builder(),
                        "PolicyNotFoundException",
                        "Resource-based policy not found for the provided ResourceArn: " + arn)
                .build();
    }

    static RuntimeException noSource(String table) {
        return Refusals.of(TableNotFoundException.builder(), "TableNotFoundException", "Table not found: " + table)
                .build();
    }

    static RuntimeException sourceInUse(String table) {
        return Refusals.of(TableInUseException.builder(), "TableInUseException", "Table is being deleted: " + table)
                .build();
    }

    static RuntimeException targetInUse(String table) {
        return Refusals.of(
                        TableInUseException.builder(),
                        "TableInUseException",
                        "Table is being created or restored: " + table)
                .build();
    }

    static RuntimeException noBackup(String arn) {
        return Refusals.of(BackupNotFoundException.builder(), "BackupNotFoundException", "Backup not found: " + arn)
                .build();
    }

    static RuntimeException backupInUse(String arn) {
        return Refusals.of(
                        BackupInUseException.builder(),
                        "BackupInUseException",
                        "Backup is being used by another operation: " + arn)
                .build();
    }

    static RuntimeException targetExists(String table) {
        return Refusals.of(
                        TableAlreadyExistsException.builder(),
                        "TableAlreadyExistsException",
                        "Table already exists: " + table)
                .build();
    }

    static RuntimeException recoveryOff(String table) {
        return Refusals.of(
                        PointInTimeRecoveryUnavailableException.builder(),
                        "PointInTimeRecoveryUnavailableException",
                        "Point in time recovery is not enabled for table '%s'".formatted(table))
                .build();
    }

    static RuntimeException outsideWindow(String window) {
        return Refusals.of(
                        InvalidRestoreTimeException.builder(),
                        "InvalidRestoreTimeException",
                        "Invalid restore time. Restorable window: " + window)
                .build();
    }

    static RuntimeException tooManyRestores() {
        return Refusals.of(
                        LimitExceededException.builder(),
                        "LimitExceededException",
                        "Subscriber limit exceeded: Only 50 tables can be restored simultaneously")
                .build();
    }
}
