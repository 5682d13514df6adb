package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.NearestKey;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.request.Fields;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.Target;

/// Reads a recovery request from JSON, strictly: whatever it does not know is refused with what is allowed,
/// everything that is wrong at once.
///
/// `{"workload": "catalog"}` is enough. Optional: `mode` (`DRILL`, `INCIDENT`), one of `at` (an instant),
/// `recoveryPoint` (an ARN) and `from` (`LATEST`, `RECOVERY_POINT`), `resources` (names), `incidentAt` (an
/// instant), `afterIncident` (true to restore a time after it). A person who asks may add `dryRun`.
public final class RequestReader {
    private static final String DRY_RUN = "dryRun";
    private static final Set<String> ALLOWED =
            Set.of("workload", "mode", "at", "recoveryPoint", "from", "resources", "incidentAt", "afterIncident");
    private static final Set<String> ALLOWED_IN_PERSON = both(ALLOWED, DRY_RUN);
    private final Environment environment;

    public RequestReader(Environment environment) {
        this.environment = environment;
    }

    /// Reads the request that the state machine carries out.
    ///
    /// @param now nothing can be recovered to a later instant
    /// @throws Invalid naming the fields, the values and what is allowed
    public RecoveryRequest read(JsonNode request, Instant now) {
        Fields fields = fields(request, ALLOWED, now);
        if (request.has(DRY_RUN)) {
            fields.wrong("LB-101", "the state machine knows no dry run, it carries out: ask the function recover");
        }
        return read(request, fields);
    }

    /// Reads what a person asks.
    ///
    /// @param now nothing can be recovered to a later instant
    /// @throws Invalid naming the fields, the values and what is allowed
    public Asked asked(JsonNode asked, Instant now) {
        Fields fields = fields(asked, ALLOWED_IN_PERSON, now);
        boolean dryRun = fields.flag(DRY_RUN);
        RecoveryRequest request = read(asked, fields);
        ObjectNode carriedOut = asked.deepCopy();
        carriedOut.remove(DRY_RUN);
        return new Asked(request, dryRun, carriedOut);
    }

    /// What a person asks.
    ///
    /// @param request what is to be recovered
    /// @param dryRun whether to answer only
    /// @param carriedOut the request as the state machine reads it
    public record Asked(RecoveryRequest request, boolean dryRun, JsonNode carriedOut) {}

    private static Set<String> both(Set<String> some, String other) {
        Set<String> both = new TreeSet<>(some);
        both.add(other);
        return both;
    }

    private static Fields fields(JsonNode request, Set<String> allowed, Instant now) {
        if (!request.isObject()) {
            throw new Invalid(
                    "LB-101", "the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}");
        }
        return new Fields(request, allowed, now);
    }

    private RecoveryRequest read(JsonNode request, Fields fields) {
        Optional<Workload> workload = workload(fields);
        Mode mode = fields.oneOf("mode", Mode.class).orElse(Mode.DRILL);
        Target target = target(fields);
        Optional<Instant> incidentAt = fields.past("incidentAt");
        boolean afterIncident = fields.flag("afterIncident");
        List<ResourceName> resources =
                workload.map(known -> resources(request, fields, known)).orElse(List.of());
        workload.ifPresent(known -> oneResource(fields, target, resources, known));
        fields.refuse();
        // naming all of them is naming none: the same request must not run twice because it was written otherwise
        Workload known = workload.orElseThrow();
        boolean all = resources.size() == known.resources().size();
        return new RecoveryRequest(known.name(), mode, target, all ? List.of() : resources, incidentAt, afterIncident);
    }

    private static void oneResource(Fields fields, Target target, List<ResourceName> resources, Workload workload) {
        if (target instanceof Target.FromRecoveryPoint
                && resources.size() != 1
                && workload.resources().size() != 1) {
            fields.wrong(
                    "LB-106",
                    "recoveryPoint belongs to one resource: add \"resources\" with the one it is of, one of "
                            + names(workload));
        }
    }

    private Optional<Workload> workload(Fields fields) {
        Optional<String> name = fields.text("workload");
        Optional<Workload> workload = name.flatMap(wanted -> environment.workloads().stream()
                .filter(known -> known.name().value().equals(wanted))
                .findFirst());
        if (name.isEmpty() && !fields.given("workload")) {
            fields.wrong("LB-103", "workload is missing: one of " + workloads());
        } else if (name.isPresent() && workload.isEmpty()) {
            fields.wrong(
                    "LB-103",
                    "workload \"%s\" is not in environment %s%s: one of %s"
                            .formatted(
                                    name.get(),
                                    environment.name(),
                                    NearestKey.to(name.get(), workloadNames())
                                            .map(", it may be \"%s\""::formatted)
                                            .orElse(""),
                                    workloads()));
        }
        return workload;
    }

    private static Target target(Fields fields) {
        List<Target> targets = new ArrayList<>();
        fields.past("at").map(Target.PointInTime::new).ifPresent(targets::add);
        fields.text("recoveryPoint")
                .flatMap(arn -> fields.tried(() -> new RecoveryPointArn(arn)))
                .map(Target.FromRecoveryPoint::new)
                .ifPresent(targets::add);
        fields.oneOf("from", From.class).map(From::target).ifPresent(targets::add);
        if (targets.size() > 1) {
            fields.wrong("LB-105", "at, recoveryPoint and from exclude each other: give one, or none for the latest");
        }
        return targets.isEmpty() ? new Target.Latest() : targets.getFirst();
    }

    private static List<ResourceName> resources(JsonNode request, Fields fields, Workload workload) {
        JsonNode given = request.path("resources");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray() || given.isEmpty()) {
            fields.wrong("LB-107", "resources %s is not allowed: a list of %s".formatted(given, names(workload)));
            return List.of();
        }
        return StreamSupport.stream(given.spliterator(), false)
                .flatMap(name -> fields.tried(() -> resource(name, workload)).stream())
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

    private List<String> workloadNames() {
        return environment.workloads().stream()
                .map(workload -> workload.name().value())
                .sorted()
                .toList();
    }

    private String workloads() {
        return String.join(", ", workloadNames());
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
