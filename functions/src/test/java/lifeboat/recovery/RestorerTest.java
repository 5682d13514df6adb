package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.Progress;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Restores;
import lifeboat.restore.Started;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A restore that a service does not take yet, and one that does not end.
class RestorerTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Ticket overLimit = new Ticket("job:1-over");
    private Duration elapsed = Duration.ZERO;
    private Started answer = new Started.NotYet("50 tables are being restored already", PATIENCE);
    private final Restorer restorer = new Restorer(
            _ -> new Stores.Store(
                    new OneRestore(),
                    new FakeStore(() -> Example.START, Interruption.never()),
                    new FakeStore(() -> Example.START, Interruption.never()),
                    new FakeStore(() -> Example.START, Interruption.never())),
            ledger,
            () -> Example.START.plus(elapsed));

    @BeforeEach
    void planned() {
        ledger.open(Example.planned());
    }

    @Test
    void whatTheServiceDoesNotTakeYetIsAskedForAgainAndSaysWhatItWaitsFor() {
        assertThat(restorer.start(Example.ID, PRODUCTS)).isEqualTo(new StepAnswer("WAITING", 30));
        assertThat(entry().waitingFor()).contains("50 tables are being restored already");
        assertThat(entry().ticket()).isEmpty();

        elapsed = Duration.ofMinutes(9);
        answer = new Started.Underway(new Ticket("job:1"));

        assertThat(restorer.start(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");
        assertThat(entry().ticket()).contains(new Ticket("job:1"));
        assertThat(entry().restoreStartedAt()).contains(Example.START.plus(elapsed));
    }

    @Test
    void itIsNotAskedForForEver() {
        elapsed = PATIENCE.plusSeconds(1);

        assertThat(restorer.start(Example.ID, PRODUCTS)).isEqualTo(StepAnswer.done("FAILED"));
        assertThat(entry().failure())
                .contains(new CopyEntry.Failure(
                        "Restore", "could not be started within 10m: 50 tables are being restored already"));
    }

    @Test
    void aRestoreThatDoesNotEndIsGivenUp() {
        answer = new Started.Underway(new Ticket("job:1"));
        restorer.start(Example.ID, PRODUCTS);
        elapsed = Duration.ofDays(7);
        assertThat(restorer.status(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");

        elapsed = Duration.ofDays(7).plusSeconds(1);

        assertThat(restorer.status(Example.ID, PRODUCTS).state()).isEqualTo("FAILED");
        assertThat(entry().failure().orElseThrow().why()).contains("still being restored");
    }

    @Test
    void aRestoreThatEndedOverALimitIsBegunAgain() {
        answer = new Started.Underway(overLimit);
        restorer.start(Example.ID, PRODUCTS);
        answer = new Started.NotYet("no more jobs now", PATIENCE);
        assertThat(restorer.status(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");
        assertThat(entry().ticket()).contains(overLimit);

        answer = new Started.Underway(new Ticket("job:2"));
        assertThat(restorer.status(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");
        assertThat(entry().ticket()).contains(new Ticket("job:2"));
        assertThat(entry().restoreStartedAt()).contains(Example.START);
    }

    @Test
    void aRestoreThatIsOverALimitForADayHasFailed() {
        answer = new Started.Underway(overLimit);
        restorer.start(Example.ID, PRODUCTS);
        elapsed = Duration.ofHours(25);

        assertThat(restorer.status(Example.ID, PRODUCTS)).isEqualTo(StepAnswer.done("FAILED"));
        assertThat(entry().failure().orElseThrow().why()).contains("50 at a time");
    }

    private CopyEntry entry() {
        return ledger.find(Example.ID).orElseThrow().copy(PRODUCTS).orElseThrow();
    }

    private final class OneRestore implements Restores {
        @Override
        public RestorePoint choose(Resource source, Target target) {
            throw new AssertionError("planned already");
        }

        @Override
        public Started start(RestoreOrder order) {
            assertThat(order.plannedAt()).isEqualTo(Example.START);
            return answer;
        }

        @Override
        public int atOnce() {
            return 50;
        }

        @Override
        public Optional<Ticket> find(RestoreOrder order) {
            return Optional.empty();
        }

        @Override
        public Progress progress(RestoreOrder order, Ticket ticket) {
            return ticket.equals(overLimit) ? new Progress.OverLimit("50 at a time") : new Progress.Restoring();
        }

        @Override
        public Started startAgain(RestoreOrder order, Ticket ended) {
            assertThat(ended).isEqualTo(overLimit);
            return answer;
        }
    }
}
