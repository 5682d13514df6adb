package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Segment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Soundness;
import lifeboat.objective.Standing;
import lifeboat.objective.Verdict;
import lifeboat.restore.CopyName;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole recoveries over stores that are slow, fail, and end their caller at any point.
class WholeRecoveryTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final ResourceName ORDERS = Example.ORDERS.name();
    private static final CopyName COPY = Mode.DRILL.copyOf(Example.ID, PRODUCTS);

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Drive drive = Drive.over(ledger, Interruption.never());

    @Test
    void aDrillIsProvenToldRecordedAndTornDown() {
        drive.run(Example.drill());

        assertEndedWell(drive, ledger);
        assertThat(drive.told()).hasSize(1);
        assertThat(result(PRODUCTS).result().loss()).isEqualTo(new DataLoss.FromCopy(Duration.ofSeconds(305)));
        assertThat(result(ORDERS).result().loss()).isEqualTo(new DataLoss.AgeOfRecoveryPoint(Duration.ofMinutes(5)));
    }

    static IntStream points() {
        Interruption counting = Interruption.at(Integer.MAX_VALUE);
        Drive.over(new InMemoryLedger(), counting).run(Example.drill());
        assertThat(counting.points()).isGreaterThan(100);
        return IntStream.range(0, counting.points());
    }

    @ParameterizedTest
    @MethodSource("points")
    void aFunctionThatDiesAtAnyPointIsMadeUpForByBeingCalledAgain(int point) {
        InMemoryLedger fresh = new InMemoryLedger();
        Drive drive = Drive.over(fresh, Interruption.at(point));

        drive.run(Example.drill());

        assertEndedWell(drive, fresh);
        assertThat(drive.told()).hasSizeBetween(1, 2); // told twice is better than not at all
    }

    @Test
    void anIncidentKeepsItsCopies() {
        drive.run(Example.request(Mode.INCIDENT, new Target.Latest()));

        assertThat(drive.store().made()).hasSize(2);
        assertThat(drive.store().deleted()).isEmpty();
        assertThat(ledger.find(Example.ID).orElseThrow().copies())
                .extracting(CopyEntry::remains)
                .containsOnly(CopyEntry.Remains.KEPT);
        assertThat(drive.told().getFirst().assessment().standing()).isEqualTo(Standing.MET);
    }

    @Test
    void aRestoreThatFailsIsUnmeasuredAndWhatItLeftIsRemoved() {
        drive.store().failRestoresBecause("restore job 1 FAILED: no capacity");

        drive.run(Example.drill());

        Assessor.Judged judged = drive.told().getFirst();
        assertThat(judged.assessment().standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(judged.assessment().dataLoss()).isEmpty();
        assertThat(result(PRODUCTS).result().loss()).isEqualTo(new DataLoss.Unknown("nothing was restored"));
        assertThat(result(PRODUCTS).result().soundness())
                .isInstanceOfSatisfying(
                        Soundness.Unproven.class,
                        unproven -> assertThat(unproven.gaps())
                                .contains("Restore failed: restore job 1 FAILED: no capacity"));
        // the copies never were tagged: nothing proves that they are ours
        assertThat(ledger.find(Example.ID).orElseThrow().copies())
                .extracting(CopyEntry::remains)
                .containsOnly(CopyEntry.Remains.KEPT);
    }

    @Test
    void aCheckThatCannotConnectIsUnmeasuredAndTheRecoveryClosesAndTearsDown() {
        drive.store().cannotReach(new Segment("structure"));

        drive.run(Example.drill());

        assertTornDown(drive, ledger);
        Assessor.Judged judged = drive.told().getFirst();
        assertThat(judged.assessment().standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(judged.assessment().rto()).isEqualTo(Standing.UNMEASURED);
        assertThat(result(PRODUCTS).result().rto())
                .isInstanceOfSatisfying(
                        Verdict.Unmeasured.class,
                        unmeasured -> assertThat(unmeasured.why()).contains("cannot connect"));
    }

    @Test
    void halfALookAtTheDataIsNoMeasureOfItsLoss() {
        drive.store().cannotReach(new Segment("scan 2/2"));

        drive.run(Example.drill());

        assertThat(result(PRODUCTS).result().loss()).isInstanceOf(DataLoss.Unknown.class);
        assertThat(drive.told().getFirst().assessment().rpo()).isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void aFailureThatALaterRedriveOvercameDoesNotSpoilTheVerdict() {
        drive.plan(Example.drill());
        drive.store().cannotReach(new Segment("scan 2/2"));
        drive.recover(PRODUCTS);
        assertThat(entry(PRODUCTS).failure()).isPresent();
        drive.store().reachesEverything();

        drive.recover(PRODUCTS);
        drive.recover(ORDERS);
        drive.finish();

        assertEndedWell(drive, ledger);
    }

    @Test
    void aTeardownThatFailedDoesNotSpoilTheVerdictOfACopyThatWasProven() {
        drive.plan(Example.drill());
        drive.recover(PRODUCTS);
        drive.recover(ORDERS);
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Failed("teardown", "access denied"));

        drive.finish();

        assertEndedWell(drive, ledger);
    }

    @Test
    void startingTwiceMakesOneRestore() {
        drive.plan(Example.drill());
        drive.restorer().start(Example.ID, PRODUCTS);
        drive.restorer().start(Example.ID, PRODUCTS);

        assertThat(drive.store().started()).containsExactlyEntriesOf(Map.of(COPY, 1));
    }

    @Test
    void aRestoreThatIsAskedForWhenAllIsOverIsRefused() {
        drive.run(Example.drill());
        InMemoryLedger other = new InMemoryLedger();
        Drive late = Drive.over(other, Interruption.never());
        late.plan(Example.drill());
        other.record(Example.ID, PRODUCTS, new CopyEvent.Gone(late.now()));

        assertThatThrownBy(() -> late.restorer().start(Example.ID, PRODUCTS)).hasMessageStartingWith("LB-111");
        assertThat(late.store().started()).isEmpty();
        assertThat(drive.restorer().start(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");
        assertThat(drive.store().started()).containsEntry(COPY, 1);
    }

    @Test
    void aCopyThatWasNeverSeenForTenMinutesHasDisappeared() {
        drive.plan(Example.drill());
        drive.restorer().start(Example.ID, PRODUCTS);
        drive.store().made().clear();

        assertThat(drive.restorer().status(Example.ID, PRODUCTS).state()).isEqualTo("RESTORING");
        drive.later(Duration.ofMinutes(10));

        assertThat(drive.restorer().status(Example.ID, PRODUCTS).state()).isEqualTo("FAILED");
        assertThat(entry(PRODUCTS).failure().orElseThrow().why()).contains("has disappeared");
    }

    @Test
    void askingWhereARestoreStandsThatWasNeverStartedIsABug() {
        drive.plan(Example.drill());

        assertThatThrownBy(() -> drive.restorer().status(Example.ID, PRODUCTS))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> drive.restorer().start(Example.OTHER_ID, PRODUCTS))
                .hasMessageStartingWith("LB-102");
        assertThatThrownBy(() -> drive.restorer().start(Example.ID, new ResourceName("users")))
                .hasMessageStartingWith("LB-107");
    }

    private void assertEndedWell(Drive drive, InMemoryLedger ledger) {
        assertTornDown(drive, ledger);
        Assessor.Judged judged = new Assessor(ledger, false).judge(Example.ID);
        assertThat(judged.assessment().standing()).isEqualTo(Standing.MET);
        assertThat(drive.told())
                .allSatisfy(told -> assertThat(told.assessment()).isEqualTo(judged.assessment()));
        assertThat(ledger.history(Example.CATALOG, 5))
                .hasSize(1)
                .allSatisfy(summary ->
                        assertThat(summary.result().orElseThrow().standing()).isEqualTo(Standing.MET));
        assertThat(drive.archived())
                .containsExactly(Map.entry(Example.ID, ledger.closed(Example.ID).orElseThrow()));
    }

    private static void assertTornDown(Drive drive, InMemoryLedger ledger) {
        assertThat(drive.store().made()).isEmpty();
        assertThat(drive.store().started())
                .allSatisfy((copy, times) -> assertThat(times).as(copy.value()).isEqualTo(1));
        assertThat(drive.store().touched())
                .allSatisfy(name -> assertThat(name).startsWith("lifeboat-drill-20261120-k3v9x2-"));
        assertThat(ledger.openCopies(Instant.MAX).copies()).isEmpty();
        assertThat(ledger.find(Example.ID).orElseThrow().closedAt()).isPresent();
        assertThat(ledger.underway(Example.drill(), Example.START)).isEmpty();
    }

    private CopyEntry entry(ResourceName resource) {
        return ledger.find(Example.ID).orElseThrow().copy(resource).orElseThrow();
    }

    private CopyResult result(ResourceName resource) {
        return List.copyOf(drive.told().getFirst().copies()).stream()
                .filter(copy -> copy.result().resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }
}
