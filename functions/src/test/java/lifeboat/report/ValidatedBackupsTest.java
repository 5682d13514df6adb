package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.objective.Standing;
import lifeboat.report.BackupFindings.Findings;
import lifeboat.validation.Validations;
import org.junit.jupiter.api.Test;

class ValidatedBackupsTest {
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private static final Instant AT = SampleReports.AT;
    private static final Environment ENVIRONMENT = EnvironmentFile.parse("test.yaml", """
            environment: test
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            schedules: techmoda
            workloads: {shop: {tier: standard, resources: {a: {efs: fs-00000001}}}}
            """);
    private static final Workload WORKLOAD = ENVIRONMENT.workloads().getFirst();
    private Optional<Validations.Entry> newest =
            Optional.of(new Validations.Entry(FIVE, 4, List.of("failed"), List.of("gap")));

    @Test
    void freshLookIsShown() {
        assertThat(at(FIVE.plusSeconds(26 * 3600)))
                .isEqualTo(new Findings.Validated(FIVE, 4, List.of("failed"), List.of("gap")));
    }

    @Test
    void oldLookIsNoLook() {
        assertThat(at(FIVE.plusSeconds(26 * 3600 + 1)))
                .isEqualTo(new Findings.NotValidated("the backups were last looked at on 2026-11-20T05:00:00Z"));
    }

    @Test
    void neverLookedAtIsNotValidated() {
        newest = Optional.empty();

        assertThat(at(FIVE)).isEqualTo(new Findings.NotValidated("the backups were never looked at"));
    }

    @Test
    void aFailureInTheMiddleOfAMonthIsNotForgottenByAGoodLastDay() {
        var backups = new SampleBackups(ENVIRONMENT);
        days(backups, 31, 16);
        backups.without("fs-00000001");
        days(backups, 15, 14);
        backups.with("fs-00000001");
        days(backups, 13, 0);

        var found = byDay(backups, Period.MONTHLY);

        assertThat(found.days()).hasSize(31);
        assertThat(found.standing()).isEqualTo(Standing.MISSED);
        assertThat(found.standing(Standing.MET)).hasSize(29);
        assertThat(BackupConcerns.of(found).filter(concern -> concern.standing() == Standing.MISSED))
                .extracting(Concern::what)
                .satisfiesExactly(
                        concern -> assertThat(concern)
                                .startsWith("backups on 2026-11-06: shop/a, backup: no complete recovery"),
                        concern -> assertThat(concern)
                                .startsWith("backups on 2026-11-05: shop/a, backup: no complete recovery"));
    }

    @Test
    void daysOnWhichNobodyValidatedAreNotProvenAndAreSaid() {
        var backups = new SampleBackups(ENVIRONMENT);
        days(backups, 31, 20);
        days(backups, 17, 9);
        days(backups, 7, 0);

        var found = byDay(backups, Period.MONTHLY);

        assertThat(found.standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(BackupConcerns.of(found))
                .containsExactly(new Concern(
                        Standing.UNMEASURED,
                        "backups not validated on 3 of 31 days: 2026-11-12, 2026-11-01 to 2026-11-02"));
    }

    @Test
    void aPeriodInWhichNobodyValidatedIsNotProven() {
        for (var period : List.of(Period.WEEKLY, Period.MONTHLY, Period.QUARTERLY)) {
            var found = byDay(new SampleBackups(ENVIRONMENT), period);

            assertThat(found.standing()).isEqualTo(Standing.UNMEASURED);
            assertThat(found.days())
                    .isNotEmpty()
                    .allSatisfy(day -> assertThat(day.at()).isEmpty());
        }
    }

    @Test
    void aFewDaysAreToldAndTheOthersCounted() {
        var backups = new SampleBackups(ENVIRONMENT).without("fs-00000001").recoveryRegion(false);
        days(backups, 31, 0);

        var concerns = BackupConcerns.of(byDay(backups, Period.MONTHLY)).toList();

        assertThat(concerns).hasSize(12);
        assertThat(concerns.get(5))
                .isEqualTo(new Concern(Standing.MISSED, "backups on 26 more days: 2026-10-21 to 2026-11-15"));
        assertThat(concerns.get(6).what()).startsWith("backups on 2026-11-20: shop/a, copy: could not be looked at");
        assertThat(concerns.getLast())
                .isEqualTo(new Concern(Standing.UNMEASURED, "backups on 26 more days: 2026-10-21 to 2026-11-15"));
    }

    @Test
    void aLaterLookOfTheDayMendsAGapButNoFailure() {
        var gap = new SampleBackups(ENVIRONMENT);
        days(gap, 7, 1);
        gap.recoveryRegion(false).validated(AT.minusSeconds(7_200));
        gap.recoveryRegion(true).validated(AT.minusSeconds(3_600));
        var failure = new SampleBackups(ENVIRONMENT);
        days(failure, 7, 1);
        failure.without("fs-00000001").validated(AT.minusSeconds(7_200));
        failure.with("fs-00000001").validated(AT.minusSeconds(3_600));

        assertThat(byDay(gap, Period.WEEKLY).standing()).isEqualTo(Standing.MET);
        assertThat(byDay(failure, Period.WEEKLY).standing()).isEqualTo(Standing.MISSED);
    }

    @Test
    void aDayIsNotValidatedOnlyOnceItsLookIsLate() {
        var backups = new SampleBackups(ENVIRONMENT);
        days(backups, 9, 1);

        assertThat(found(backups, Period.WEEKLY, AT.minusSeconds(4_000)).standing())
                .as("before the look of the day")
                .isEqualTo(Standing.MET);
        assertThat(found(backups, Period.WEEKLY, AT.plusSeconds(3_601)).standing())
                .as("26 hours after the last")
                .isEqualTo(Standing.UNMEASURED);
    }

    @Test
    void firstDayBelongsToThePeriodBeforeOnlyIfItWasLookedAtThere() {
        var backups = new SampleBackups(ENVIRONMENT);
        days(backups, 6, 0);

        assertThat(byDay(backups, Period.WEEKLY).standing(Standing.UNMEASURED))
                .extracting(ValidatedDay::day)
                .containsExactly(LocalDate.of(2026, 11, 13));
    }

    private static void days(SampleBackups backups, int from, int to) {
        for (int ago = from; ago >= to; ago--) {
            backups.validated(AT.minusSeconds(3_600).minus(Duration.ofDays(ago)));
        }
    }

    private static Findings.ByDay byDay(SampleBackups backups, Period period) {
        return (Findings.ByDay) found(backups, period, AT);
    }

    private static Findings found(SampleBackups backups, Period period, Instant until) {
        return new ValidatedBackups(backups).of(WORKLOAD, period, until);
    }

    private Findings at(Instant until) {
        return new ValidatedBackups(new Validations() {
                    @Override
                    public void record(WorkloadName workload, Entry entry) {
                        throw new AssertionError();
                    }

                    @Override
                    public Optional<Entry> newest(WorkloadName workload, Instant upTo) {
                        assertThat(upTo).isEqualTo(until);
                        return newest;
                    }

                    @Override
                    public List<Entry> within(WorkloadName workload, Instant from, Instant upTo) {
                        throw new AssertionError();
                    }
                })
                .of(WORKLOAD, Period.DAILY, until);
    }
}
