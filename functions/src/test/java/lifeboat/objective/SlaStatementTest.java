package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Objectives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the recoveries of a workload prove.
class SlaStatementTest {
    private static final Objectives OBJECTIVES = new Objectives(Duration.ofMinutes(15), Duration.ofHours(1));
    private static final Instant DAY = Instant.parse("2026-01-01T02:00:00Z");

    @Test
    void nothingIsProvenByNoRecovery() {
        SlaStatement statement = statement();

        assertThat(statement.provenShare()).isZero();
        assertThat(statement.moreCleanFor(0.95)).isEqualTo(59);
        assertThat(statement.supportedRpo()).isEmpty();
        assertThat(statement.since()).isEmpty();
        assertThat(statement.shortfalls()).isEmpty();
    }

    @Test
    void twelveCleanDrillsProveWhatTheyProveAndSayWhatIsStillNeeded() {
        SlaStatement statement = statement(cleanOnes(12));

        assertThat(statement.provenShare()).isCloseTo(0.779, within(0.001));
        assertThat(statement.moreCleanFor(0.90)).isEqualTo(17);
        assertThat(statement.moreCleanFor(0.95)).isEqualTo(47);
        assertThat(statement.moreCleanFor(0.99)).isEqualTo(287);
        assertThat(statement.shortfalls()).isEmpty();
    }

    @Test
    void eachFurtherCleanDrillProvesMore() {
        for (int n = 0; n < 100; n++) {
            assertThat(statement(cleanOnes(n + 1)).provenShare())
                    .isGreaterThan(statement(cleanOnes(n)).provenShare());
        }
    }

    @Test
    void unmeasuredProvesAsLittleAsMissed() {
        double withMissed =
                statement(and(cleanOnes(11), late(Duration.ofHours(2)))).provenShare();
        double withUnmeasured =
                statement(and(cleanOnes(11), PastRecovery.neverEnded(DAY))).provenShare();

        assertThat(withUnmeasured).isEqualTo(withMissed).isCloseTo(0.661, within(0.001));
    }

    @Test
    void eachWayOfNotBeingCleanIsCountedOnce() {
        SlaStatement statement = statement(
                clean(),
                late(Duration.ofHours(2)),
                recovery(Standing.MISSED, Optional.of(Duration.ofMinutes(1)), Optional.empty()),
                recovery(Standing.MET, Optional.empty(), Optional.of(Duration.ofMinutes(9))),
                recovery(Standing.UNMEASURED, Optional.of(Duration.ZERO), Optional.of(Duration.ZERO)));

        assertThat(List.of(statement.clean(), statement.missed(), statement.unmeasured(), statement.trials()))
                .containsExactly(1, 2, 2, 5);
    }

    @Test
    void theObjectivesOfTodayJudgeThePast() {
        PastRecovery hour = late(Duration.ofMinutes(61));

        assertThat(SlaStatement.of(OBJECTIVES, List.of(hour)).missed()).isEqualTo(1);
        assertThat(SlaStatement.of(new Objectives(OBJECTIVES.rpo(), Duration.ofMinutes(61)), List.of(hour))
                        .clean())
                .isEqualTo(1);
    }

    @Test
    void quantilesAreFiguresThatWereSeen() {
        SlaStatement statement = statement(IntStream.rangeClosed(1, 12)
                .mapToObj(minutes -> late(Duration.ofMinutes(minutes)))
                .toArray(PastRecovery[]::new));

        assertThat(statement.timeToRecover())
                .contains(new Spread(12, Duration.ofMinutes(6), Duration.ofMinutes(11), Duration.ofMinutes(12)));
    }

    @Test
    void theSlaThatIsSupportedIsTheWorstSeenRoundedUp() {
        SlaStatement statement =
                statement(and(cleanOnes(11), late(Duration.ofMinutes(41).plusSeconds(1))));

        assertThat(statement.supportedRto()).hasValueSatisfying(rto -> {
            assertThat(rto.promise()).isEqualTo(Duration.ofMinutes(42));
            assertThat(rto.share()).isCloseTo(0.779, within(0.001));
        });
    }

