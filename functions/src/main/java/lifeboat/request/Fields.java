package lifeboat.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.NearestKey;

/// The fields of one request. What is wrong is collected, so that a tired person corrects the request once: read
/// everything, then call [#refuse].
public final class Fields {
    private static final String FORM = "LB-101";
    private static final String TIME = "LB-108";
    private static final String SEVERAL = "LB-114";

    private final JsonNode request;
    private final Instant now;
    private final List<Invalid> wrong = new ArrayList<>();

    /// Looks at the names of the fields.
    ///
    /// @param request a JSON object
    /// @param allowed the names that it may have
    /// @param now no time may be later
    public Fields(JsonNode request, Set<String> allowed, Instant now) {
        this.request = request;
        this.now = now;
        request.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                unknown(field, allowed);
            }
        });
    }

    private void unknown(String field, Set<String> allowed) {
        String near = NearestKey.to(field, allowed)
                .map(" may be \"%s\"; allowed are "::formatted)
                .orElse(" is not allowed: ");
        wrong(FORM, "field \"%s\"%s%s".formatted(field, near, String.join(", ", new TreeSet<>(allowed))));
    }

    /// Takes down that something is wrong.
    public void wrong(String code, String message) {
        wrong.add(new Invalid(code, message));
    }

    /// Does something that may refuse a value; the refusal is taken down.
    public <T> Optional<T> tried(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (Invalid e) {
            wrong.add(e);
            return Optional.empty();
        }
    }

    /// Refuses the request if anything in it is wrong.
    ///
    /// @throws Invalid that says all of it
    public void refuse() {
        if (wrong.size() == 1) {
            throw wrong.getFirst();
        }
        if (!wrong.isEmpty()) {
            throw new Invalid(
                    SEVERAL,
                    "%d things in the request are wrong: %s"
                            .formatted(
                                    wrong.size(),
                                    wrong.stream().map(Invalid::getMessage).collect(Collectors.joining("; "))));
        }
    }

    /// Whether the field says anything, right or wrong.
    public boolean given(String field) {
        return request.hasNonNull(field);
    }

    /// A text, or empty where the field is absent, null or wrong.
    public Optional<String> text(String field) {
        JsonNode value = request.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            wrong(FORM, "%s %s is not allowed: a text in quotes".formatted(field, value));
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /// True or false; false where it is absent or wrong.
    public boolean flag(String field) {
        JsonNode value = request.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            wrong(FORM, "%s %s is not allowed: true or false".formatted(field, value));
        }
        return value.asBoolean(false);
    }

    /// One word of a few, in any letter case.
    public <E extends Enum<E>> Optional<E> oneOf(String field, Class<E> type) {
        return text(field).flatMap(value -> {
            Optional<E> found = Stream.of(type.getEnumConstants())
                    .filter(constant -> constant.name().equalsIgnoreCase(value.strip()))
                    .findFirst();
            if (found.isEmpty()) {
                wrong(FORM, "%s \"%s\" is not allowed: one of %s".formatted(field, value, names(type)));
            }
            return found;
        });
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /// An instant that has passed. A time without a zone is not guessed at: it is answered as it would be written
    /// in UTC.
    public Optional<Instant> past(String field) {
        return text(field).flatMap(value -> instant(field, value)).filter(instant -> {
            boolean future = instant.isAfter(now);
            if (future) {
                wrong(
                        TIME,
                        "%s \"%s\" is in the future: now is %s"
                                .formatted(field, request.path(field).textValue(), now));
            }
            return !future;
        });
    }

    private Optional<Instant> instant(String field, String value) {
        try {
            return Optional.of(Instant.parse(value));
        } catch (DateTimeException e) {
            wrong(
                    TIME,
                    withoutZone(value)
                            .map(utc -> "%s \"%s\" names no time zone: if it is UTC, write \"%s\"; now is %s"
                                    .formatted(field, value, utc, now))
                            .orElseGet(() ->
                                    "%s \"%s\" is not an instant: ISO-8601 in UTC, for example 2026-11-20T14:30:00Z; now is %s"
                                            .formatted(field, value, now)));
            return Optional.empty();
        }
    }

    /// The instant that a time without a zone is in UTC, or empty where it is no time at all.
    private Optional<Instant> withoutZone(String value) {
        String written = value.strip().replace(' ', 'T');
        return parsed(() -> LocalDateTime.parse(written))
                .or(() -> parsed(() -> LocalDate.parse(written).atStartOfDay()))
                .or(() -> parsed(() -> LocalTime.parse(written).atDate(LocalDate.ofInstant(now, ZoneOffset.UTC))))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    private static Optional<LocalDateTime> parsed(Supplier<LocalDateTime> parse) {
        try {
            return Optional.of(parse.get());
        } catch (DateTimeException e) {
            return Optional.empty(); // not written like that
        }
    }
}
