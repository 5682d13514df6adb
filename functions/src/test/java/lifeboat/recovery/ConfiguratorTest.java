package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lifeboat.catalog.Resource;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

/// Settings are given back as the mode of the recovery asks, and what could not be given back is written down.
class ConfiguratorTest {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<Boolean> asDrill = new ArrayList<>();
    private Instant now = Example.START;
    private Configured answer = new Configured.Done(List.of(), List.of(), List.of("storage: restored as gp3"));

    @Test
    void theCopyOfADrillIsConfiguredAsOneAndThatOfAnIncidentIsNot() {
        configure(Mode.DRILL);
        ledger.release(Example.drill(), Example.ID);
        configure(Mode.INCIDENT);

        assertThat(asDrill).containsExactly(true, false);
    }

    @Test
    void whatCouldNotBeGivenBackIsWrittenDown() {
        assertThat(configure(Mode.DRILL)).isEqualTo("CONFIGURED");

        assertThat(entry().configuredAt()).contains(Example.START);
        assertThat(entry().parityGaps()).containsExactly("storage: restored as gp3");
    }

    @Test
    void whatIsUnderWayIsAskedAboutAgain() {
        answer = new Configured.Configuring(List.of("stream"));

        assertThat(configure(Mode.DRILL)).isEqualTo("CONFIGURING");
        assertThat(entry().configuredAt()).isEmpty();
    }

    @Test
    void aCopyThatIsGoneOrBrokenIsFailedAndNotWaitedFor() {
        answer = new Configured.Failed("table is gone");

        assertThat(configure(Mode.DRILL)).isEqualTo("FAILED");
        assertThat(entry().failure()).contains(new CopyEntry.Failure("Configure", "table is gone"));
    }

    @Test
    void aSettingThatNeverEndsIsAGapAndTheCopyIsCheckedAllTheSame() {
        answer = new Configured.Configuring(List.of("stream"));
        configure(Mode.DRILL);
        ledger.record(Example.ID, Example.PRODUCTS.name(), new CopyEvent.RestoreCompleted(Example.START, true));
        now = Example.START.plus(Duration.ofHours(6)).plusSeconds(1);

        assertThat(configure(Mode.DRILL)).isEqualTo("CONFIGURED");
        assertThat(entry().parityGaps()).containsExactly("stream: still under way after 6h");
    }

    private String configure(Mode mode) {
        RecoveryId id = mode == Mode.DRILL ? Example.ID : Example.OTHER_ID;
        ledger.open(Example.planned(id, Example.request(mode, new Target.Latest())));
        FakeStore store = new FakeStore(() -> Example.START, Interruption.never());
        Parity parity = new Parity() {
            @Override
            public Settings capture(Resource live) {
                throw new AssertionError("captured when it was planned");
            }

            @Override
            public Configured apply(Resource live, CopyName copy, Settings captured, boolean drill) {
                asDrill.add(drill);
                return answer;
            }
        };
        return new Configurator(_ -> new Stores.Store(store, parity, store, store), ledger, () -> now)
                .configure(id, Example.PRODUCTS.name())
                .state();
    }

    private CopyEntry entry() {
        return ledger.find(Example.ID)
                .orElseThrow()
                .copy(Example.PRODUCTS.name())
                .orElseThrow();
    }
}
