package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import lifeboat.catalog.ResourceName;
import lifeboat.objective.Figures;
import lifeboat.parity.Configured;

/// Gives a restored copy the settings that the restore dropped.
public final class Configurator {
    private static final Duration LONGEST = Duration.ofHours(6);

    private final Stores stores;
    private final RecoveryLedger ledger;
    private final InstantSource clock;

    public Configurator(Stores stores, RecoveryLedger ledger, InstantSource clock) {
        this.stores = stores;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Goes a step further; called again until nothing is left to do.
    ///
    /// @return `CONFIGURING`, `CONFIGURED`, or `FAILED` where the copy is gone or broken
    public StepAnswer configure(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        Copy copy = entry.copy().copy();
        boolean drill = entry.recovery().request().mode() == Mode.DRILL;
        Configured configured =
                stores.of(copy.source()).parity().apply(copy.source(), copy.name(), copy.settings(), drill);
        return switch (configured) {
            case Configured.Configuring(var remaining) -> configuring(entry, remaining);
            case Configured.Failed(var why) -> {
                ledger.record(id, resource, new CopyEvent.Failed("Configure", why));
                yield StepAnswer.done("FAILED");
            }
            case Configured.Done done -> configured(id, resource, done.notApplied());
        };
    }

    /// What the service does not finish in time is a gap, not a reason to leave the copy unchecked.
    private StepAnswer configuring(Entry entry, List<String> remaining) {
        Duration waited = sinceRestore(entry);
        if (waited.compareTo(LONGEST) <= 0) {
            return new StepAnswer("CONFIGURING", Pace.waitSeconds(waited));
        }
        return configured(
                entry.recovery().id(),
                entry.copy().copy().source().name(),
                remaining.stream()
                        .map(name -> "%s: still under way after %s".formatted(name, Figures.text(LONGEST)))
                        .toList());
    }

    private StepAnswer configured(RecoveryId id, ResourceName resource, List<String> gaps) {
        ledger.record(id, resource, new CopyEvent.Configured(clock.instant(), gaps));
        return StepAnswer.done("CONFIGURED");
    }

    private Duration sinceRestore(Entry entry) {
        Instant now = clock.instant();
        return Duration.between(entry.copy().restoreCompletedAt().orElse(now), now);
    }
}
