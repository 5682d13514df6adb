package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.CopyName;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Copies that were left in any state.
class TeardownTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final CopyName COPY = Mode.DRILL.copyOf(Example.ID, PRODUCTS);
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Drive drive = Drive.over(ledger, Interruption.never());

    @BeforeEach
    void aDrillIsPlanned() {
        drive.plan(Example.drill());
    }

    @Test
    void aCopyThatItsRestoreHadNoTimeToTagIsClaimedAndGoes() {
        drive.restorer().start(Example.ID, PRODUCTS);

        assertThat(untilDone()).isEqualTo("GONE");
        assertThat(drive.store().deleted()).containsExactly(COPY);
        assertThat(remains()).isEqualTo(CopyEntry.Remains.GONE);
    }

    @Test
    void aCopyWhoseRestoreWasNotEvenWrittenDownIsFoundAndGoes() {
        drive.store().start(entry().copy().order(Example.ID, Mode.DRILL, Example.START));

        assertThat(untilDone()).isEqualTo("GONE");
        assertThat(drive.store().started()).containsEntry(COPY, 1);
        assertThat(drive.store().deleted()).containsExactly(COPY);
    }

    @Test
    void aCopyThatHasNotComeYetIsWaitedFor() {
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(new Ticket("job:1"), drive.now()));

        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("DELETING");
        assertThat(remains()).isEqualTo(CopyEntry.Remains.OPEN);
        drive.later(Duration.ofMinutes(10));

        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("GONE");
        assertThat(remains()).isEqualTo(CopyEntry.Remains.GONE);
    }

    @Test
    void aCopyThatWasRestoredAndIsNotThereIsGone() {
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(new Ticket("job:1"), drive.now()));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreCompleted(drive.now(), true));

        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("GONE");
        assertThat(remains()).isEqualTo(CopyEntry.Remains.GONE);
    }

    @Test
    void aCopyThatWasNeverStartedStaysInTheBooksUntilItCannotComeAnyMore() {
        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("GONE");
        assertThat(remains()).isEqualTo(CopyEntry.Remains.PLANNED);
        drive.later(Sweeper.GRACE.plusSeconds(1));

        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("GONE");
        assertThat(remains()).isEqualTo(CopyEntry.Remains.GONE);
    }

    @Test
    void whatSomebodyElsePutUnderTheNameIsKept() {
        drive.store().occupied(COPY, Map.of("owner", "somebody"));

        assertThat(untilDone()).isEqualTo("KEPT");
        assertThat(drive.store().deleted()).isEmpty();
        assertThat(drive.store().made()).containsKey(COPY);
        assertThat(remains()).isEqualTo(CopyEntry.Remains.KEPT);
    }

    @Test
    void aCopyThatCarriesTheTagsOfAnIncidentKeepsThemAndStays() {
        drive.restorer().start(Example.ID, PRODUCTS);
        drive.store().retagged(COPY, CopyTags.of(Example.ID, Mode.INCIDENT));

        assertThat(untilDone()).isEqualTo("KEPT");
        assertThat(drive.store().made().get(COPY).tags()).isEqualTo(CopyTags.of(Example.ID, Mode.INCIDENT));
        assertThat(drive.store().deleted()).isEmpty();
    }

    @Test
    void aCopyThatCarriesTheTagsOfAnotherRecoveryKeepsThemAndStays() {
        drive.restorer().start(Example.ID, PRODUCTS);
        drive.store().retagged(COPY, Map.of(CopyTags.RECOVERY, Example.OTHER_ID.value()));

        assertThat(untilDone()).isEqualTo("KEPT");
        assertThat(drive.store().made().get(COPY).tags())
                .isEqualTo(Map.of(CopyTags.RECOVERY, Example.OTHER_ID.value()));
    }

    @Test
    void aCopyWhoseTagsNeverAppearIsKeptInTheEnd() {
        drive.restorer().start(Example.ID, PRODUCTS);
        drive.store().loseTags();

        assertThat(drive.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("DELETING");
        drive.later(Teardown.CLAIMABLE.plusSeconds(1));

        assertThat(untilDone()).isEqualTo("KEPT");
        assertThat(drive.store().deleted()).isEmpty();
    }

    @Test
    void whatIsKeptForWantOfProofIsReportedOnce() {
        drive.store().occupied(COPY, Map.of("owner", "somebody"));

        untilDone();
        untilDone();

        assertThat(drive.unproven()).containsExactly(COPY);
    }

    @Test
    void theCopyOfAnIncidentIsKeptWithoutAnAlarm() {
        Drive incident = Drive.over(new InMemoryLedger(), Interruption.never());
        incident.plan(Example.request(Mode.INCIDENT, new Target.Latest()));
        incident.restorer().start(Example.ID, PRODUCTS);

        assertThat(incident.teardown().tearDown(Example.ID, PRODUCTS).state()).isEqualTo("KEPT");
        assertThat(incident.unproven()).isEmpty();
    }

    @Test
    void whatIsGoneOrKeptIsNotTouchedAgain() {
        drive.store().occupied(COPY, CopyTags.of(Example.ID, Mode.DRILL));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Kept("looked at by hand"));

        assertThat(untilDone()).isEqualTo("KEPT");
        assertThat(drive.store().deleted()).isEmpty();
        assertThat(drive.teardown().left(Example.ID)).containsExactly(Example.ORDERS.name());
    }

    private String untilDone() {
        for (int look = 0; look < 100; look++) {
            StepAnswer answer = drive.teardown().tearDown(Example.ID, PRODUCTS);
            if (!answer.state().equals("DELETING")) {
                assertThat(answer.waitSeconds()).isZero();
                return answer.state();
            }
            assertThat(answer.waitSeconds()).isPositive();
            drive.later(Duration.ofSeconds(answer.waitSeconds()));
        }
        throw new AssertionError("it never ends");
    }

    private CopyEntry entry() {
        return ledger.find(Example.ID).orElseThrow().copy(PRODUCTS).orElseThrow();
    }

    private CopyEntry.Remains remains() {
        return entry().remains();
    }
}
