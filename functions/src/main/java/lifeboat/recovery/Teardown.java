package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.Progress;
import lifeboat.restore.Ticket;

/// Tears down the copies of drills, and nothing else.
public final class Teardown {
    /// How long after the start of a drill its copy may still be claimed without its tags being seen.
    static final Duration CLAIMABLE = Duration.ofDays(1);

    private static final Duration DELETION = Duration.ofSeconds(30);
    private final Stores stores;
    private final RecoveryLedger ledger;
    private final UnprovenCopies unproven;
    private final InstantSource clock;

    public Teardown(Stores stores, RecoveryLedger ledger, UnprovenCopies unproven, InstantSource clock) {
        this.stores = stores;
        this.ledger = ledger;
        this.unproven = unproven;
        this.clock = clock;
    }

    /// Brings one copy a step nearer to being gone; called again until it is gone or kept.
    ///
    /// @return `DELETING`, `GONE` or `KEPT`
    public StepAnswer tearDown(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        return switch (entry.copy().remains()) {
            case GONE -> StepAnswer.done("GONE");
            case KEPT -> StepAnswer.done("KEPT");
            case PLANNED, OPEN -> remove(entry);
        };
    }

    /// The copies of a recovery that are still to be torn down.
    public List<ResourceName> left(RecoveryId id) {
        return ledger.find(id).orElseThrow(() -> Entry.unknown(id)).copies().stream()
                .filter(copy -> copy.remains() == CopyEntry.Remains.PLANNED || copy.remains() == CopyEntry.Remains.OPEN)
                .map(copy -> copy.copy().source().name())
                .toList();
    }

    private StepAnswer remove(Entry entry) {
        if (entry.recovery().request().mode() == Mode.INCIDENT) {
            return record(entry, "the copy of an incident");
        }
        return switch (presence(entry)) {
            case Copies.Presence.Absent() -> absent(entry);
            case Copies.Presence.Busy() -> deleting(entry);
            case Copies.Presence.Present present -> delete(entry, present);
        };
    }

    /// Nothing is there. It may still come: a restore job makes its copy long after it was asked for.
    private StepAnswer absent(Entry entry) {
        Optional<Ticket> ticket = entry.copy().ticket();
        if (ticket.isEmpty()) {
            return neverStarted(entry);
        }
        return mayStillCome(entry, ticket.get()) ? deleting(entry) : gone(entry);
    }

    private boolean mayStillCome(Entry entry, Ticket ticket) {
        if (entry.copy().restoreCompletedAt().isPresent()) {
            return false;
        }
        return switch (store(entry).restores().progress(entry.order(), ticket)) {
            case Progress.Restoring() -> true;
            case Progress.Absent() ->
                Restorer.mayStillAppear(entry.copy().restoreStartedAt().orElseThrow(), clock.instant());
            case Progress.Available _, Progress.OverLimit _, Progress.Failed _ -> false;
        };
    }

    /// No restore was written down. One may have been asked for all the same, by a function that died before it could
    /// write: the copy stays in the books until that would have shown, and the sweeper looks once more.
    private StepAnswer neverStarted(Entry entry) {
        boolean settled = entry.recovery().startedAt().plus(Sweeper.GRACE).isBefore(clock.instant());
        return settled ? gone(entry) : StepAnswer.done("GONE");
    }

    private StepAnswer delete(Entry entry, Copies.Presence.Present present) {
        Optional<String> refusal = DeletionLocks.refusal(entry.recovery(), entry.copy(), present.tags());
        if (refusal.isPresent()) {
            return DeletionLocks.onlyTagsAreMissing(entry.recovery(), entry.copy(), present.tags())
                    ? claim(entry, refusal.get())
                    : keep(entry, refusal.get());
        }
        Copy copy = entry.copy().copy();
        store(entry).copies().delete(copy.source(), copy.name());
        return deleting(entry);
    }

    /// A recovery that was cut short may have left its copy without tags. Only the restore that made the copy can prove
    /// that it did, and then adds them; they are seen at the next look, not always at once.
    private StepAnswer claim(Entry entry, String refusal) {
        Optional<Ticket> ticket = entry.copy().ticket().or(() -> found(entry));
        if (ticket.isEmpty()) {
            return keep(entry, refusal);
        }
        return switch (store(entry).restores().progress(entry.order(), ticket.get())) {
            case Progress.Restoring() -> deleting(entry);
            case Progress.Available _ -> mayStillBeClaimed(entry) ? deleting(entry) : keep(entry, refusal);
            case Progress.Absent() -> keep(entry, refusal);
            case Progress.OverLimit(var why) -> keep(entry, "%s; %s".formatted(refusal, why));
            case Progress.Failed(var why) -> keep(entry, "%s; %s".formatted(refusal, why));
        };
    }

    private boolean mayStillBeClaimed(Entry entry) {
        return !entry.recovery().startedAt().plus(CLAIMABLE).isBefore(clock.instant()) || tagsAreSeen(entry);
    }

    private boolean tagsAreSeen(Entry entry) {
        return presence(entry) instanceof Copies.Presence.Present(var tags)
                && DeletionLocks.refusal(entry.recovery(), entry.copy(), tags).isEmpty();
    }

    /// A function that died before it could write down the restore that it had started.
    private Optional<Ticket> found(Entry entry) {
        Optional<Ticket> ticket = store(entry).restores().find(entry.order());
        ticket.ifPresent(known -> ledger.record(
                entry.recovery().id(), name(entry), new CopyEvent.RestoreStarted(known, clock.instant())));
        return ticket;
    }

    private Copies.Presence presence(Entry entry) {
        Copy copy = entry.copy().copy();
        return store(entry).copies().presence(copy.source(), copy.name());
    }

    private Stores.Store store(Entry entry) {
        return stores.of(entry.copy().copy().source());
    }

    private StepAnswer gone(Entry entry) {
        ledger.record(entry.recovery().id(), name(entry), new CopyEvent.Gone(clock.instant()));
        return StepAnswer.done("GONE");
    }

    /// Reported before it is recorded: reported twice is better than not at all.
    private StepAnswer keep(Entry entry, String why) {
        unproven.kept(entry.copy().copy());
        return record(entry, why);
    }

    private StepAnswer record(Entry entry, String why) {
        ledger.record(entry.recovery().id(), name(entry), new CopyEvent.Kept(why));
        return StepAnswer.done("KEPT");
    }

    private StepAnswer deleting(Entry entry) {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(entry.copy().verifiedAt().orElse(now), now);
        return new StepAnswer("DELETING", Pace.waitSeconds(elapsed.compareTo(DELETION) > 0 ? elapsed : DELETION));
    }

    private static ResourceName name(Entry entry) {
        return entry.copy().copy().source().name();
    }
}
