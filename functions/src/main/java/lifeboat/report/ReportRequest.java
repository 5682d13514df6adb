package lifeboat.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;

/// Which report is asked for. Nothing is read but the period and, for a schedule that fires late, the instant.
///
/// @param period daily, weekly, monthly or quarterly
/// @param at the end of the period; now unless said otherwise
public record ReportRequest(Period period, Instant at) {
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<String> ALLOWED = List.of("period", "at");

    /// Reads `{"period": "weekly"}`, optionally with `"at": "2026-11-20T06:00:00Z"`.
    ///
    /// @param now a period cannot end after this
    /// @throws Invalid naming the field, the value and what is allowed
    public static ReportRequest read(JsonNode event, Instant now) {
        for (String field : (Iterable<String>) event::fieldNames) {
            if (!ALLOWED.contains(field)) {
                throw refused("field \"%s\" is not allowed: %s".formatted(field, String.join(", ", ALLOWED)));
            }
        }
        return new ReportRequest(period(event.path("period")), at(event.path("at"), now));
    }

    /// The day (UTC) that the report is dated.
    public LocalDate day() {
        return Period.day(at);
    }

    private static Period period(JsonNode given) {
        return Period.labelled(given.asText()).orElseThrow(() -> {
            String allowed = Arrays.stream(Period.values()).map(Period::label).collect(Collectors.joining(", "));
            return given.isMissingNode()
                    ? refused("field \"period\" is missing: one of " + allowed)
                    : refused("period %s is not allowed: one of %s".formatted(given, allowed));
        });
    }

    private static Instant at(JsonNode given, Instant now) {
        if (given.isMissingNode()) {
            return now;
        }
        try {
            Instant at = Instant.parse(given.asText());
            if (at.isAfter(now) || at.isBefore(EARLIEST)) {
                throw refused("at %s is not allowed: from %s to now, %s".formatted(given, EARLIEST, now));
            }
            return at;
        } catch (DateTimeParseException e) {
            throw refused("at %s is not allowed: an instant, for example 2026-11-20T06:00:00Z".formatted(given));
        }
    }

    private static Invalid refused(String message) {
        return new Invalid("LB-601", message);
    }
}
