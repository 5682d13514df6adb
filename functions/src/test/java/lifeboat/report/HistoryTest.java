package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Summary;
import org.junit.jupiter.api.Test;

/// Which recoveries count.
class HistoryTest {
    private static final Instant AT = SampleReports.AT;
    private static final Workload ORDERS = SampleReports.PROD.workloads().get(1);
    private static final Duration PATIENCE = ORDERS.objectives().rto().plusDays(1);

    @Test
    void aClosedRecoveryOfTheWholeWorkloadCounts() {
        assertThat(history(drill(AT.minusSeconds(9))).statement(Mode.DRILL).clean())
                .isEqualTo(1);
    }

    @Test
    void aRecoveryOfAPartProvesNothingAboutTheWhole() {
        Summary whole = drill(AT.minusSeconds(9));
        Summary part = new Summary(
                whole.id(),
                whole.mode(),
                List.of(new ResourceName("carts")),
                whole.startedAt(),
                whole.closedAt(),
                whole.result());

        assertThat(history(part).statement(Mode.DRILL).trials()).isZero();
        assertThat(history(part).partial()).isEqualTo(1);
    }

    @Test
    void aRecoveryThatMayStillEndWellDoesNotCountYet() {
        History history = history(SampleReports.open(ORDERS, AT.minus(PATIENCE)));

        assertThat(history.statement(Mode.DRILL).trials()).isZero();
        assertThat(history.running()).isEqualTo(1);
    }

    @Test
    void aRecoveryThatNeverEndedCountsAsUnmeasured() {
        History history = history(SampleReports.open(ORDERS, AT.minus(PATIENCE).minusMillis(1)));

        assertThat(history.statement(Mode.DRILL).unmeasured()).isEqualTo(1);
        assertThat(history.running()).isZero();
    }

    /// What the ledger cannot read of a recovery must not make the others look better.
    @Test
    void aRecoveryOfWhichNobodyKnowsWhatItCoveredCountsAsUnmeasured() {
        Summary unreadable = new Summary(
                drill(AT).id(),
                Mode.DRILL,
                List.of(),
                AT.minusSeconds(9),
                Optional.empty(),
                Optional.of(new Summary.Result(
                        Standing.UNMEASURED,
                        Standing.UNMEASURED,
                        Optional.empty(),
                        DataLoss.Basis.UNKNOWN,
                        Optional.empty(),
                        List.of())));

        assertThat(history(unreadable).statement(Mode.DRILL).unmeasured()).isEqualTo(1);
        assertThat(history(unreadable).partial()).isZero();
    }

    @Test
    void aRecoveryIsOfThePeriodInWhichItEndedAndOfThatInWhichItRuns() {
        Instant from = AT.minus(Duration.ofDays(1));
        Summary drill = drill(from.minusSeconds(1));
        for (var closed : List.of(from, AT.minusSeconds(1))) {
            assertThat(history(closed(drill, closed)).since(from)).hasSize(1);
        }
        assertThat(history(closed(drill, from.minusNanos(1))).since(from)).isEmpty();
        assertThat(history(drill).since(from)).as("of before ends were known").isEmpty();

        assertThat(history(SampleReports.open(ORDERS, from.minusSeconds(1))).since(from))
                .as("still running")
                .hasSize(1);
        assertThat(history(SampleReports.open(ORDERS, from.minus(PATIENCE))).since(from))
                .as("given up in the period")
                .hasSize(1);
        assertThat(history(SampleReports.open(ORDERS, from.minus(PATIENCE).minusNanos(1)))
                        .since(from))
                .as("given up before it")
                .isEmpty();
    }

    private static Summary closed(Summary drill, Instant at) {
        return new Summary(
                drill.id(), drill.mode(), drill.resources(), drill.startedAt(), Optional.of(at), drill.result());
    }

    @Test
    void whatStartedAfterThePeriodIsNotLookedAt() {
        assertThat(history(drill(AT)).recoveries()).isEmpty();
    }

    @Test
    void drillsAndIncidentsAreNeverMixed() {
        Summary drill = drill(AT.minusSeconds(9));
        Summary incident = new Summary(
                drill.id(), Mode.INCIDENT, drill.resources(), drill.startedAt(), drill.closedAt(), drill.result());

        assertThat(history(drill, incident).statement(Mode.DRILL).trials()).isEqualTo(1);
        assertThat(history(drill, incident).statement(Mode.INCIDENT).trials()).isEqualTo(1);
    }

    private static Summary drill(Instant startedAt) {
        return SampleReports.closed(ORDERS, 0, startedAt, Duration.ofMinutes(20));
    }

    private static History history(Summary... recoveries) {
        return new History(ORDERS, AT, List.of(recoveries));
    }
}
