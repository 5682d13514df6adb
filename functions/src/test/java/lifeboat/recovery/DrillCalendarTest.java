package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lifeboat.catalog.Drill;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When drills are due.
class DrillCalendarTest {
    private static final LocalDate FIRST = LocalDate.of(2028, 1, 1); // a leap year
    private static final LocalDate END = FIRST.plusYears(1);

    @ParameterizedTest
    @EnumSource(Drill.Cadence.class)
    void everyWorkloadIsDueInOneHourOfEachOfItsPeriods(Drill.Cadence every) {
        for (String name : List.of("catalog", "checkout", "payments", "a", "search-index")) {
            Environment environment = Example.environment(drilled(name, every));

            for (LocalDate from = FIRST; !next(from, every).isAfter(END); from = next(from, every)) {
                assertThat(dueHours(environment, from, next(from, every)))
                        .as("%s, every %s, from %s", name, every, from)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void anyMomentOfTheHourIsItsHour() {
        Environment environment = Example.environment(drilled("catalog", Drill.Cadence.DAY));
        Instant hour = LongStream.range(0, 24)
                .mapToObj(number -> start(FIRST).plusSeconds(number * 3600))
                .filter(at -> !DrillCalendar.due(environment, at).isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(DrillCalendar.due(environment, hour.plusSeconds(3599))).hasSize(1);
        assertThat(DrillCalendar.due(environment, hour.plusSeconds(3600))).isEmpty();
        assertThat(DrillCalendar.due(environment, hour.minusNanos(1))).isEmpty();
    }

    @Test
    void aThousandDrillsAreSpreadOverTheDay() {
        Environment environment = Example.environment(IntStream.range(0, 1000)
                .mapToObj(number -> drilled("workload-" + number, Drill.Cadence.DAY))
                .toArray(Workload[]::new));

        for (int hour = 0; hour < 24; hour++) {
            assertThat(DrillCalendar.due(environment, start(FIRST).plusSeconds(hour * 3600L)))
                    .hasSizeBetween(15, 80);
        }
    }

    @Test
    void aWorkloadWithoutADrillIsNeverDue() {
        assertThat(dueHours(Example.environment(), FIRST, END)).isZero();
    }

    private static long dueHours(Environment environment, LocalDate from, LocalDate to) {
        return LongStream.range(0, (to.toEpochDay() - from.toEpochDay()) * 24)
                .map(hour -> DrillCalendar.due(environment, start(from).plusSeconds(hour * 3600 + 61))
                        .size())
                .sum();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static LocalDate next(LocalDate from, Drill.Cadence every) {
        return switch (every) {
            case DAY -> from.plusDays(1);
            case WEEK -> from.plusWeeks(1);
            case MONTH -> from.plusMonths(1);
            case QUARTER -> from.plusMonths(3);
            case YEAR -> from.plusYears(1);
        };
    }

    static Workload drilled(String name, Drill.Cadence every) {
        Workload plain = Example.workload(name, Example.PRODUCTS);
        return new Workload(
                plain.name(),
                plain.tier(),
                plain.objectives(),
                plain.regionLost(),
                plain.accountLost(),
                plain.owner(),
                plain.resources(),
                Optional.of(new Drill(every, Drill.Source.RECOVERY_POINT)),
                plain.application(),
                plain.accepted());
    }
}
