package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
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
                whole.id(), whole.mode(), List.of(new ResourceName("carts")), whole.startedAt(), whole.result());

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

    @Test
    void whatStartedAfterThePeriodIsNotLookedAt() {
        assertThat(history(drill(AT)).recoveries()).isEmpty();
    }

    @Test
    void drillsAndIncidentsAreNeverMixed() {
        Summary drill = drill(AT.minusSeconds(9));
        Summary incident = new Summary(drill.id(), Mode.INCIDENT, drill.resources(), drill.startedAt(), drill.result());

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
