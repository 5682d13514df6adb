package lifeboat.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Durations as a person writes them: a whole number and s, m, h, d, w or y. A year has 365 days.
public final class Durations {
    static final Pattern FORM =
            new Pattern("[1-9][0-9]{0,8}[smhdwy]", "a whole number and s, m, h, d, w or y, for example 15m or 30d");
    static final Duration LONGEST = Duration.ofDays(36_500);
    private static final List<Unit> UNITS = List.of(
            new Unit('y', 365L * 86_400),
            new Unit('w', 7L * 86_400),
            new Unit('d', 86_400),
            new Unit('h', 3_600),
            new Unit('m', 60),
            new Unit('s', 1));

    private Durations() {}

    /// The duration, or empty where the text is none or is longer than a hundred years.
    static Optional<Duration> parse(String text) {
        if (!FORM.fits(text)) {
            return Optional.empty();
        }
        var number = Long.parseLong(text.substring(0, text.length() - 1));
        var suffix = text.charAt(text.length() - 1);
        return UNITS.stream()
                .filter(unit -> unit.suffix == suffix)
                .map(unit -> Duration.ofSeconds(number * unit.seconds))
                .filter(duration -> duration.compareTo(LONGEST) <= 0)
                .findFirst();
    }

    /// The duration in the two largest units that say something: `27 h`, `1 d 3 h`, `5 min`; `0 s` for none.
    public static String shown(Duration duration) {
        if (duration.toHours() < 72 && duration.toHours() > 0) {
            return parts(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return duration.toDays() > 0
                ? parts(duration.toDays(), "d", duration.toHoursPart(), "h")
                : parts(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }

    private static String parts(long large, String largeUnit, long small, String smallUnit) {
        if (large == 0) {
            return small + " " + smallUnit;
        }
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private record Unit(char suffix, long seconds) {}
}
