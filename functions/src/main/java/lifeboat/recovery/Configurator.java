package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import lifeboat.catalog.ResourceName;
import lifeboat.parity.Configured;

/// Gives a restored copy the settings that the restore dropped.
public final class Configurator {
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
    /// @return `CONFIGURING` or `CONFIGURED`
    public StepAnswer configure(RecoveryId id, ResourceName resource) {
        Entry entry = Entry.find(ledger, id, resource);
        Copy copy = entry.copy().copy();
        boolean drill = entry.recovery().request().mode() == Mode.DRILL;
        Configured configured =
                stores.of(copy.source()).parity().apply(copy.source(), copy.name(), copy.settings(), drill);
        return switch (configured) {
            case Configured.Configuring _ -> new StepAnswer("CONFIGURING", Pace.waitSeconds(sinceRestore(entry)));
            case Configured.Done done -> configured(id, resource, done.notApplied());
        };
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
