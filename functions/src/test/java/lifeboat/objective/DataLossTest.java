package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataLossTest {
    private static final Instant INCIDENT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant POINT = INCIDENT.minusSeconds(300);
    private static final Instant NEWEST_IN_COPY = POINT.minusSeconds(20);
    private static final Instant NEWEST_IN_LIVE = INCIDENT.minusSeconds(10);

    @Test
    void withoutFreshnessItIsTheAgeOfTheRecoveryPointAndSaysSo() {
        DataLoss loss = DataLoss.measured(INCIDENT, POINT, Optional.empty(), Optional.empty());

        assertThat(loss).isEqualTo(new DataLoss.AgeOfRecoveryPoint(Duration.ofMinutes(5)));
        assertThat(loss.basis()).isEqualTo("age of the recovery point, not read from the data");
    }

    @Test
    void withoutLiveItIsBoundedByTheNewestWriteInTheCopy() {
        DataLoss loss = DataLoss.measured(INCIDENT, POINT, Optional.of(NEWEST_IN_COPY), Optional.empty());

        assertThat(loss).isEqualTo(new DataLoss.FromCopy(Duration.ofSeconds(320)));
        assertThat(loss.basis()).isEqualTo("upper bound, from the newest write in the copy");
    }

    @Test
    void againstATrustedAndQuietLiveItIsExact() {
        DataLoss loss = measured(new LiveWrites(Optional.of(NEWEST_IN_LIVE), 7, 0, false));

        assertThat(loss).isEqualTo(new DataLoss.Exact(Duration.ofSeconds(310), 7));
        assertThat(loss.basis()).isEqualTo("exact against live, 7 writes");
    }

    @Test
    void aCopyThatHoldsTheNewestWriteLostNothing() {
        DataLoss loss = measured(new LiveWrites(Optional.of(NEWEST_IN_COPY), 0, 0, false));

        assertThat(loss).isEqualTo(new DataLoss.Exact(Duration.ZERO, 0));
    }

    @Test
    void aLiveWithoutAnyWriteLostNothing() {
        assertThat(measured(new LiveWrites(Optional.empty(), 0, 0, false)))
                .isEqualTo(new DataLoss.Exact(Duration.ZERO, 0));
    }

    @Test
    void oneRowWrittenAgainSinceTheIncidentMakesItABoundFromTheRestoredPoint() {
        DataLoss loss = measured(new LiveWrites(Optional.of(NEWEST_IN_LIVE), 7, 1, false));

        assertThat(loss).isEqualTo(new DataLoss.Bounded(Duration.ofMinutes(5), 7));
        assertThat(loss.basis()).isEqualTo("upper bound, at least 7 writes seen in live");
    }

    @Test
    void aSuspectLiveMakesItABound() {
        assertThat(measured(new LiveWrites(Optional.of(NEWEST_IN_LIVE), 7, 0, true)))
                .isEqualTo(new DataLoss.Bounded(Duration.ofMinutes(5), 7));
    }

    @Test
    void aCopyThatHoldsLaterWritesThanItsPointIsBoundedByThose() {
        Instant later = POINT.plusSeconds(100);

        assertThat(DataLoss.measured(
                        INCIDENT,
                        POINT,
                        Optional.of(later),
                        Optional.of(new LiveWrites(Optional.of(NEWEST_IN_LIVE), 7, 0, true))))
                .isEqualTo(new DataLoss.Bounded(Duration.ofSeconds(200), 7));
    }

    @Test
    void writesThatAreLostAlthoughTheCopyHasANewerOneHaveNoExactDuration() {
        // the clocks of those who write disagree: "0 s lost, 3 writes" would be untrue
        assertThat(measured(new LiveWrites(Optional.of(NEWEST_IN_COPY), 3, 0, false)))
                .isEqualTo(new DataLoss.Bounded(Duration.ofMinutes(5), 3));
    }

    @Test
    void clocksThatDisagreeNeverMakeANegativeLoss() {
        Instant future = INCIDENT.plusSeconds(5);

        assertThat(DataLoss.measured(INCIDENT, future, Optional.empty(), Optional.empty()))
                .isEqualTo(new DataLoss.AgeOfRecoveryPoint(Duration.ZERO));
        assertThat(DataLoss.measured(INCIDENT, POINT, Optional.of(future), Optional.empty()))
                .isEqualTo(new DataLoss.FromCopy(Duration.ZERO));
    }

    @Test
    void theUnknownIsUnmeasuredAndHasNoDuration() {
        DataLoss loss = new DataLoss.Unknown("nothing was restored");

        assertThat(loss.duration()).isEmpty();
        assertThat(loss.basis()).isEqualTo("nothing was restored");
        assertThat(loss.against(Duration.ofDays(1))).isEqualTo(new Verdict.Unmeasured("nothing was restored"));
    }

    @Test
    void everyKnownLossIsJudgedByItsDuration() {
        Duration rpo = Duration.ofMinutes(1);

        assertThat(new DataLoss.Exact(rpo, 1).against(rpo).standing()).isEqualTo(Standing.MET);
        assertThat(new DataLoss.Bounded(rpo.plusNanos(1), 1).against(rpo).standing())
                .isEqualTo(Standing.MISSED);
        assertThat(new DataLoss.FromCopy(rpo.plusNanos(1)).against(rpo).standing())
                .isEqualTo(Standing.MISSED);
        assertThat(new DataLoss.AgeOfRecoveryPoint(rpo.plusNanos(1))
                        .against(rpo)
                        .standing())
                .isEqualTo(Standing.MISSED);
    }

    private static DataLoss measured(LiveWrites live) {
        return DataLoss.measured(INCIDENT, POINT, Optional.of(NEWEST_IN_COPY), Optional.of(live));
    }
}
