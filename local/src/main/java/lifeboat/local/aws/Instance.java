package lifeboat.local.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lifeboat.local.engine.BaseBackup;
import lifeboat.local.engine.PostgresServer;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.Endpoint;

/// One instance of the RDS stand-in: its settings, and the server that it really is.
final class Instance {
    private final World world;
    private final Undertaking<PostgresServer> creation;
    private final Instant visibleFrom;
    private final Origin origin;
    final List<BaseBackup> backups = new ArrayList<>();

    volatile DBInstance settings;
    volatile Instant modifyingUntil = Instant.MIN;

    /// Empty: the instance is not being deleted.
    volatile Optional<Instant> goneAt = Optional.empty();

    /// Empty: no log was shipped yet.
    volatile Optional<Instant> shippedUpTo = Optional.empty();

    /// What an instance was made from, and so what RDS still does with it once it can be used.
    enum Origin {
        NOTHING("available"),
        /// Its storage is still fetched from the snapshot.
        SNAPSHOT("storage-initialization"),
        /// Its first automated backup is taken.
        LOG("backing-up");

        private final String settling;

        Origin(String settling) {
            this.settling = settling;
        }
    }

    Instance(
            World world,
            DBInstance settings,
            Undertaking<PostgresServer> creation,
            Instant visibleFrom,
            Origin origin) {
        this.origin = origin;
        this.world = world;
        this.settings = settings;
        this.creation = creation;
        this.visibleFrom = visibleFrom;
    }

    boolean visible() {
        return !world.now().isBefore(visibleFrom)
                && goneAt.filter(gone -> !world.now().isBefore(gone)).isEmpty();
    }

    PostgresServer server() {
        return creation.await();
    }

    Undertaking<PostgresServer> creation() {
        return creation;
    }

    /// As RDS writes it.
    ///
    /// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html">Status</a>
    String status() {
        if (goneAt.isPresent()) {
            return "deleting";
        }
        return switch (creation.standing()) {
            case Undertaking.Standing.UnderWay<PostgresServer>() -> "creating";
            case Undertaking.Standing.Broken<PostgresServer> _ -> "restore-error";
            case Undertaking.Standing.Done<PostgresServer> done -> made(done.at());
        };
    }

    private String made(Instant at) {
        Instant usable = at.plus(world.timings().modification());
        if (world.now().isBefore(usable) || world.now().isBefore(modifyingUntil)) {
            return "modifying";
        }
        return world.now().isBefore(usable.plus(world.timings().backup())) ? origin.settling : "available";
    }

    boolean available() {
        return status().equals("available");
    }

    DBInstance shown() {
        DBInstance.Builder shown = settings.toBuilder().dbInstanceStatus(status());
        if (creation.standing() instanceof Undertaking.Standing.Done<PostgresServer> done) {
            PostgresServer server = done.result();
            shown.endpoint(Endpoint.builder()
                    .address(server.host())
                    .port(server.port())
                    .build());
        }
        if (settings.backupRetentionPeriod() != null && settings.backupRetentionPeriod() > 0) {
            shippedUpTo.ifPresent(shown::latestRestorableTime);
        }
        return shown.build();
    }

    /// What RDS can go back to; empty: automated backups are off, or none is complete.
    ///
    /// @param status `active`, or `retained` once the instance is deleted
    Optional<DBInstanceAutomatedBackup> automatedBackup(String status) {
        return shippedUpTo
                .filter(_ -> !backups.isEmpty())
                .map(latest -> DBInstanceAutomatedBackup.builder()
                        .dbInstanceIdentifier(settings.dbInstanceIdentifier())
                        .dbInstanceArn(settings.dbInstanceArn())
                        .dbiResourceId(settings.dbiResourceId())
                        .engine(settings.engine())
                        .status(status)
                        .dbInstanceAutomatedBackupsArn(world.account()
                                .arn(
                                        "rds",
                                        "auto-backup:ab-"
                                                + settings.dbiResourceId().toLowerCase(Locale.ROOT)))
                        .backupRetentionPeriod(settings.backupRetentionPeriod())
                        .restoreWindow(window -> window.earliestTime(
                                        wholeSecondAfter(backups.getFirst().consistentAt()))
                                .latestTime(latest))
                        .build());
    }

    private static Instant wholeSecondAfter(Instant time) {
        return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }
}
