package lifeboat.local.aws;

import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InstanceQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.PointInTimeRestoreNotEnabledException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What RDS answers where it will not.
final class InstanceRefusals {
    private InstanceRefusals() {}

    static RuntimeException noInstance(String id) {
        return Refusals.of(
                        DbInstanceNotFoundException.builder(),
                        "DBInstanceNotFound",
                        "DBInstance %s not found.".formatted(id))
                .statusCode(404)
                .build();
    }

    static RuntimeException instanceExists(String id) {
        return Refusals.of(
                        DbInstanceAlreadyExistsException.builder(),
                        "DBInstanceAlreadyExists",
                        "DB instance already exists: " + id)
                .build();
    }

    static RuntimeException wrongState(String id, String status) {
        return Refusals.of(
                        InvalidDbInstanceStateException.builder(),
                        "InvalidDBInstanceState",
                        "Instance %s is not currently in the available state: %s.".formatted(id, status))
                .build();
    }

    static RuntimeException noSnapshot(String id) {
        return Refusals.of(DbSnapshotNotFoundException.builder(), "DBSnapshotNotFound", "DBSnapshot not found: " + id)
                .statusCode(404)
                .build();
    }

    static RuntimeException snapshotExists(String id) {
        return Refusals.of(
                        DbSnapshotAlreadyExistsException.builder(),
                        "DBSnapshotAlreadyExists",
                        "Cannot create the snapshot because a snapshot with the identifier %s already exists."
                                .formatted(id))
                .build();
    }

    static RuntimeException recoveryOff(String id) {
        return Refusals.of(
                        PointInTimeRestoreNotEnabledException.builder(),
                        "PointInTimeRestoreNotEnabled",
                        "Point in time restore is not enabled for this instance: " + id)
                .build();
    }

    static RuntimeException quota() {
        return Refusals.of(
                        InstanceQuotaExceededException.builder(),
                        "InstanceQuotaExceeded",
                        "Instance quota exceeded: 40 DB instances")
                .build();
    }

    static RuntimeException noSecurityGroup(String id) {
        return value("Invalid security group , groupId= %s, groupName=.".formatted(id));
    }

    static RuntimeException combination(String message) {
        return Refusals.of(RdsException.builder(), "InvalidParameterCombination", message)
                .build();
    }

    static RuntimeException value(String message) {
        return Refusals.of(RdsException.builder(), "InvalidParameterValue", message)
                .build();
    }
}
