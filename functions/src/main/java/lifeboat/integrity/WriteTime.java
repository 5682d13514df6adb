package lifeboat.integrity;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Reads the time of a last write as applications write it down. What it cannot read is empty, never a guess.
public final class WriteTime {
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal END_OF_MILLIS = BigDecimal.valueOf(100_000_000_000_000L);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private WriteTime() {}

    /// ISO-8601 date and time, `2026-11-20T10:15:30.5+01:00`; UTC where it names no offset.
    public static Optional<Instant> ofText(String text) {
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime time
                            ? time.toInstant()
                            : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /// Seconds since 1970, fractions allowed, or milliseconds from 100,000,000,000 on: seconds reach there in the year
    /// 5138 and milliseconds did in 1973.
    public static Optional<Instant> ofNumber(BigDecimal number) {
        if (number.signum() <= 0 || number.compareTo(END_OF_MILLIS) >= 0) {
            return Optional.empty();
        }
        var seconds = number.compareTo(FIRST_MILLIS) < 0 ? number : number.movePointLeft(3);
        var parts = seconds.divideAndRemainder(BigDecimal.ONE);
        return Optional.of(Instant.ofEpochSecond(
                parts[0].longValueExact(), parts[1].multiply(NANOS).longValue()));
    }
}