    @Test
    void whatWasNotMeasuredCountsAsLongerThanThePromise() {
        SlaStatement statement = statement(and(cleanOnes(11), PastRecovery.neverEnded(DAY)));

        assertThat(statement.supportedRpo()).hasValueSatisfying(rpo -> {
            assertThat(List.of(rpo.measured(), rpo.of())).containsExactly(11, 12);
            assertThat(rpo.share()).isCloseTo(0.661, within(0.001));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1M",
        "PT1S, PT1M",
        "PT1M, PT1M",
        "PT1M0.001S, PT2M",
        "PT1H, PT1H",
        "PT1H1S, PT1H5M",
        "PT3H58M, PT4H",
        "PT4H1S, PT4H15M",
        "PT24H, PT24H",
        "PT24H1S, PT25H"
    })
    void roundingUpNeverPromisesLessThanWasSeen(Duration worst, Duration promise) {
        assertThat(Supported.roundedUp(worst)).isEqualTo(promise).isGreaterThanOrEqualTo(worst);
    }

    @Test
    void basesAreCounted() {
        assertThat(statement(clean(), clean(), PastRecovery.neverEnded(DAY)).bases())
                .isEqualTo(Map.of(DataLoss.Basis.EXACT, 2, DataLoss.Basis.UNKNOWN, 1));
    }

    @Test
    void aMissedRtoNamesThePhaseThatCostsMostAndWhatShortensIt() {
        List<Shortfall> shortfalls = statement(clean(), late(Duration.ofHours(2)), late(Duration.ofHours(3)))
                .shortfalls();

        assertThat(shortfalls).singleElement().satisfies(shortfall -> {
            assertThat(shortfall.what())
                    .isEqualTo("the RTO was missed in 2 of 3 recoveries; \"restore\" costs most, 90 % of the time");
            assertThat(shortfall.remedy()).isEqualTo(Remedies.shorten("restore"));
        });
    }

    @Test
    void aMissedRpoNamesTheWorstLossWithItsBasis() {
        PastRecovery lossy = new PastRecovery(
                DAY,
                Standing.MET,
                Optional.of(Duration.ofHours(20)),
                DataLoss.Basis.AGE_OF_RECOVERY_POINT,
                Optional.of(Duration.ofMinutes(5)),
                List.of());

        assertThat(statement(lossy).shortfalls()).singleElement().satisfies(shortfall -> {
            assertThat(shortfall.what())
                    .isEqualTo("the RPO was missed in 1 of 1 recoveries, at worst by a loss of 20h"
                            + " (age of the recovery point, not read from the data)");
            assertThat(shortfall.remedy()).contains("freshness");
        });
    }

    @Test
    void damagedAndUnmeasuredRecoveriesAreSaid() {
        SlaStatement statement = statement(
                recovery(Standing.MISSED, Optional.of(Duration.ZERO), Optional.empty()), PastRecovery.neverEnded(DAY));

        assertThat(statement.shortfalls().stream().map(Shortfall::what))
                .containsExactly(
                        "integrity failed in 1 of 2 recoveries",
                        "1 of 2 recoveries could not be measured in full, and so are not clean");
    }

    @Test
    void everyPhaseHasARemedy() {
        Timeline whole = new Timeline(
                DAY,
                DAY,
                Optional.of(DAY),
                Optional.of(DAY),
                Optional.of(DAY),
                Optional.of(DAY),
                Optional.of(DAY.plusSeconds(1)));

        assertThat(whole.phases())
                .hasSize(6)
                .allSatisfy(phase -> assertThat(Remedies.shorten(phase.name())).isNotEqualTo(Remedies.shorten("?")));
    }

    @Test
    void aShareIsRoundedDownSoThatNothingIsProvenTooEarly() {
        assertThat(Figures.share(0.9499999)).isEqualTo("94.9 %");
        assertThat(Figures.share(0)).isEqualTo("0.0 %");
    }

    private static SlaStatement statement(PastRecovery... recoveries) {
        return SlaStatement.of(OBJECTIVES, List.of(recoveries));
    }

    private static PastRecovery[] cleanOnes(int n) {
        return Collections.nCopies(n, clean()).toArray(PastRecovery[]::new);
    }

    private static PastRecovery[] and(PastRecovery[] some, PastRecovery one) {
        return Stream.concat(Stream.of(some), Stream.of(one)).toArray(PastRecovery[]::new);
    }

    private static PastRecovery clean() {
        return recovery(Standing.MET, Optional.of(Duration.ofMinutes(4)), Optional.of(Duration.ofMinutes(20)));
    }

    private static PastRecovery late(Duration took) {
        return recovery(Standing.MET, Optional.of(Duration.ofMinutes(4)), Optional.of(took));
    }

    private static PastRecovery recovery(Standing integrity, Optional<Duration> loss, Optional<Duration> took) {
        List<Phase> phases = took.stream()
                .flatMap(time -> Stream.of(
                        new Phase("choose", time.dividedBy(20)),
                        new Phase("restore", time.multipliedBy(18).dividedBy(20)),
                        new Phase("verify", time.dividedBy(20))))
                .toList();
        return new PastRecovery(
                DAY, integrity, loss, loss.isPresent() ? DataLoss.Basis.EXACT : DataLoss.Basis.UNKNOWN, took, phases);
    }
}
