package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.CopyName;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final CopyName COPY = Mode.DRILL.copyOf(Example.ID, PRODUCTS);
    private static final Instant DUE = Example.START.plus(Sweeper.GRACE).plusSeconds(1);
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Drive drive = Drive.over(ledger, Interruption.never());
    private final Set<String> running = new HashSet<>();
    private final Sweeper sweeper = new Sweeper(ledger, drive.teardown(), new Executions() {
        @Override
        public void start(RecoveryId id, String request) {
            throw new AssertionError("a sweep starts nothing");
        }

        @Override
        public boolean running(String execution) {
            return running.contains(execution);
        }
    });

    @Test
    void whatADeadDrillLeftBehindIsGoneAfterAFewSweeps() {
        interruptedDrill();
        drive.later(Sweeper.GRACE.plusSeconds(60));

        for (int sweep = 0; sweep < 10; sweep++) {
            sweeper.sweep(DUE.plus(Duration.ofHours(sweep)));
        }

        assertThat(drive.store().made()).isEmpty();
        assertThat(ledger.openCopies(Instant.MAX).copies()).isEmpty();
        assertThat(sweeper.sweep(DUE.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void sweepingTwiceDeletesOnce() {
        interruptedDrill();
        drive.later(Sweeper.GRACE.plusSeconds(60));
        for (int sweep = 0; sweep < 10; sweep++) {
            sweeper.sweep(DUE);
            sweeper.sweep(DUE);
        }

        assertThat(drive.store().deleted()).containsExactly(COPY);
    }

    @Test
    void aDrillThatMayStillBeAtWorkIsLeftAlone() {
        interruptedDrill();

        assertThat(sweeper.sweep(Example.START.plus(Sweeper.GRACE))).isEmpty();
        assertThat(drive.store().deleted()).isEmpty();
    }

    @Test
    void aRunningExecutionIsLeftAloneHoweverOldItIs() {
        interruptedDrill();
        running.add(Example.ID.value());

        assertThat(sweeper.sweep(DUE.plus(Duration.ofDays(3)))).isEmpty();
        assertThat(drive.store().made()).containsKey(COPY);
    }

    @Test
    void anExecutionIsAskedForByItsOwnNameNotByTheIdOfItsRecovery() {
        Recovery planned = Example.planned();
        ledger.open(new Recovery(
                planned.id(),
                "4d0f7dd8-51ad-4d79-a4a4-a8d3b6e4ec02",
                planned.request(),
                planned.objectives(),
                planned.incidentAt(),
                planned.startedAt(),
                planned.copies(),
                planned.closedAt()));
        drive.restorer().start(Example.ID, PRODUCTS);
        running.add("4d0f7dd8-51ad-4d79-a4a4-a8d3b6e4ec02");

        assertThat(sweeper.sweep(DUE)).isEmpty();
    }

    @Test
    void theCopiesOfIncidentsAreNeverSwept() {
        drive.run(Example.request(Mode.INCIDENT, new Target.Latest()));

        assertThat(sweeper.sweep(Instant.MAX)).isEmpty();
        assertThat(drive.store().made()).hasSize(2);
    }

    @Test
    void aCopyThatCannotBeLookedAtKeepsNoOtherFromBeingRemovedAndIsTold() {
        interruptedDrill();
        drive.later(Sweeper.GRACE.plusSeconds(60));
        Stores stores = resource -> {
            if (resource.equals(Example.ORDERS)) {
                throw new IllegalStateException("access denied");
            }
            return new Stores.Store(drive.store(), drive.store(), drive.store(), drive.store());
        };
        Sweeper half = new Sweeper(ledger, new Teardown(stores, ledger, _ -> {}, drive::now), new NoneRuns());

        for (int sweep = 0; sweep < 10; sweep++) {
            assertThatThrownBy(() -> half.sweep(DUE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("orders of 20261120-k3v9x2")
                    .hasMessageContaining("access denied");
        }
        assertThat(drive.store().made()).isEmpty();
    }

    private void interruptedDrill() {
        drive.plan(Example.drill());
        drive.restorer().start(Example.ID, PRODUCTS);
    }

    private record NoneRuns() implements Executions {
        @Override
        public void start(RecoveryId id, String request) {}

        @Override
        public boolean running(String execution) {
            return false;
        }
    }
}
