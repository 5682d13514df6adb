package lifeboat.aws.rds;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.aws.Arns;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;
import lifeboat.restore.Progress;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
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
    private final InstanceBackups kept;
    private final Arns home;
    private final Relocation relocation;
    private final InstantSource clock;

    /// Restores in the region of the clients.
    ///
    /// @param home ARNs of the live instances
    /// @param relocation where the copies stand; away from live only recovery points are at hand
    public RdsRestores(
            RdsClient rds,
            RecoveryPoints points,
            RestoreJobs jobs,
            Arns home,
            Relocation relocation,
            InstantSource clock) {
        this.rds = rds;
        this.points = points;
        this.jobs = jobs;
        this.home = home;
        this.kept = new InstanceBackups(rds, home, relocation.away());
        this.relocation = relocation;
        this.clock = clock;
    }

    @Override
    public RestorePoint choose(Resource source, Target target) {
        String arn = home.of(source);
        return switch (target) {
            case Target.Latest() ->
                kept.window(source)
                        .<RestorePoint>map(window ->
                                new RestorePoint.Continuous(window.latestTime().truncatedTo(ChronoUnit.SECONDS)))
                        .orElseGet(() -> newest(source, arn));
            case Target.LatestRecoveryPoint() -> points.newestOf(source, arn);
            case Target.FromRecoveryPoint(var point) -> named(point, source, arn);
            case Target.PointInTime(var at) -> pointInTime(source, at);
        };
    }

    /// Without automated backups of live: the newest of what is left of them, the vault and snapshots outside it.
    /// While live exists, the vault goes before snapshots that somebody took by hand.
    private RestorePoint newest(Resource source, String arn) {
        Optional<RestorePoint> inVault = points.newest(arn);
        boolean gone =
                relocation.away() || Instances.find(rds, source.physicalName()).isEmpty();
        if (!gone && inVault.isPresent()) {
            return inVault.get();
        }
        return Stream.of(kept.newestLeft(source).filter(_ -> gone), inVault, kept.newestSnapshot(source))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(RestorePoint::time))
                .orElseGet(() -> points.newestOf(source, arn));
    }

    private RestorePoint named(RecoveryPointArn point, Resource source, String arn) {
        Optional<RestorePoint> outside =
                InstanceBackups.isSnapshot(point) ? kept.snapshot(point, source) : Optional.empty();
        return outside.orElseGet(() -> points.named(point, source, arn));
    }

    private RestorePoint pointInTime(Resource source, Instant at) {
        Optional<RestoreWindow> window = kept.window(source);
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        boolean ofLive =
                window.isPresent() && !second.isBefore(window.get().earliestTime()) && !second.isAfter(clock.instant());
        return ofLive
                ? new RestorePoint.Continuous(second)
                : kept.leftAt(source, second).orElseThrow(() -> outside(source, at, window));
    }

    private Invalid outside(Resource source, Instant at, Optional<RestoreWindow> live) {
        String windows = Stream.concat(
                        live.stream(), kept.left(source).stream().map(DBInstanceAutomatedBackup::restoreWindow))
                .map(window -> "%s to %s".formatted(window.earliestTime(), window.latestTime()))
                .collect(Collectors.joining(", "));
        return new Invalid(
                "LB-202",
                windows.isEmpty()
                        ? "at \"%s\": instance \"%s\" has no automated backups here. hint: give recoveryPoint, or from RECOVERY_POINT"
                                .formatted(at, source.physicalName())
                        : "at \"%s\" is outside the restorable window of instance \"%s\": %s"
                                .formatted(at, source.physicalName(), windows));
    }

    @Override
    public Started start(RestoreOrder order) {
        try {
            return switch (order.point()) {
                case RestorePoint.Continuous(var time) -> restoreNatively(order, time);
                case RestorePoint.Snapshot snapshot -> restoreByJob(order, snapshot);
                case RestorePoint.ServiceBackup backup -> restoreKept(order, backup);
            };
        } catch (RdsException | BackupException e) {
            return InstanceLimits.notYet(e).orElseThrow(() -> e);
        }
    }

    private Started restoreByJob(RestoreOrder order, RestorePoint.Snapshot snapshot) {
        Optional<Started.NotYet> noRoom = InstanceLimits.noRoom(rds);
        if (noRoom.isPresent()) {
            return noRoom.get();
        }
        return jobs.start(snapshot, order.copy(), metadata(order));
    }

    @Override
    public Started startAgain(RestoreOrder order, Ticket ended) {
        return order.point() instanceof RestorePoint.Snapshot snapshot
                ? jobs.startAgain(snapshot, order.copy(), metadata(order), ended)
                : Restores.super.startAgain(order, ended);
    }

    private Map<String, String> metadata(RestoreOrder order) {
        InstanceSettings wanted = settings(order);
        return wanted.without(MissingGroups.gone(rds, wanted)).asMetadata(order.copy());
    }

    private InstanceSettings settings(RestoreOrder order) {
        return InstanceSettings.of(relocation.of(order.settings()).settings(), relocation.away());
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
            case RestorePoint.ServiceBackup _ -> Optional.of(NATIVE);
        };
    }

    private Started restoreNatively(RestoreOrder order, Instant time) {
        Optional<Instant> shipped = kept.window(order.source()).map(RestoreWindow::latestTime);
        if (shipped.isPresent() && time.isAfter(shipped.get())) {
            return InstanceLimits.logNotShipped(time, shipped.get());
        }
        return started(
                order,
                settings -> toPointInTime(order, time, settings)
                        .sourceDBInstanceIdentifier(order.source().physicalName()));
    }

    private Started restoreKept(RestoreOrder order, RestorePoint.ServiceBackup backup) {
        if (InstanceBackups.isSnapshot(backup.arn())) {
            return natively(
                    settings(order),
                    settings -> rds.restoreDBInstanceFromDBSnapshot(
                            settings.into(RestoreDbInstanceFromDbSnapshotRequest.builder())
                                    .dbSnapshotIdentifier(backup.arn().value())
                                    .dbInstanceIdentifier(order.copy().value())
                                    .deletionProtection(false)
                                    .tags(tags(order.tags()))
                                    .build()));
        }
        if (relocation.away()) {
            return started(
                    order,
                    settings -> toPointInTime(order, backup.time(), settings)
                            .sourceDBInstanceAutomatedBackupsArn(backup.arn().value()));
        }
        String instance = kept.resourceId(backup.arn())
                .orElseThrow(() -> new Invalid(
                        "LB-203", "automated backups \"%s\" are not there any more".formatted(backup.arn())));
        return started(
                order, settings -> toPointInTime(order, backup.time(), settings).sourceDbiResourceId(instance));
    }

    private static RestoreDbInstanceToPointInTimeRequest.Builder toPointInTime(
            RestoreOrder order, Instant time, InstanceSettings settings) {
        return settings.into(RestoreDbInstanceToPointInTimeRequest.builder())
                .targetDBInstanceIdentifier(order.copy().value())
                .restoreTime(time)
                .deletionProtection(false)
                .tags(tags(order.tags()));
    }

    private Started started(
            RestoreOrder order, Function<InstanceSettings, RestoreDbInstanceToPointInTimeRequest.Builder> request) {
        return natively(
                settings(order),
                settings -> rds.restoreDBInstanceToPointInTime(
                        request.apply(settings).build()));
    }

    /// Once more without each setting because of which RDS refuses it.
    private static Started natively(InstanceSettings all, Consumer<InstanceSettings> restore) {
        InstanceSettings settings = all;
        while (true) {
            try {
                restore.accept(settings);
                return new Started.Underway(NATIVE);
            } catch (DbInstanceAlreadyExistsException e) {
                // started before: the name holds the recovery's id, and progress() proves by the tags that it is this
                // restore's
                return new Started.Underway(NATIVE);
            } catch (RdsException e) {
                Set<String> refused = MissingGroups.refused(e);
                if (!settings.hasAny(refused)) {
                    throw e;
                }
                settings = settings.without(refused);
            }
        }
    }

    @Override
    public Progress progress(RestoreOrder order, Ticket ticket) {
        if (!RestoreJobs.issued(ticket)) {
            return restoredNatively(order);
        }
        Progress job = InstanceLimits.overLimit(jobs.progress(ticket, order.copy()));
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

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
