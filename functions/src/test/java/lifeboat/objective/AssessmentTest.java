package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.ResourceName;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final Instant INCIDENT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Objectives OBJECTIVES = new Objectives(Duration.ofMinutes(15), Duration.ofHours(1));
    private static final Soundness SOUND = new Soundness.Sound(3);

    @Test
    void aSoundCopyInTimeMeetsItsObjectives() {
        ResourceResult result = judged(lost(60), usableAfter(600), SOUND);

        assertThat(result.standing()).isEqualTo(Standing.MET);
        assertThat(result.rpo()).isEqualTo(new Verdict.Met(Duration.ofMinutes(1), OBJECTIVES.rpo()));
        assertThat(result.rto()).isEqualTo(new Verdict.Met(Duration.ofMinutes(10), OBJECTIVES.rto()));
    }

    @Test
    void aCopyThatFailedItsChecksHasNoTimeToRecoverHoweverFastItWas() {
        ResourceResult result = judged(lost(60), usableAfter(600), new Soundness.Damaged(List.of("items: 3")));

        assertThat(result.rto()).isEqualTo(new Verdict.Unmeasured("the copy failed its checks"));
        assertThat(result.standing()).isEqualTo(Standing.MISSED);
    }

    @Test
    void aCopyThatIsNotProvenHasNoTimeToRecoverAndSaysWhy() {
        ResourceResult result =
                judged(lost(60), usableAfter(600), new Soundness.Unproven(List.of("cannot connect", "no secret")));

        assertThat(result.rto()).isEqualTo(new Verdict.Unmeasured("the copy is not proven: cannot connect; no secret"));
        assertThat(result.standing()).isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void aSoundCopyThatNeverBecameUsableIsUnmeasured() {
        assertThat(judged(lost(60), neverUsable(), SOUND).rto())
                .isEqualTo(new Verdict.Unmeasured("the copy never became usable"));
    }

    @Test
    void eachPartAloneCanSpoilTheWhole() {
        assertThat(judged(lost(901), usableAfter(600), SOUND).standing()).isEqualTo(Standing.MISSED);
        assertThat(judged(lost(60), usableAfter(3601), SOUND).standing()).isEqualTo(Standing.MISSED);
        assertThat(judged(new DataLoss.Unknown("?"), usableAfter(600), SOUND).standing())
                .isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void aWorkloadIsAsGoodAsItsWorstResource() {
        Assessment assessment = assessment(
                judged(lost(60), usableAfter(600), SOUND),
                judged(lost(901), neverUsable(), new Soundness.Unproven(List.of("cannot connect"))));

        assertThat(assessment.standing()).isEqualTo(Standing.MISSED);
        assertThat(assessment.rpo()).isEqualTo(Standing.MISSED);
        assertThat(assessment.rto()).isEqualTo(Standing.UNMEASURED);
        assertThat(assessment.integrity()).isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void aWorkloadLosesAsMuchAsItsWorstResourceAndIsBackWithItsLast() {
        Assessment assessment =
                assessment(judged(lost(60), usableAfter(1200), SOUND), judged(lost(90), usableAfter(600), SOUND));

        assertThat(assessment.dataLoss()).contains(Duration.ofSeconds(90));
        assertThat(assessment.timeToRecover()).contains(Duration.ofMinutes(20));
    }

    @Test
    void theBasisIsThatOfTheLargestLossAndTheWeakestWhereSeveralAreAsLarge() {
        ResourceResult small = judged(new DataLoss.AgeOfRecoveryPoint(Duration.ofSeconds(60)), usableAfter(600), SOUND);
        ResourceResult exact = judged(new DataLoss.Exact(Duration.ofSeconds(90), 3), usableAfter(600), SOUND);
        ResourceResult bounded = judged(new DataLoss.Bounded(Duration.ofSeconds(90), 3), usableAfter(600), SOUND);
        ResourceResult unknown = judged(new DataLoss.Unknown("?"), usableAfter(600), SOUND);

        assertThat(assessment(small, exact).dataLossBasis()).isEqualTo(DataLoss.Basis.EXACT);
        assertThat(assessment(exact, bounded).dataLossBasis()).isEqualTo(DataLoss.Basis.BOUNDED);
        assertThat(assessment(exact, unknown).dataLossBasis()).isEqualTo(DataLoss.Basis.UNKNOWN);
    }

    @Test
    void thePhasesAreThoseOfTheResourceThatTookLongest() {
        ResourceResult quick = judged(lost(60), usableAfter(600), SOUND);
        ResourceResult slow = judged(lost(60), usableAfter(1200), SOUND);

        assertThat(assessment(quick, slow, quick).phases())
                .isEqualTo(slow.timeline().phases())
                .isNotEmpty();
    }

    @Test
    void oneUnknownMakesTheLargestUnknown() {
        Assessment assessment = assessment(
                judged(lost(60), usableAfter(1200), SOUND), judged(new DataLoss.Unknown("?"), neverUsable(), SOUND));

        assertThat(assessment.dataLoss()).isEmpty();
        assertThat(assessment.timeToRecover()).isEmpty();
    }

    @Test
    void aRecoveryOfNothingProvesNothing() {
        Assessment nothing = assessment();

        assertThat(List.of(nothing.standing(), nothing.rpo(), nothing.rto(), nothing.integrity()))
                .containsOnly(Standing.UNMEASURED);
        assertThat(nothing.dataLoss()).isEmpty();
        assertThat(nothing.timeToRecover()).isEmpty();
    }

    @Test
    void soundnessHasAWordForEachCase() {
        assertThat(SOUND.standing()).isEqualTo(Standing.MET);
        assertThat(new Soundness.Damaged(List.of()).standing()).isEqualTo(Standing.MISSED);
        assertThat(new Soundness.Unproven(List.of()).standing()).isEqualTo(Standing.UNMEASURED);
    }

    private static Assessment assessment(ResourceResult... results) {
        return new Assessment(OBJECTIVES, List.of(results));
    }

    private static ResourceResult judged(DataLoss loss, Timeline timeline, Soundness soundness) {
        return ResourceResult.judged(
                new ResourceName("products"), INCIDENT.minusSeconds(60), loss, timeline, soundness, OBJECTIVES);
    }

    private static DataLoss lost(long seconds) {
        return new DataLoss.FromCopy(Duration.ofSeconds(seconds));
    }

    private static Timeline usableAfter(long seconds) {
        Optional<Instant> usable = Optional.of(INCIDENT.plusSeconds(seconds));
        return new Timeline(INCIDENT, INCIDENT, usable, usable, usable, usable, usable);
    }

    private static Timeline neverUsable() {
        Optional<Instant> never = Optional.empty();
        return new Timeline(INCIDENT, INCIDENT, never, never, never, never, never);
    }
}
