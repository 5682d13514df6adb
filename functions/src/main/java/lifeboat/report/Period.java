package lifeboat.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How often a report comes, and so what it is for.
public enum Period {
    DAILY("backup status", 1, ChronoUnit.DAYS),
    WEEKLY("recovery capability", 1, ChronoUnit.WEEKS),
    MONTHLY("compliance status", 1, ChronoUnit.MONTHS),
    QUARTERLY("audit preparation", 3, ChronoUnit.MONTHS);

    private final String subject;
    private final int length;
    private final ChronoUnit unit;

    Period(String subject, int length, ChronoUnit unit) {
        this.subject = subject;
        this.length = length;
        this.unit = unit;
    }

    /// What the report is about, with its period: `weekly recovery capability`.
    public String title() {
        return label() + " " + subject;
    }

    /// The name in a request and in a path.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// When the period began that ends at an instant.
    public Instant before(Instant end) {
        return end.atOffset(ZoneOffset.UTC).minus(length, unit).toInstant();
    }

    /// The period of that name, or empty where there is none.
    public static Optional<Period> labelled(String label) {
        return Arrays.stream(values())
                .filter(period -> period.label().equals(label))
                .findFirst();
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
