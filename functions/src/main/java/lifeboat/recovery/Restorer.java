package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.objective.Figures;
import lifeboat.restore.Progress;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Ticket;

/// Starts the restore of one resource and asks where it stands.
public final class Restorer {
    /// A copy can be described a moment after its restore was asked for, not always at once.
    private static final Duration APPEARS_WITHIN = Duration.ofMinutes(10);

    /// No restore that is of use to anybody takes longer.
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration LONGEST_OVER_LIMIT = Duration.ofHours(24);

    private static final long WAIT_TO_START_SECONDS = 30;

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
    /// @return `RESTORING`; `WAITING` where it cannot be started yet: to be asked for again; `FAILED` where
    ///     that lasted too long
    /// @throws Invalid where the recovery or its copy is done with: nobody would remove what is made now
    public StepAnswer start(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        if (entry.copy().ticket().isEmpty()) {
            refuseIfOver(entry);
            Instant at = clock.instant();
            switch (restores(entry).start(entry.order())) {
                case Started.Underway(var ticket) ->
                    ledger.record(id, resource, new CopyEvent.RestoreStarted(ticket, at));
                case Started.NotYet notYet -> {
                    return notYet(entry, notYet, at);
                }
            }
        }
        return restoring(entry);
    }

    private StepAnswer notYet(Entry entry, Started.NotYet notYet, Instant now) {
        Duration waited = Duration.between(entry.recovery().startedAt(), now);
        if (waited.compareTo(notYet.atMost()) > 0) {
            return failed(
                    entry, "could not be started within %s: %s".formatted(Figures.text(notYet.atMost()), notYet.why()));
        }
        ledger.record(entry.recovery().id(), name(entry), new CopyEvent.Waiting(notYet.why()));
        return new StepAnswer("WAITING", Math.max(WAIT_TO_START_SECONDS, Pace.waitSeconds(waited)));
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
            case Progress.Restoring() -> stillRestoring(entry);
            case Progress.Absent() -> absent(entry);
            case Progress.Available available -> {
                ledger.record(
                        id, resource, new CopyEvent.RestoreCompleted(available.completedAt(), available.byService()));
                yield StepAnswer.done("AVAILABLE");
            }
            case Progress.OverLimit(var why) -> again(entry, ticket, why);
            case Progress.Failed(var why) -> failed(entry, why);
        };
    }

    private StepAnswer again(Entry entry, Ticket ended, String why) {
        Duration waited = Duration.between(entry.recovery().startedAt(), clock.instant());
        if (waited.compareTo(LONGEST_OVER_LIMIT) > 0) {
            return failed(entry, "is over the limits of the service for %s: %s".formatted(Figures.text(waited), why));
        }
        if (restores(entry).startAgain(entry.order(), ended) instanceof Started.Underway(var ticket)) {
            ledger.record(entry.recovery().id(), name(entry), new CopyEvent.RestoreRepeated(ended, ticket));
        }
        return restoring(entry);
    }

    /// Whether a copy whose restore was asked for may yet be described for the first time.
    static boolean mayStillAppear(Instant restoreStartedAt, Instant now) {
        return Duration.between(restoreStartedAt, now).compareTo(APPEARS_WITHIN) < 0;
    }

    private StepAnswer absent(Entry entry) {
        Instant now = clock.instant();
        return mayStillAppear(entry.copy().restoreStartedAt().orElse(now), now)
                ? restoring(entry)
                : failed(
                        entry,
                        "\"%s\" has disappeared".formatted(entry.copy().copy().name()));
    }

    private StepAnswer stillRestoring(Entry entry) {
        return since(entry).compareTo(LONGEST) > 0
                ? failed(
                        entry,
                        "is still being restored after %s: nobody waits any longer".formatted(Figures.text(LONGEST)))
                : restoring(entry);
    }

    private StepAnswer failed(Entry entry, String why) {
        ledger.record(entry.recovery().id(), name(entry), new CopyEvent.Failed("Restore", why));
        return StepAnswer.done("FAILED");
    }

    private Restores restores(Entry entry) {
        return stores.of(entry.copy().copy().source()).restores();
    }

    private static ResourceName name(Entry entry) {
        return entry.copy().copy().source().name();
    }

    private StepAnswer restoring(Entry entry) {
        return new StepAnswer("RESTORING", Pace.waitSeconds(since(entry)));
    }

    private Duration since(Entry entry) {
        Instant now = clock.instant();
        return Duration.between(entry.copy().restoreStartedAt().orElse(now), now);
    }
}
