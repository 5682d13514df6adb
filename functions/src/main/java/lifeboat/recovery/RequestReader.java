package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.Target;

/// Reads a recovery request from JSON, strictly: whatever it does not know is refused with what is allowed.
///
/// `{"workload": "catalog"}` is enough. Optional: `mode` (`DRILL`, `INCIDENT`), one of `at` (an instant),
/// `recoveryPoint` (an ARN) and `from` (`LATEST`, `RECOVERY_POINT`), `resources` (names), `incidentAt` (an instant),
/// `afterIncident` (true to restore a time after it).
public final class RequestReader {
    private static final Set<String> ALLOWED =
            Set.of("workload", "mode", "at", "recoveryPoint", "from", "resources", "incidentAt", "afterIncident");
    private final Environment environment;

    public RequestReader(Environment environment) {
        this.environment = environment;
    }

    /// Reads one request.
    ///
    /// @param now nothing can be recovered to a later instant
    /// @throws Invalid naming the field, the value and what is allowed
    public RecoveryRequest read(JsonNode request, Instant now) {
        refuseUnknownFields(request);
        Workload workload = workload(request);
        Mode mode = oneOf(request, "mode", Mode.class).orElse(Mode.DRILL);
        Target target = target(request, now);
        List<ResourceName> resources = resources(request, workload);
        if (target instanceof Target.FromRecoveryPoint
                && resources.size() != 1
                && workload.resources().size() != 1) {
            throw new Invalid(
                    "LB-106",
                    "recoveryPoint belongs to one resource: add \"resources\" with the one it is of, one of "
                            + names(workload));
        }
        // naming all of them is naming none: the same request must not run twice because it was written otherwise
        boolean all = resources.size() == workload.resources().size();
        return new RecoveryRequest(
                workload.name(),
                mode,
                target,
                all ? List.of() : resources,
                past(request, "incidentAt", now),
                flag(request, "afterIncident"));
    }

    private static void refuseUnknownFields(JsonNode request) {
        if (!request.isObject()) {
            throw new Invalid(
                    "LB-101", "the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}");
        }
        for (String field : (Iterable<String>) request::fieldNames) {
            if (!ALLOWED.contains(field)) {
                throw new Invalid(
                        "LB-101",
                        "field \"%s\" is not allowed: %s"
                                .formatted(field, ALLOWED.stream().sorted().collect(Collectors.joining(", "))));
            }
        }
    }

    private Workload workload(JsonNode request) {
        String name = text(request, "workload")
                .orElseThrow(() -> new Invalid("LB-103", "workload is missing: one of " + workloads()));
        return environment.workloads().stream()
                .filter(workload -> workload.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-103",
                        "workload \"%s\" is not in environment %s: one of %s"
                                .formatted(name, environment.name(), workloads())));
    }

    private Target target(JsonNode request, Instant now) {
        List<Target> targets = new ArrayList<>();
        past(request, "at", now).map(Target.PointInTime::new).ifPresent(targets::add);
        text(request, "recoveryPoint")
                .map(RecoveryPointArn::new)
                .map(Target.FromRecoveryPoint::new)
                .ifPresent(targets::add);
        oneOf(request, "from", From.class).map(From::target).ifPresent(targets::add);
        if (targets.size() > 1) {
            throw new Invalid(
                    "LB-105", "at, recoveryPoint and from exclude each other: give one, or none for the latest");
        }
        return targets.isEmpty() ? new Target.Latest() : targets.getFirst();
    }

    private static List<ResourceName> resources(JsonNode request, Workload workload) {
        JsonNode given = request.path("resources");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray() || given.isEmpty()) {
            throw new Invalid("LB-107", "resources %s is not allowed: a list of %s".formatted(given, names(workload)));
        }
        return StreamSupport.stream(given.spliterator(), false)
                .map(name -> resource(name, workload))
                .distinct()
                .toList();
    }

    private static ResourceName resource(JsonNode name, Workload workload) {
        return workload.resources().stream()
                .map(resource -> resource.name())
                .filter(known -> name.isTextual() && known.value().equals(name.textValue()))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-107",
                        "resource %s is not in workload %s: one of %s"
                                .formatted(name, workload.name(), names(workload))));
    }

    private static boolean flag(JsonNode request, String field) {
        JsonNode given = request.path(field);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new Invalid("LB-101", "%s %s is not allowed: true or false".formatted(field, given));
        }
        return given.asBoolean(false);
    }

    private static Optional<Instant> past(JsonNode request, String field, Instant now) {
        return text(request, field).map(value -> {
            Instant instant = instant(field, value);
            if (instant.isAfter(now)) {
                throw new Invalid("LB-108", "%s \"%s\" is in the future: now is %s".formatted(field, value, now));
            }
            return instant;
        });
    }

    private static Instant instant(String field, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new Invalid(
                    "LB-108",
                    "%s \"%s\" is not an instant: ISO-8601 in UTC, for example 2026-11-20T14:30:00Z"
                            .formatted(field, value));
        }
    }

    private static Optional<String> text(JsonNode request, String field) {
        JsonNode value = request.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Invalid("LB-101", "%s %s is not allowed: a text in quotes".formatted(field, value));
        }
        return Optional.of(value.textValue());
    }

    private static <E extends Enum<E>> Optional<E> oneOf(JsonNode request, String field, Class<E> type) {
        return text(request, field)
                .map(value -> List.of(type.getEnumConstants()).stream()
                        .filter(constant -> constant.name().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new Invalid(
                                "LB-101", "%s \"%s\" is not allowed: one of %s".formatted(field, value, names(type)))));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private String workloads() {
        return environment.workloads().stream()
                .map(workload -> workload.name().value())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String names(Workload workload) {
        return workload.resources().stream()
                .map(resource -> resource.name().value())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// The words of the field `from`.
    private enum From {
        LATEST,
        RECOVERY_POINT;

        Target target() {
            return switch (this) {
                case LATEST -> new Target.Latest();
                case RECOVERY_POINT -> new Target.LatestRecoveryPoint();
            };
        }
    }
}
