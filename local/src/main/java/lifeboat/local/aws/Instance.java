package lifeboat.local.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
    final List<BaseBackup> backups = new ArrayList<>();

    volatile DBInstance settings;
    volatile Instant modifyingUntil = Instant.MIN;

    /// Empty: the instance is not being deleted.
    volatile Optional<Instant> goneAt = Optional.empty();

    /// Empty: no log was shipped yet.
    volatile Optional<Instant> shippedUpTo = Optional.empty();

    Instance(World world, DBInstance settings, Undertaking<PostgresServer> creation, Instant visibleFrom) {
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
            case Undertaking.Standing.Done<PostgresServer> done ->
                world.now().isBefore(done.at().plus(world.timings().modification()))
                                || world.now().isBefore(modifyingUntil)
                        ? "modifying"
                        : "available";
        };
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
    Optional<DBInstanceAutomatedBackup> automatedBackup() {
        return shippedUpTo
                .filter(_ -> !backups.isEmpty())
                .map(latest -> DBInstanceAutomatedBackup.builder()
                        .dbInstanceIdentifier(settings.dbInstanceIdentifier())
                        .dbInstanceArn(settings.dbInstanceArn())
                        .dbiResourceId(settings.dbiResourceId())
                        .engine(settings.engine())
                        .status("active")
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
