package lifeboat.objective;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How figures are written for people.
public final class Figures {
    private Figures() {}

    /// A duration in its two largest units: `2d 3h`, `14m 5s`, `3.2s`, `0s`. Below a minute it is rounded up to a tenth
    /// of a second, so that what is not nothing is never written as nothing.
    public static String text(Duration exact) {
        Duration duration = exact.toMinutes() > 0 ? exact : Duration.ofMillis(tenths(exact) * 100);
        if (duration.toDays() > 0) {
            return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        long tenths = tenths(duration);
        return tenths % 10 == 0 ? tenths / 10 + "s" : tenths / 10 + "." + tenths % 10 + "s";
    }

    private static long tenths(Duration duration) {
        return duration.plusNanos(99_999_999).toMillis() / 100;
    }

    /// An instant to the second, UTC.
    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// A proven share in per cent, to a tenth. Rounded down: 94.97 % has not proven 95 %.
    public static String share(double share) {
        long tenths = (long) Math.floor(share * 1000);
        return "%d.%d %%".formatted(tenths / 10, tenths % 10);
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }
}
