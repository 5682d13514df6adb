package lifeboat.report;

import java.time.Instant;
import java.time.LocalDate;

/// Remembers which reports were sent, so that a schedule that fires twice sends one letter.
public interface SentReports {
    /// Whether the report of that period and day (UTC) was sent.
    boolean sent(Period period, LocalDate day);

    /// Writes down that it was. Writing it down again changes nothing that matters.
    void markSent(Period period, LocalDate day, Instant at);
}
