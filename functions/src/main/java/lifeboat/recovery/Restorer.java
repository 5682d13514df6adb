package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.Progress;
import lifeboat.restore.Restores;
import lifeboat.restore.Ticket;

/// Starts the restore of one resource and asks where it stands.
public final class Restorer {
    /// A copy can be described a moment after its restore was asked for, not always at once.
    private static final Duration APPEARS_WITHIN = Duration.ofMinutes(10);

    private final Stores stores;
    private final RecoveryLedger ledger;
    private final InstantSource clock;

    public Restorer(Stores stores, RecoveryLedger ledger, InstantSource clock) {
        this.stores = stores;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Starts the restore, once: called again it finds the restore that was started.
    ///
    /// @return `RESTORING`
    /// @throws Invalid where the recovery or its copy is done with: nobody would remove what is made now
    public StepAnswer start(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        if (entry.copy().ticket().isEmpty()) {
            refuseIfOver(entry);
            Instant at = clock.instant();
            Ticket ticket = restores(entry).start(entry.order());
            ledger.record(id, resource, new CopyEvent.RestoreStarted(ticket, at));
        }
        return waiting(entry);
    }

    private static void refuseIfOver(Entry entry) {
        boolean tornDown = switch (entry.copy().remains()) {
            case PLANNED, OPEN -> false;
            case GONE, KEPT -> true;
        };
        if (tornDown || entry.recovery().closedAt().isPresent()) {
            throw new Invalid(
                    "LB-111",
                    "recovery \"%s\" is over: nothing is restored for it any more. hint: start another one"
                            .formatted(entry.recovery().id()));
        }
    }

    /// Asks where the restore stands, and writes down that it is done or has failed.
    ///
    /// @return `RESTORING`, `AVAILABLE` or `FAILED`
    public StepAnswer status(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        Ticket ticket = entry.copy()
                .ticket()
                .orElseThrow(() ->
                        new IllegalStateException("restore of %s in %s was never started".formatted(resource, id)));
        return switch (restores(entry).progress(entry.order(), ticket)) {
            case Progress.Restoring() -> waiting(entry);
            case Progress.Absent() -> absent(entry);
            case Progress.Available available -> {
                ledger.record(
                        id, resource, new CopyEvent.RestoreCompleted(available.completedAt(), available.byService()));
                yield StepAnswer.done("AVAILABLE");
            }
            case Progress.Failed(var why) -> failed(entry, why);
        };
    }

    /// Whether a copy whose restore was asked for may yet be described for the first time.
    static boolean mayStillAppear(Instant restoreStartedAt, Instant now) {
        return Duration.between(restoreStartedAt, now).compareTo(APPEARS_WITHIN) < 0;
    }

    private StepAnswer absent(Entry entry) {
        Instant now = clock.instant();
        return mayStillAppear(entry.copy().restoreStartedAt().orElse(now), now)
                ? waiting(entry)
                : failed(
                        entry,
                        "\"%s\" has disappeared".formatted(entry.copy().copy().name()));
    }

    private StepAnswer failed(Entry entry, String why) {
        ResourceName resource = entry.copy().copy().source().name();
        ledger.record(entry.recovery().id(), resource, new CopyEvent.Failed("Restore", why));
        return StepAnswer.done("FAILED");
    }

    private Restores restores(Entry entry) {
        return stores.of(entry.copy().copy().source()).restores();
    }

    private StepAnswer waiting(Entry entry) {
        return new StepAnswer("RESTORING", Pace.waitSeconds(since(entry)));
    }

    private Duration since(Entry entry) {
        Instant now = clock.instant();
        return Duration.between(entry.copy().restoreStartedAt().orElse(now), now);
    }
}
