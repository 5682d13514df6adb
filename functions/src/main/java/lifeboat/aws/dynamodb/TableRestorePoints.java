package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

/// Decides what a table is restored from. Of a table that is there, its point-in-time recovery comes first; of one that
/// is gone, whatever holds the latest state that was asked for: a recovery point of the vault, the backup that DynamoDB
/// made when the table was deleted, or one made by hand.
///
/// @param home ARNs of the live tables
/// @param away whether live is out of reach, so that only recovery points are at hand
record TableRestorePoints(
        DynamoDbClient dynamoDb, RecoveryPoints points, Arns home, boolean away, InstantSource clock) {

    /// What point-in-time recovery has to offer.
    private sealed interface Window {
        record Open(Instant earliest, Instant latest) implements Window {}

        /// The table is there, and cannot go back to any second.
        record Off() implements Window {}

        /// The table is gone, or in another region.
        record OutOfReach() implements Window {}
    }

    RestorePoint choose(Resource source, Target target) {
        return switch (target) {
            case Target.Latest() -> latest(source);
            case Target.LatestRecoveryPoint() -> points.newestOf(source, home.of(source));
            case Target.FromRecoveryPoint(var point) ->
                (away
                                ? Optional.<RestorePoint.ServiceBackup>empty()
                                : backups().named(point, name(source), home.of(source)))
                        .<RestorePoint>map(backup -> backup)
                        .orElseGet(() -> points.named(point, source, home.of(source)));
            case Target.PointInTime(var at) -> pointInTime(source, at);
        };
    }

    private RestorePoint latest(Resource source) {
        return switch (window(source)) {
            case Window.Open open -> new RestorePoint.Continuous(open.latest().truncatedTo(ChronoUnit.SECONDS));
            case Window.Off() -> points.newestOf(source, home.of(source));
            case Window.OutOfReach() ->
                newest(source, Instant.MAX).orElseGet(() -> points.newestOf(source, home.of(source)));
        };
    }

    private RestorePoint pointInTime(Resource source, Instant at) {
        return switch (window(source)) {
            case Window.Open open -> inside(open, source, at.truncatedTo(ChronoUnit.SECONDS));
            case Window.Off() ->
                throw new Invalid(
                        "LB-202",
                        "at \"%s\": table \"%s\" has no point-in-time recovery here. hint: give recoveryPoint, or from RECOVERY_POINT"
                                .formatted(at, name(source)));
            case Window.OutOfReach() ->
                newest(source, at)
                        .orElseThrow(() -> new Invalid(
                                "LB-202",
                                "at \"%s\": table \"%s\" is not there, and no recovery point or backup of it is of that time or earlier. hint: leave out at for the newest there is"
                                        .formatted(at, name(source))));
        };
    }

    /// What is not restorable yet is waited for when the restore is asked for.
    private RestorePoint inside(Window.Open window, Resource source, Instant second) {
        boolean toCome = second.isAfter(window.latest()) && !second.isAfter(clock.instant());
        if (second.isBefore(window.earliest()) || (second.isAfter(window.latest()) && !toCome)) {
            throw outside(window, source, second);
        }
        return new RestorePoint.Continuous(second);
    }

    private static Invalid outside(Window.Open window, Resource source, Instant second) {
        return new Invalid(
                "LB-202",
                "at \"%s\" is outside the restorable window of table \"%s\": %s to %s"
                        .formatted(second, name(source), window.earliest(), window.latest()));
    }

    /// The one that loses least: of the time asked for, or the nearest before it.
    private Optional<RestorePoint> newest(Resource source, Instant notAfter) {
        Stream<RestorePoint> vault = points.all(home.of(source)).stream().map(point -> point);
        Stream<RestorePoint> service = away
                ? Stream.of()
                : backups().of(name(source), home.of(source)).stream().map(backup -> backup);
        return Stream.concat(vault, service)
                .filter(point -> !point.time().isAfter(notAfter))
                .max(Comparator.comparing(RestorePoint::time));
    }

    /// Up to when the table can be restored; empty: it has no point-in-time recovery.
    Optional<Instant> restorableUpTo(Resource source) {
        return window(source) instanceof Window.Open open ? Optional.of(open.latest()) : Optional.empty();
    }

    private Window window(Resource source) {
        if (away) {
            return new Window.OutOfReach();
        }
        try {
            return window(dynamoDb.describeContinuousBackups(request -> request.tableName(name(source)))
                    .continuousBackupsDescription()
                    .pointInTimeRecoveryDescription());
        } catch (TableNotFoundException | ResourceNotFoundException e) {
            return new Window.OutOfReach(); // the table is what was lost
        }
    }

    private static Window window(PointInTimeRecoveryDescription recovery) {
        return recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED
                        && recovery.latestRestorableDateTime() != null
                ? new Window.Open(recovery.earliestRestorableDateTime(), recovery.latestRestorableDateTime())
                : new Window.Off();
    }

    private TableBackups backups() {
        return new TableBackups(dynamoDb);
    }

    private static String name(Resource source) {
        return source.physicalName();
    }
}
