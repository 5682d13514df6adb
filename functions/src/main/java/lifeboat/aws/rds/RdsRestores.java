package lifeboat.aws.rds;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAutomatedBackupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.RestoreWindow;
import software.amazon.awssdk.services.rds.model.Tag;

/// Restores RDS instances: by their own automated backups to any second, or from a recovery point of AWS
/// Backup.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">Restoring a DB instance to a
///     specified time</a>
public final class RdsRestores implements Restores {
    private static final int AT_ONCE = 40;
    private static final Ticket NATIVE = new Ticket("native");
    private final RdsClient rds;
    private final RecoveryPoints points;
    private final RestoreJobs jobs;
    private final Arns home;
    private final boolean away;
    private final InstantSource clock;

    /// Restores in the region of the clients.
    ///
    /// @param home ARNs of the live instances
    /// @param away whether this is not the region of the live instances, so that only recovery points are at
    ///     hand
    public RdsRestores(
            RdsClient rds, RecoveryPoints points, RestoreJobs jobs, Arns home, boolean away, InstantSource clock) {
        this.rds = rds;
        this.points = points;
        this.jobs = jobs;
        this.home = home;
        this.away = away;
        this.clock = clock;
    }

    @Override
    public RestorePoint choose(Resource source, Target target) {
        String arn = home.of(source);
        return switch (target) {
            case Target.Latest() ->
                window(source)
                        .<RestorePoint>map(window ->
                                new RestorePoint.Continuous(window.latestTime().truncatedTo(ChronoUnit.SECONDS)))
                        .orElseGet(() -> points.newestOf(source, arn));
            case Target.LatestRecoveryPoint() -> points.newestOf(source, arn);
            case Target.FromRecoveryPoint(var point) -> points.named(point, source, arn);
            case Target.PointInTime(var at) -> pointInTime(source, at);
        };
    }

    private RestorePoint pointInTime(Resource source, Instant at) {
        RestoreWindow window = window(source)
                .orElseThrow(() -> new Invalid(
                        "LB-202",
                        "at \"%s\": instance \"%s\" has no automated backups here. hint: give recoveryPoint, or from RECOVERY_POINT"
                                .formatted(at, source.physicalName())));
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(window.earliestTime()) || second.isAfter(window.latestTime())) {
            throw new Invalid(
                    "LB-202",
                    "at \"%s\" is outside the restorable window of instance \"%s\": %s to %s"
                            .formatted(at, source.physicalName(), window.earliestTime(), window.latestTime()));
        }
        return new RestorePoint.Continuous(second);
    }

    private Optional<RestoreWindow> window(Resource source) {
        if (away) {
            return Optional.empty();
        }
        try {
            return rds
                    .describeDBInstanceAutomatedBackups(request -> request.dbInstanceIdentifier(source.physicalName()))
                    .dbInstanceAutomatedBackups()
                    .stream()
                    .filter(backup -> "active".equals(backup.status()))
                    .map(DBInstanceAutomatedBackup::restoreWindow)
                    .filter(window -> window != null && window.earliestTime() != null && window.latestTime() != null)
                    .findFirst();
        } catch (DbInstanceAutomatedBackupNotFoundException | DbInstanceNotFoundException e) {
            return Optional.empty(); // the instance may be what was lost; its recovery points are not
        }
    }

    @Override
    public Started start(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous(var time) -> new Started.Underway(restoreNatively(order, time));
            case RestorePoint.Snapshot snapshot ->
                jobs.start(
                        snapshot,
                        order.copy(),
                        InstanceSettings.of(order.settings()).asMetadata(order.copy()));
            case RestorePoint.ServiceBackup _ -> throw noServiceBackup();
        };
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Optional<Ticket> find(RestoreOrder order) {
        return switch (order.point()) {
            case RestorePoint.Continuous _ -> Optional.of(NATIVE);
            case RestorePoint.Snapshot snapshot -> jobs.find(snapshot, order.copy());
            case RestorePoint.ServiceBackup _ -> throw noServiceBackup();
        };
    }

    private static IllegalStateException noServiceBackup() {
        return new IllegalStateException("an instance is never planned from a backup outside the vault");
    }

    private Ticket restoreNatively(RestoreOrder order, Instant time) {
        InstanceSettings settings = InstanceSettings.of(order.settings());
        try {
            rds.restoreDBInstanceToPointInTime(request -> settings.into(request)
                    .sourceDBInstanceIdentifier(order.source().physicalName())
                    .targetDBInstanceIdentifier(order.copy().value())
                    .restoreTime(time)
                    .deletionProtection(false)
                    .tags(tags(order.tags())));
        } catch (DbInstanceAlreadyExistsException e) {
            // started before: the name holds the recovery's id, and progress() proves by the tags that it is this
            // restore's
            return NATIVE;
        }
        return NATIVE;
    }

    @Override
    public Progress progress(RestoreOrder order, Ticket ticket) {
        if (!RestoreJobs.issued(ticket)) {
            return restoredNatively(order);
        }
        Progress job = jobs.progress(ticket, order.copy());
        if (!(job instanceof Progress.Available)) {
            return job;
        }
        Progress instance = available(order.copy(), job);
        if (instance instanceof Progress.Available) {
            tag(order);
        }
        return instance;
    }

    private Progress restoredNatively(RestoreOrder order) {
        Progress progress = available(order.copy(), new Progress.Available(clock.instant(), false, ""));
        if (progress instanceof Progress.Available
                && !Instances.tags(rds, order.copy().value())
                        .entrySet()
                        .containsAll(order.tags().entrySet())) {
            return new Progress.Failed(
                    "instance \"%s\" exists, but does not carry the tags of this restore".formatted(order.copy()));
        }
        return progress;
    }

    private Progress available(CopyName copy, Progress whenAvailable) {
        Optional<DBInstance> instance = Instances.find(rds, copy.value());
        if (instance.isEmpty()) {
            return new Progress.Absent();
        }
        return switch (Instances.condition(instance.get().dbInstanceStatus())) {
            case AVAILABLE -> whenAvailable;
            case CHANGING -> new Progress.Restoring();
            case BROKEN ->
                new Progress.Failed("instance \"%s\" is \"%s\""
                        .formatted(copy, instance.get().dbInstanceStatus()));
        };
    }

    private void tag(RestoreOrder order) {
        String arn = Instances.find(rds, order.copy().value()).orElseThrow().dbInstanceArn();
        rds.addTagsToResource(request -> request.resourceName(arn).tags(tags(order.tags())));
    }

    private static java.util.List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
