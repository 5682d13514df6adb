package lifeboat.protection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Instants as a person reads them: `Sun 2026-11-22 01:59`, UTC.
final class Clock {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Clock() {}

    static String shown(Instant instant) {
        return FORM.format(instant);
    }
}
