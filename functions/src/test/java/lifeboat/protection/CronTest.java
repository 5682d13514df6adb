package lifeboat.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final LocalDate NOVEMBER = LocalDate.of(2026, 11, 1);

    /// November 2026 begins on a Sunday and has 30 days.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 1 * * ? *)                 | 30 | 1T01:00 2T01:00 3T01:00",
                "cron(0 5 ? * * *)                 | 30 | 1T05:00 2T05:00",
                "cron(0 0 ? * SUN *)               | 5  | 1T00:00 8T00:00 15T00:00 22T00:00 29T00:00",
                "cron(0 0 ? * 1 *)                 | 5  | 1T00:00 8T00:00",
                "cron(0 0 ? * mon-WED *)           | 13 | 2T00:00 3T00:00 4T00:00 9T00:00",
                "cron(0 0 ? * L *)                 | 4  | 7T00:00 14T00:00",
                "cron(15 10 ? * 6L *)              | 1  | 27T10:15",
                "cron(15 10 ? * FRIL *)            | 1  | 27T10:15",
                "cron(0 8 ? * 3#2 *)               | 1  | 10T08:00",
                "cron(0 8 ? * SUN#5 *)             | 1  | 29T08:00",
                "cron(0 8 ? * TUE#5 *)             | 0  |",
                "cron(0 8 L * ? *)                 | 1  | 30T08:00",
                "cron(0 8 31 * ? *)                | 0  |",
                "cron(0 8 31W * ? *)               | 0  |",
                "cron(0 8 1W * ? *)                | 1  | 2T08:00",
                "cron(0 8 14W * ? *)               | 1  | 13T08:00",
                "cron(0 8 15W * ? *)               | 1  | 16T08:00",
                "cron(0 8 16W * ? *)               | 1  | 16T08:00",
                "cron(0 0/12 2 * ? *)              | 2  | 2T00:00 2T12:00",
                "cron(0 5/8 2 * ? *)               | 3  | 2T05:00 2T13:00 2T21:00",
                "cron(0 */7 2 * ? *)               | 4  | 2T00:00 2T07:00 2T14:00 2T21:00",
                "cron(10/20 0 2 * ? *)             | 3  | 2T00:10 2T00:30 2T00:50",
                "cron(0 8-10 2,4 * ? *)            | 6  | 2T08:00 2T09:00 2T10:00 4T08:00",
                "cron(0 8-12/2 2 NOV ? 2026-2027)  | 3  | 2T08:00 2T10:00 2T12:00",
                "cron(0 8 2 JAN-OCT,DEC ? *)       | 0  |",
                "cron(0 8 2 11 ? 2027)             | 0  |",
                "cron(0 8   2 11 ? 2026)           | 1  | 2T08:00"
            })
    void firesWhenAwsDocumentsThatItFires(String text, int inNovember, String first) {
        var firings = Cron.parse(text).firings(NOVEMBER, NOVEMBER.plusMonths(1));

        assertThat(firings).hasSize(inNovember).isSorted().doesNotHaveDuplicates();
        var expected = first == null ? List.of() : List.of(first.split(" ", -1));
        assertThat(firings.stream().limit(expected.size()).map(CronTest::shown).toList())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 1 * * ? *",
                "cron()",
                "cron(0 1 * * ?)",
                "cron(0 1 * * ? * *)",
                "cron(0 1 * * * *)",
                "cron(0 1 ? * ? *)",
                "cron(0 1 1 * MON *)",
                "cron(60 1 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 1 0 * ? *)",
                "cron(0 1 32 * ? *)",
                "cron(0 1 * 13 ? *)",
                "cron(0 1 * JANUARY ? *)",
                "cron(0 1 ? * 0 *)",
                "cron(0 1 ? * 8 *)",
                "cron(0 1 ? * SAT-SUN *)",
                "cron(0 1 ? * 3#6 *)",
                "cron(0 1 ? * 3#1,6#3 *)",
                "cron(0 1 32W * ? *)",
                "cron(0 1 1,L * ? *)",
                "cron(0 1 * * ? 1969)",
                "cron(0 1 * * ? 2200)",
                "cron(0 1/0 * * ? *)",
                "cron(0 1/x * * ? *)",
                "cron(-1 1 * * ? *)",
                "cron(,1 1 * * ? *)",
                "cron(1, 1 * * ? *)",
                "cron(? 1 * * ? *)",
                "cron(0 10-8 * * ? *)",
                "cron(99999999999 1 * * ? *)",
                "rate(1 day)"
            })
    void whatAwsRefusesIsRefused(String text) {
        assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(Invalid.class).hasMessageStartingWith("LB-030");
    }

    @Test
    void stepThatEndsWithTheDayIsRefusedAsItFiresOnceADay() {
        assertThatThrownBy(() -> Cron.parse("cron(0 12/12 * * ? *)"))
                .hasMessage(
                        "LB-030 hours \"12/12\" is not allowed: 12/12 matches only 12: a step ends with its field and"
                                + " never carries over");
        assertThat(Cron.parse("cron(0 11/12 * * ? *)").firings(NOVEMBER, NOVEMBER.plusDays(1)))
                .hasSize(2);
    }

    /// Every month of 40 years, by rules that are spelled out another way.
    @Test
    void weekdaysAgreeWithTheCalendarThroughTheYears() {
        for (var month = LocalDate.of(2020, 1, 1); month.getYear() < 2060; month = month.plusMonths(1)) {
            var days = month.datesUntil(month.plusMonths(1)).toList();
            var fridays = days.stream()
                    .filter(day -> day.getDayOfWeek() == DayOfWeek.FRIDAY)
                    .toList();
            var weekdays = days.stream()
                    .filter(day -> day.getDayOfWeek().getValue() < 6)
                    .toList();
            assertThat(fired("cron(0 0 ? * 6L *)", month)).containsExactly(fridays.getLast());
            assertThat(fired("cron(0 0 ? * FRI#3 *)", month)).containsExactly(fridays.get(2));
            assertThat(fired("cron(0 0 L * ? *)", month)).containsExactly(days.getLast());
            assertThat(fired("cron(0 0 1W * ? *)", month)).containsExactly(weekdays.getFirst());
            assertThat(fired("cron(0 0 ? * 2-6 *)", month)).isEqualTo(weekdays);
            if (days.size() == 30) {
                assertThat(fired("cron(0 0 30W * ? *)", month)).containsExactly(weekdays.getLast());
            }
        }
    }

    private static List<LocalDate> fired(String cron, LocalDate month) {
        return Cron.parse(cron).firings(month, month.plusMonths(1)).stream()
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .collect(Collectors.toList());
    }

    private static String shown(Instant at) {
        return at.toString()
                .substring("2026-11-".length(), "2026-11-00T00:00".length())
                .replaceFirst("^0", "");
    }
}
