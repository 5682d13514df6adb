package lifeboat.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.catalog.BackupRule;
import org.junit.jupiter.api.Test;

/// The walk through the year against a simulation that knows neither cron nor intervals: it goes minute by minute,
/// with the calendar in hand, and asks of each minute what an incident would cost.
class TimelineOracleTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final int LEAD_DAYS = 45;
    private static final int DAYS = LEAD_DAYS + 366;
    private static final int PLANS = 16;
    private static final int DAY = 24 * 60;

    @Test
    void worstLossEqualsTheWorstMinuteOfASimulatedYear() {
        var random = new SplittableRandom(2026);
        int bounded = 0;
        for (int i = 0; i < PLANS; i++) {
            var plan = plan(random);
            var firings = Firings.of(plan.stream().map(Simulated::rule).toList(), TODAY);

            var backups = simulated(plan, false);
            assertThat(worst(Timeline.ofBackups(firings))).as("%s", plan).isEqualTo(backups);
            assertThat(worst(Timeline.ofCopies(firings))).as("%s", plan).isEqualTo(simulated(plan, true));
            bounded += backups.isPresent() ? 1 : 0;
        }
        assertThat(bounded).isBetween(1, PLANS - 1);
    }

    private static OptionalInt worst(Guarantee guarantee) {
        return switch (guarantee) {
            case Guarantee.ByBackups backups ->
                OptionalInt.of((int) backups.worst().toMinutes());
            case Guarantee.Nothing n -> OptionalInt.empty();
            case Guarantee.ByLog l -> throw new AssertionError();
        };
    }

    /// @param hours on which it fires, at that minute, on those days of the week (0 is Monday)
    record Simulated(BackupRule rule, BitSet hours, int minute, BitSet weekdays) {
        List<Integer> firings() {
            var found = new ArrayList<Integer>();
            for (int day = 0; day < DAYS; day++) {
                var weekday =
                        TODAY.minusDays(LEAD_DAYS).plusDays(day).getDayOfWeek().getValue() - 1;
                for (int hour = 0; hour < 24; hour++) {
                    if (weekdays.get(weekday) && hours.get(hour)) {
                        found.add(day * DAY + hour * 60 + minute);
                    }
                }
            }
            return found;
        }
    }

    private static OptionalInt simulated(List<Simulated> plan, boolean copies) {
        var newest = new int[DAYS * DAY];
        Arrays.fill(newest, -1);
        var all = plan.stream().collect(Collectors.toMap(s -> s, Simulated::firings));
        for (var simulated : plan) {
            var rule = simulated.rule();
            for (int at : all.getOrDefault(simulated, List.of())) {
                if ((!copies || rule.copy()) && !dropped(simulated, at, all)) {
                    var there = at + minutes(rule.startWindow()) + minutes(rule.completionWindow()) * (copies ? 2 : 1);
                    for (int m = there; m < Math.min(newest.length, at + minutes(rule.deleteAfter())); m++) {
                        newest[m] = Math.max(newest[m], at);
                    }
                }
            }
        }
        int worst = 0;
        for (int m = LEAD_DAYS * DAY; m < newest.length; m++) {
            if (newest[m] < 0) {
                return OptionalInt.empty();
            }
            worst = Math.max(worst, m + 1 - newest[m]);
        }
        return OptionalInt.of(worst);
    }

    private static boolean dropped(Simulated mine, int at, Map<Simulated, List<Integer>> all) {
        return all.entrySet().stream()
                .filter(other -> other.getKey()
                                .rule()
                                .deleteAfter()
                                .compareTo(mine.rule().deleteAfter())
                        > 0)
                .anyMatch(other -> other.getValue().stream()
                        .anyMatch(start -> start < at + minutes(mine.rule().startWindow())
                                && at < start + minutes(other.getKey().rule().startWindow())));
    }

    private static int minutes(Duration duration) {
        return (int) duration.toMinutes();
    }

    private static List<Simulated> plan(RandomGenerator random) {
        return IntStream.rangeClosed(1, random.nextInt(1, 4))
                .mapToObj(i -> simulated(random, "rule" + i))
                .toList();
    }

    private static Simulated simulated(RandomGenerator random, String name) {
        var hours = some(random, 24, random.nextInt(1, 5));
        var weekdays = random.nextBoolean() ? some(random, 7, 40) : some(random, 7, random.nextInt(1, 4));
        var minute = random.nextInt(0, 4) * 15;
        var cron = "cron(%d %s ? * %s *)".formatted(minute, joined(hours), weekdays(weekdays));
        var rule = new BackupRule(
                name,
                name,
                cron,
                Duration.ofMinutes(random.nextInt(4, 20) * 15L),
                Duration.ofMinutes(random.nextInt(1, 40) * 15L),
                Optional.empty(),
                Duration.ofDays(random.nextInt(1, random.nextBoolean() ? 9 : 41)),
                random.nextInt(4) > 0,
                false);
        return new Simulated(rule, hours, minute, weekdays);
    }

    private static BitSet some(RandomGenerator random, int of, int tries) {
        var chosen = new BitSet();
        IntStream.range(0, tries).forEach(i -> chosen.set(random.nextInt(of)));
        return chosen;
    }

    private static String joined(BitSet numbers) {
        return numbers.stream().mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    /// AWS counts from Sunday as 1.
    private static String weekdays(BitSet mondayIsZero) {
        return mondayIsZero.stream()
                .mapToObj(n -> String.valueOf((n + 1) % 7 + 1))
                .collect(Collectors.joining(","));
    }
}
