package lifeboat.protection;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;

/// Which days of a month a cron expression matches: by day of the month or by day of the week, never by both.
sealed interface CronDays {
    boolean matches(LocalDate day);

    /// Days of the month by their number.
    ///
    /// @param days 1 to 31
    record OfMonth(BitSet days) implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return days.get(day.getDayOfMonth());
        }
    }

    /// `L`: the last day of the month.
    record LastOfMonth() implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return day.getDayOfMonth() == day.lengthOfMonth();
        }
    }

    /// `15W`: the weekday nearest to a day, in the same month. A month without that day has none.
    record NearestWeekday(int target) implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return target <= day.lengthOfMonth()
                    && nearest(day.withDayOfMonth(target)).equals(day);
        }

        private static LocalDate nearest(LocalDate target) {
            return switch (target.getDayOfWeek()) {
                case SATURDAY -> target.getDayOfMonth() == 1 ? target.plusDays(2) : target.minusDays(1);
                case SUNDAY ->
                    target.getDayOfMonth() == target.lengthOfMonth() ? target.minusDays(2) : target.plusDays(1);
                case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> target;
            };
        }
    }

    /// Days of the week.
    ///
    /// @param days 1 for Sunday to 7 for Saturday, as AWS counts
    record OfWeek(BitSet days) implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return days.get(number(day.getDayOfWeek()));
        }
    }

    /// `6L`: the last Friday of the month.
    record LastOfWeekday(int weekday) implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return number(day.getDayOfWeek()) == weekday
                    && day.equals(day.with(TemporalAdjusters.lastInMonth(day.getDayOfWeek())));
        }
    }

    /// `3#2`: the second Tuesday of the month.
    record Nth(int weekday, int ordinal) implements CronDays {
        @Override
        public boolean matches(LocalDate day) {
            return number(day.getDayOfWeek()) == weekday && (day.getDayOfMonth() - 1) / 7 + 1 == ordinal;
        }
    }

    private static int number(DayOfWeek day) {
        return day.getValue() % 7 + 1;
    }
}
