package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.Tally.Kind;
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
        assertThat(tally().count(Kind.COPY_ROWS)).isEqualTo(7);
        assertThat(tally().count(Kind.LIVE_ROWS)).isEqualTo(6);
    }

    @Test
    void whatIsExpectedIsExplainedAndNoDifference() {
        count.changed(true, 1, "a");
        count.unexpectedInLive(true, 2, "b");
        count.missingInLive(true, 3, "c");
        assertThat(tally().count(Kind.EXPLAINED)).isEqualTo(6);
        assertThat(tally().differences()).isZero();
        assertThat(count.evidence().samples()).isEmpty();
    }

    @Test
    void whatIsNotExpectedIsCountedByItsClassAndShown() {
        count.changed(false, 2, "a");
        count.unexpectedInLive(false, 3, "b");
        count.missingInLive(false, 4, "c");
        assertThat(tally().count(Kind.EXPLAINED)).isZero();
        assertThat(tally().count(Kind.CHANGED)).isEqualTo(2);
        assertThat(tally().count(Kind.UNEXPECTED_IN_LIVE)).isEqualTo(3);
        assertThat(tally().count(Kind.MISSING_IN_LIVE)).isEqualTo(4);
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
    void aLostWriteThatLiveStampsLongBeforeThePointIsCountedApart() {
        count.writtenInLive(Optional.of(POINT.minusSeconds(61)), false, Optional.empty());
        count.writtenInLive(Optional.of(POINT.minusSeconds(60)), false, Optional.empty());
        count.writtenInLive(Optional.of(POINT.minusSeconds(3600)), true, Optional.of(POINT.minusSeconds(3600)));
        assertThat(tally().count(Kind.LOST_WRITES)).isEqualTo(2);
        assertThat(tally().count(Kind.LOST_BEFORE_POINT)).isEqualTo(1);
    }

    @Test
    void aWriteUpToTheIncidentIsLostWhereTheCopyDoesNotHoldIt() {
        count.writtenInLive(Optional.of(INCIDENT), false, Optional.empty());
        count.writtenInLive(Optional.of(POINT.minusSeconds(1)), false, Optional.empty());
        count.writtenInLive(Optional.of(POINT), true, Optional.of(POINT));
        assertThat(tally().count(Kind.LOST_WRITES)).isEqualTo(2);
        assertThat(tally().count(Kind.REWRITTEN_SINCE)).isZero();
        assertThat(tally().newestInLive()).contains(INCIDENT);
    }

    @Test
    void aWriteAfterTheIncidentMayHideAnEarlierOne() {
        count.writtenInLive(Optional.of(INCIDENT.plusNanos(1)), false, Optional.empty());
        count.writtenInLive(Optional.of(INCIDENT.plusNanos(1)), true, Optional.of(INCIDENT.plusNanos(1)));
        assertThat(tally().count(Kind.LOST_WRITES)).isZero();
        assertThat(tally().count(Kind.REWRITTEN_SINCE)).isEqualTo(2);
        assertThat(tally().newestInLive()).isEmpty();
    }

    @Test
    void theNewestWriteInTheCopyStands() {
        count.writtenInCopy(Optional.of(POINT));
        count.writtenInCopy(Optional.of(POINT.minusSeconds(1)));
        assertThat(tally().newestInCopy()).contains(POINT);
        assertThat(tally().count(Kind.UNREADABLE_TIMES)).isZero();
    }

    @Test
    void timesThatCannotBeReadAreCountedOnBothSides() {
        count.writtenInCopy(Optional.empty());
        count.writtenInLive(Optional.empty(), false, Optional.empty());
        assertThat(tally().count(Kind.UNREADABLE_TIMES)).isEqualTo(2);
        assertThat(tally().count(Kind.LOST_WRITES)).isZero();
    }

    @Test
    void aTimeInTheCopyAfterThePointIsCountedUnlessLiveHoldsItToo() {
        count.writtenInCopy(Optional.of(POINT.plusSeconds(60)));
        assertThat(tally().count(Kind.AFTER_POINT)).isZero();
        count.writtenInCopy(Optional.of(POINT.plusSeconds(61)));
        count.writtenInCopy(Optional.of(POINT.plusSeconds(3600)));
        assertThat(tally().count(Kind.AFTER_POINT)).isEqualTo(2);
        count.writtenInLive(Optional.of(POINT.plusSeconds(61)), true, Optional.of(POINT.plusSeconds(61)));
        count.writtenInLive(Optional.of(POINT.plusSeconds(61)), false, Optional.empty());
        count.writtenInLive(Optional.of(POINT.plusSeconds(60)), true, Optional.of(POINT.plusSeconds(60)));
        assertThat(tally().count(Kind.AFTER_POINT)).isEqualTo(1);
        assertThat(tally().plus(tally()).count(Kind.AFTER_POINT)).isEqualTo(2);
    }

    @Test
    void aTimeInTheCopyAfterThePointIsNotExplainedByAnEarlierOneInLive() {
        count.writtenInCopy(Optional.of(POINT.plusSeconds(3600)));
        count.writtenInLive(Optional.of(POINT.plusSeconds(61)), true, Optional.of(POINT.plusSeconds(3600)));
        assertThat(tally().count(Kind.AFTER_POINT)).isEqualTo(1);
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
