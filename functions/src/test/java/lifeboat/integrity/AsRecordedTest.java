package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import lifeboat.integrity.TableContent.Part;
import org.junit.jupiter.api.Test;

/// What a copy that is compared with a record of live proves.
class AsRecordedTest {
    private static final Instant READ = Instant.parse("2026-11-20T05:00:00Z");
    private static final Instant BEFORE = READ.minusSeconds(3600);
    private static final Instant AFTER = READ.plusSeconds(3600);
    private static final Part PART = part(10, 7, BEFORE);

    @Test
    void equalContentPassesWhateverHappenedBetween() {
        assertThat(outcome(PART, PART, AFTER)).isInstanceOf(Outcome.Passed.class);
        assertThat(outcome(unknown(10, 7), unknown(10, 7), AFTER)).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void otherContentFailsWhereNothingWasWrittenBetween() {
        assertThat(outcome(PART, part(10, 8, BEFORE), AFTER)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome(PART, part(10, 8, BEFORE), BEFORE.plusSeconds(120))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void oneDifferingPartFailsTheTableHoweverManyWereWrittenTo() {
        var recorded = content(PART, PART);
        var copy = content(part(10, 8, BEFORE), part(11, 9, AFTER));

        assertThat(AsRecorded.outcome("content", recorded, copy, AFTER))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.seen())
                                .contains("62 are the same, 1 were written between", "1 differ though nothing"));
    }

    @Test
    void otherContentProvesNothingWhereACopyOfLaterWasWrittenTo() {
        assertThat(outcome(PART, part(10, 8, READ.plusSeconds(1)), AFTER)).isInstanceOf(Outcome.Observed.class);
    }

    @Test
    void otherContentProvesNothingWhereLiveWasWrittenToAfterThePoint() {
        assertThat(outcome(part(10, 8, READ.minusSeconds(300)), PART, READ.minusSeconds(600)))
                .isInstanceOf(Outcome.Observed.class);
    }

    @Test
    void writeWithinTheGraceMayBeOnEitherSide() {
        assertThat(outcome(PART, part(10, 8, READ.minusSeconds(59)), AFTER)).isInstanceOf(Outcome.Observed.class);
        assertThat(outcome(PART, part(10, 8, READ.minusSeconds(60)), AFTER)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void rowsThatAreGoneOnTheLaterSideProveNothingBecauseADeleteLeavesNoTime() {
        assertThat(outcome(PART, part(9, 6, BEFORE), AFTER)).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome(PART, part(11, 8, BEFORE), READ.minusSeconds(600))).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void rowsThatComeFromNowhereFail() {
        assertThat(outcome(PART, part(11, 8, BEFORE), AFTER)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aroundTheRecordEitherSideMayBeTheLaterOne() {
        assertThat(outcome(PART, part(11, 8, BEFORE), READ.plusSeconds(60))).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome(PART, part(9, 6, BEFORE), READ.minusSeconds(60))).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void withoutTimesOtherContentProvesNothing() {
        assertThat(outcome(PART, unknown(10, 8), AFTER)).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome(unknown(10, 7), part(10, 8, BEFORE), AFTER)).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void contentOfAnotherRuleIsNotCompared() {
        var recorded = content(PART);
        var copy = new TableContent("orders", "another", recorded.parts(), READ, READ);

        assertThat(AsRecorded.outcome("content", recorded, copy, AFTER)).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void piecesOfATableAddUp() {
        var sum = content(PART).plus(content(part(5, 1, READ), unknown(1, 1)));

        assertThat(sum.parts().getFirst()).isEqualTo(part(15, 8, READ));
        assertThat(sum.parts().get(1).newest()).isEmpty();
        assertThat(sum.count()).isEqualTo(16);
    }

    private static Outcome outcome(Part recorded, Part copy, Instant point) {
        return AsRecorded.outcome("content", content(recorded), content(copy), point);
    }

    private static TableContent content(Part... first) {
        var parts = new ArrayList<>(TableContent.nothing());
        for (var i = 0; i < first.length; i++) {
            parts.set(i, first[i]);
        }
        return new TableContent("orders", "a rule", parts, READ, READ);
    }

    private static Part part(long count, long sum, Instant newest) {
        return new Part(count, new Digest(0, sum), Optional.of(newest));
    }

    private static Part unknown(long count, long sum) {
        return new Part(count, new Digest(0, sum), Optional.empty());
    }
}
