package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;

class RowCountTest {
    private static final Instant POINT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant INCIDENT = Instant.parse("2026-11-20T11:00:00Z");

    private final RowCount count = new RowCount(new Subject(
            new Resource.DynamoDbTable(new ResourceName("a"), "abc", Optional.empty(), List.of()),
            new CopyName("lifeboat-drill-a"),
            POINT,
            INCIDENT,
            LiveTrust.TRUSTED));

    @Test
    void nothingReadIsNothingCounted() {
        assertThat(count.evidence()).isEqualTo(new Evidence(List.of(), Tally.NOTHING, List.of()));
    }

    @Test
    void rowsOfBothSidesAddUp() {
        count.copyRows(3);
        count.copyRows(4);
        count.liveRows(5);
        count.liveRows(1);
        assertThat(tally().copyRows()).isEqualTo(7);
        assertThat(tally().liveRows()).isEqualTo(6);
    }

    @Test
    void whatIsExpectedIsExplainedAndNoDifference() {
        count.changed(true, 1, "a");
        count.unexpectedInLive(true, 2, "b");
        count.missingInLive(true, 3, "c");
        assertThat(tally().explained()).isEqualTo(6);
        assertThat(tally().differences()).isZero();
        assertThat(count.evidence().samples()).isEmpty();
    }

    @Test
    void whatIsNotExpectedIsCountedByItsClassAndShown() {
        count.changed(false, 2, "a");
        count.unexpectedInLive(false, 3, "b");
        count.missingInLive(false, 4, "c");
        assertThat(tally().explained()).isZero();
        assertThat(tally().changed()).isEqualTo(2);
        assertThat(tally().unexpectedInLive()).isEqualTo(3);
        assertThat(tally().missingInLive()).isEqualTo(4);
        assertThat(count.evidence().samples())
                .containsExactly("changed: a", "unexpected in live: b", "missing in live: c");
    }

    @Test
    void tenSamplesAreKept() {
        for (var i = 0; i < 12; i++) {
            count.changed(false, 1, i);
        }
        assertThat(count.evidence().samples()).hasSize(10).endsWith("changed: 9");
    }

    @Test
    void aWriteUpToTheIncidentIsLostWhereTheCopyDoesNotHoldIt() {
        count.writtenInLive(Optional.of(INCIDENT), false);
        count.writtenInLive(Optional.of(POINT.minusSeconds(1)), false);
        count.writtenInLive(Optional.of(POINT), true);
        assertThat(tally().lostWrites()).isEqualTo(2);
        assertThat(tally().rewrittenSince()).isZero();
        assertThat(tally().newestInLive()).contains(INCIDENT);
    }

    @Test
    void aWriteAfterTheIncidentMayHideAnEarlierOne() {
        count.writtenInLive(Optional.of(INCIDENT.plusNanos(1)), false);
        count.writtenInLive(Optional.of(INCIDENT.plusNanos(1)), true);
        assertThat(tally().lostWrites()).isZero();
        assertThat(tally().rewrittenSince()).isEqualTo(2);
        assertThat(tally().newestInLive()).isEmpty();
    }

    @Test
    void theNewestWriteInTheCopyStands() {
        count.writtenInCopy(Optional.of(POINT));
        count.writtenInCopy(Optional.of(POINT.minusSeconds(1)));
        assertThat(tally().newestInCopy()).contains(POINT);
        assertThat(tally().unreadableTimes()).isZero();
    }

    @Test
    void timesThatCannotBeReadAreCountedOnBothSides() {
        count.writtenInCopy(Optional.empty());
        count.writtenInLive(Optional.empty(), false);
        assertThat(tally().unreadableTimes()).isEqualTo(2);
        assertThat(tally().lostWrites()).isZero();
    }

    @Test
    void aTimeInTheCopyAfterThePointIsCountedUnlessLiveHoldsItToo() {
        count.writtenInCopy(Optional.of(POINT.plusSeconds(60)));
        assertThat(tally().afterPoint()).isZero();
        count.writtenInCopy(Optional.of(POINT.plusSeconds(61)));
        count.writtenInCopy(Optional.of(POINT.plusSeconds(3600)));
        assertThat(tally().afterPoint()).isEqualTo(2);
        count.writtenInLive(Optional.of(POINT.plusSeconds(61)), true);
        count.writtenInLive(Optional.of(POINT.plusSeconds(61)), false);
        count.writtenInLive(Optional.of(POINT.plusSeconds(60)), true);
        assertThat(tally().afterPoint()).isEqualTo(1);
        assertThat(tally().plus(tally()).afterPoint()).isEqualTo(2);
    }

    @Test
    void outcomesArePassedOn() {
        var outcome = new Outcome.Passed("a", "b");
        assertThat(count.evidence(outcome).outcomes()).containsExactly(outcome);
    }

    private Tally tally() {
        return count.evidence().tally();
    }
}
