package lifeboat.aws.rds;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.aws.Arns;
import lifeboat.catalog.Resource;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.RestoreWindow;

/// What RDS itself keeps of an instance, outside the backup vault: its automated backups, those that outlived an
/// instance of that name or were replicated to this region, and snapshots. All of it is only read.
///
/// @see <a
/// href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html">
///     Retaining automated backups</a>
final class InstanceBackups {
    private final RdsClient rds;
    private final Arns home;
    private final boolean away;

    /// @param home ARNs of the live instances
    /// @param away whether this is not their region
    InstanceBackups(RdsClient rds, Arns home, boolean away) {
        this.rds = rds;
        this.home = home;
        this.away = away;
    }

    /// What the automated backups of the live instance can go back to; empty: it is gone, elsewhere, or keeps none.
    Optional<RestoreWindow> window(Resource source) {
        return away
                ? Optional.empty()
                : automated(source)
                        .filter(InstanceBackups::ofLive)
                        .findFirst()
                        .map(DBInstanceAutomatedBackup::restoreWindow);
    }

    /// The windows of automated backups without a live instance here, the newest first: of instances of that name
    /// that were deleted, or replicated from the region of live.
    List<DBInstanceAutomatedBackup> left(Resource source) {
        return automated(source)
                .filter(backup -> away || !ofLive(backup))
                .sorted(Comparator.comparing(InstanceBackups::latest).reversed())
                .toList();
    }

    /// The newest of those whose window holds an instant.
    Optional<RestorePoint> leftAt(Resource source, Instant second) {
        return left(source).stream()
                .filter(backup ->
                        !second.isBefore(backup.restoreWindow().earliestTime()) && !second.isAfter(latest(backup)))
                .findFirst()
                .map(backup -> point(backup, second));
    }

    /// The newest state that any of them holds.
    Optional<RestorePoint> newestLeft(Resource source) {
        return left(source).stream().findFirst().map(backup -> point(backup, latest(backup)));
    }

    private static RestorePoint point(DBInstanceAutomatedBackup backup, Instant time) {
        return new RestorePoint.ServiceBackup(
                new RecoveryPointArn(backup.dbInstanceAutomatedBackupsArn()), time.truncatedTo(ChronoUnit.SECONDS));
    }

    /// The newest snapshot of an instance of that name that is in no vault. In another region a name says nothing
    /// of where a snapshot is from.
    Optional<RestorePoint> newestSnapshot(Resource source) {
        if (away) {
            return Optional.empty();
        }
        return rds
                .describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(source.physicalName()))
                .dbSnapshots()
                .stream()
                .filter(InstanceBackups::usable)
                .max(Comparator.comparing(InstanceBackups::takenAt))
                .map(InstanceBackups::point);
    }

    /// A snapshot in no vault, by its ARN; empty: there is none, or it is of another instance.
    Optional<RestorePoint> snapshot(RecoveryPointArn arn, Resource source) {
        try {
            return rds.describeDBSnapshots(request -> request.dbSnapshotIdentifier(arn.value())).dbSnapshots().stream()
                    .filter(InstanceBackups::usable)
                    .filter(snapshot -> source.physicalName().equals(snapshot.dbInstanceIdentifier()))
                    .findFirst()
                    .map(InstanceBackups::point);
        } catch (DbSnapshotNotFoundException e) {
            return Optional.empty();
        }
    }

    /// Whether an ARN is that of a snapshot which AWS Backup does not keep.
    static boolean isSnapshot(RecoveryPointArn arn) {
        return arn.value().contains(":snapshot:") && !arn.value().contains(":snapshot:awsbackup:");
    }

    /// The id of the instance that automated backups are of. Its name may be another's by now.
    Optional<String> resourceId(RecoveryPointArn automatedBackups) {
        return rds
                .describeDBInstanceAutomatedBackups(
                        request -> request.dbInstanceAutomatedBackupsArn(automatedBackups.value()))
                .dbInstanceAutomatedBackups()
                .stream()
                .map(DBInstanceAutomatedBackup::dbiResourceId)
                .findFirst();
    }

    private static boolean usable(DBSnapshot snapshot) {
        return "available".equals(snapshot.status())
                && !"awsbackup".equals(snapshot.snapshotType())
                && !snapshot.dbSnapshotArn().contains(":snapshot:awsbackup:")
                && snapshot.snapshotCreateTime() != null;
    }

    /// A copied snapshot was created later than what it holds.
    private static Instant takenAt(DBSnapshot snapshot) {
        return snapshot.originalSnapshotCreateTime() == null
                ? snapshot.snapshotCreateTime()
                : snapshot.originalSnapshotCreateTime();
    }

    private static RestorePoint point(DBSnapshot snapshot) {
        return new RestorePoint.ServiceBackup(new RecoveryPointArn(snapshot.dbSnapshotArn()), takenAt(snapshot));
    }

    private Stream<DBInstanceAutomatedBackup> automated(Resource source) {
        try {
            return rds
                    .describeDBInstanceAutomatedBackupsPaginator(
                            request -> request.dbInstanceIdentifier(source.physicalName()))
                    .dbInstanceAutomatedBackups()
                    .stream()
                    .filter(backup -> !away || home.of(source).equals(backup.dbInstanceArn()))
                    .filter(InstanceBackups::hasWindow)
                    .toList()
                    .stream();
        } catch (DbInstanceAutomatedBackupNotFoundException | DbInstanceNotFoundException e) {
            return Stream.empty(); // the instance may be what was lost; its recovery points are not
        }
    }

    private static boolean hasWindow(DBInstanceAutomatedBackup backup) {
        RestoreWindow window = backup.restoreWindow();
        return window != null && window.earliestTime() != null && window.latestTime() != null;
    }

    private static boolean ofLive(DBInstanceAutomatedBackup backup) {
        return "active".equals(backup.status());
    }

    private static Instant latest(DBInstanceAutomatedBackup backup) {
        return backup.restoreWindow().latestTime();
    }
}
