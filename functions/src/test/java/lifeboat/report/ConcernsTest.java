package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Workload;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Summary;
import lifeboat.report.BackupFindings.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each report asks a person to look at.
class ConcernsTest {
    private static final Instant AT = SampleReports.AT;
    private static final Workload ORDERS = SampleReports.PROD.workloads().get(1);
    private static final Workload ARCHIVE = SampleReports.PROD.workloads().get(2);
    private static final Findings GOOD = new Findings.Validated(AT, 3, List.of(), List.of());
    private static final Findings NONE = new Findings.NotValidated("no");

    @ParameterizedTest
    @EnumSource
    void nothingToLookAtIsMet(Period period) {
        assertThat(status(ORDERS, GOOD, period, drill(1, 20)).standing()).isEqualTo(Standing.MET);
    }

    @ParameterizedTest
    @EnumSource(names = {"DAILY", "MONTHLY", "QUARTERLY"})
    void backupsThatNobodyLookedAtAreNotProven(Period period) {
        assertThat(status(ORDERS, NONE, period, drill(1, 20)).concerns())
                .containsExactly(new Concern(Standing.UNMEASURED, "backups not validated: no"));
    }

    @Test
    void aValidationWithoutAnyCheckProvesNothing() {
        Findings empty = new Findings.Validated(AT, 0, List.of(), List.of());

        assertThat(status(ORDERS, empty, Period.DAILY).concerns())
                .containsExactly(new Concern(Standing.UNMEASURED, "backups: no check ran"));
    }

    @Test
    void aWorkloadThatWasNeverRecoveredIsNotCapable() {
        assertThat(status(ORDERS, GOOD, Period.WEEKLY).standing()).isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void aLateDrillIsSaidOnceThoughItIsBothTheLastAndOfThisWeek() {
        assertThat(status(ORDERS, GOOD, Period.WEEKLY, drill(1, 61)).concerns())
                .singleElement()
                .satisfies(concern -> assertThat(concern.what()).endsWith("back in 1h 1m, RTO 1h MISSED"));
    }

    @Test
    void aMissBeforeACleanDrillIsForgivenByTheWeekThatFollows() {
        assertThat(status(ORDERS, GOOD, Period.WEEKLY, drill(1, 20), drill(9, 61))
                        .standing())
                .isEqualTo(Standing.MET);
        assertThat(status(ORDERS, GOOD, Period.MONTHLY, drill(1, 20), drill(9, 61))
                        .standing())
                .isEqualTo(Standing.MISSED);
    }

    @Test
    void aDrillIsOverdueADayAfterItsCadence() {
        assertThat(status(ORDERS, GOOD, Period.WEEKLY, drill(8, 20)).standing()).isEqualTo(Standing.MET);
        assertThat(status(ORDERS, GOOD, Period.WEEKLY, drill(9, 20)).concerns())
                .containsExactly(new Concern(
                        Standing.UNMEASURED, "drill overdue: one every week, the last that counts was on 2026-11-11"));
    }

    @Test
    void aDrillThatIsStillRunningWorriesNobody() {
        assertThat(status(ORDERS, GOOD, Period.WEEKLY, SampleReports.open(ORDERS, AT.minusSeconds(60)), drill(7, 20))
                        .standing())
                .isEqualTo(Standing.MET);
    }

    /// It ran when the report before was made, and was older than a day when this one was: neither said that it failed.
    @Test
    void anIncidentThatBeganBeforeTheDayAndEndedLateInItIsSaid() {
        Summary slow = drill(1, 120);
        Summary across = new Summary(
                slow.id(),
                Mode.INCIDENT,
                slow.resources(),
                slow.startedAt().minusSeconds(60),
                Optional.of(AT.minus(22, ChronoUnit.HOURS)),
                slow.result());

        assertThat(status(ORDERS, GOOD, Period.DAILY, across).standing()).isEqualTo(Standing.MISSED);
    }

    @Test
    void anAcceptedShortfallThatEndedIsAMiss() {
        Summary clean = SampleReports.closed(ARCHIVE, 0, AT.minusSeconds(9), Duration.ofHours(1));

        assertThat(status(ARCHIVE, GOOD, Period.MONTHLY, clean).standing()).isEqualTo(Standing.MISSED);
        assertThat(status(ARCHIVE, GOOD, Period.WEEKLY, clean).standing()).isEqualTo(Standing.MET);
    }

    private static WorkloadStatus status(Workload workload, Findings findings, Period period, Summary... history) {
        return SampleReports.status(workload, List.of(history), findings, period);
    }

    private static Summary drill(int daysAgo, int minutes) {
        return SampleReports.closed(ORDERS, 0, AT.minus(daysAgo, ChronoUnit.DAYS), Duration.ofMinutes(minutes));
    }
}
