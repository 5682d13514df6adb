package lifeboat.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import lifeboat.catalog.Invalid;

/// Reads a request from JSON, strictly: `{"workload": "catalog"}`, perhaps with `resources`; or
/// `{"at": "2026-11-26T14:00:00Z"}`, the hour for which the schedule fired.
final class RecordRequestReader {
    private static final Set<String> ALLOWED = new TreeSet<>(Set.of("workload", "resources", "at"));

    private RecordRequestReader() {}

    /// @throws Invalid naming the field, the value and what is allowed
    static RecordRequest read(JsonNode request) {
        if (!request.isObject()) {
            throw new Invalid(
                    "LB-460", "the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}");
        }
        for (var field : (Iterable<String>) request::fieldNames) {
            if (!ALLOWED.contains(field)) {
                throw new Invalid(
                        "LB-460", "field \"%s\" is not allowed: %s".formatted(field, String.join(", ", ALLOWED)));
            }
        }
        if (!request.has("at")) {
            return new RecordRequest.Now(text(request.path("workload"), "workload"), resources(request));
        }
        if (request.size() > 1) {
            throw new Invalid("LB-460", "at is how the schedule asks, and goes with no other field");
        }
        return new RecordRequest.Hour(instant(text(request.path("at"), "at")));
    }

    private static List<String> resources(JsonNode request) {
        var resources = request.path("resources");
        if (resources.isMissingNode()) {
            return List.of();
        }
        if (!resources.isArray() || resources.isEmpty()) {
            throw new Invalid("LB-460", "resources %s is not allowed: a list of names".formatted(resources));
        }
        return StreamSupport.stream(resources.spliterator(), false)
                .map(name -> text(name, "resources"))
                .distinct()
                .toList();
    }

    private static String text(JsonNode value, String field) {
        if (value.isMissingNode()) {
            throw new Invalid("LB-460", "field \"%s\" is missing".formatted(field));
        }
        if (!value.isTextual()) {
            throw new Invalid("LB-460", "%s %s is not allowed: a text in quotes".formatted(field, value));
        }
        return value.textValue();
    }

    private static Instant instant(String at) {
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new Invalid(
                    "LB-460",
                    "at \"%s\" is not an instant: ISO-8601 in UTC, for example 2026-11-26T14:00:00Z".formatted(at));
        }
    }
}
