package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lifeboat.catalog.Workload;
import lifeboat.infra.permission.Handler;
import lifeboat.local.aws.LocalClients;
import lifeboat.local.aws.SfnStandIn.Ended;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.Mode;
import lifeboat.recovery.RecoveryId;
import lifeboat.restore.CopyName;

/// The recovery of a rehearsal: asked for at the front door, as a person does, and looked at from outside.
///
/// @param script what is rehearsed
/// @param stage where
/// @param deployment what recovers
/// @param shops whose data it is
/// @param rows what the copies held
record Recovering(Script script, Stage stage, Deployment deployment, List<Shop> shops, CopyRows rows) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Asks for a dry run, says what it answers, and starts the recovery.
    RecoveryId start(Workload workload, Optional<Instant> damagedAt, Optional<Instant> at, Terminal terminal) {
        ObjectNode request = request(workload, damagedAt, at);
        JsonNode plan = ask(request.deepCopy().put("dryRun", true));
        for (JsonNode copy : plan.path("copies")) {
            terminal.say("  plan: %s to %s by %s, losing at most %s"
                    .formatted(
                            copy.path("from").asText(),
                            copy.path("restoredTo").asText(),
                            copy.path("by").asText(),
                            copy.path("expectedLossUpTo").asText()));
        }
        return new RecoveryId(ask(request).path("recovery").asText());
    }

    private JsonNode ask(JsonNode request) {
        return deployment.functions().invoke(Handler.RECOVER.className(), request);
    }

    private ObjectNode request(Workload workload, Optional<Instant> damagedAt, Optional<Instant> at) {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("workload", workload.name().value())
                .put("mode", script.mode().name());
        if (shops.size() < workload.resources().size()) {
            shops.forEach(shop ->
                    request.withArray("resources").add(shop.resource().name().value()));
        }
        damagedAt.ifPresent(instant -> request.put("incidentAt", instant.toString()));
        at.ifPresent(instant -> request.put("at", instant.toString()));
        if (script.back() instanceof Script.Back.RecoveryPoint) {
            request.put("from", "RECOVERY_POINT");
        }
        return request;
    }

    /// Waits for the end of the execution.
    ///
    /// @return how it failed; empty: it did not
    Optional<String> await(RecoveryId id) {
        Ended ended = stage.aws()
                .machines()
                .ended(deployment.execution(id))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return switch (ended) {
            case Ended.Succeeded _ -> Optional.empty();
            case Ended.Failed(var error, var cause) ->
                Optional.of("the execution failed: %s: %s".formatted(error, cause));
        };
    }

    /// Compares what came back with what must be there, and what the system says with what is.
    Outcome outcome(
            RecoveryId id,
            Optional<Instant> damagedAt,
            Optional<String> failure,
            List<String> skipped,
            List<Writer> writers) {
        Assessor.Judged judged =
                deployment.wiring(Handler.ASSESS.className()).assessor().judge(id);
        Map<String, Comparison> comparisons = new TreeMap<>();
        Map<String, Boolean> untouched = new TreeMap<>();
        Map<String, Long> written = new TreeMap<>();
        for (Shop shop : shops) {
            String resource = shop.resource().name().value();
            written.put(resource, (long) shop.journal().writes().size());
            untouched.put(resource, untouched(shop));
            copyOf(judged, resource)
                    .flatMap(copy -> rows.of(shop).map(held -> compare(copy, shop, held, damagedAt)))
                    .ifPresent(comparison -> comparisons.put(resource, comparison));
        }
        return new Outcome(
                script,
                damagedAt,
                judged,
                comparisons,
                untouched,
                written,
                Map.of(),
                stage.aws().topics().published(),
                malformed(),
                leftBehind(),
                Stream.concat(failure.stream(), failures(writers)).findFirst(),
                skipped,
                Map.of());
    }

    /// Requests that AWS would not have taken.
    List<String> malformed() {
        return stage.aws().world().judge().found().stream()
                .map(breach -> String.valueOf(breach.getMessage()))
                .toList();
    }

    static Stream<String> failures(List<Writer> writers) {
        return writers.stream().flatMap(writer -> writer.failure().stream());
    }

    private static Optional<CopyResult> copyOf(Assessor.Judged judged, String resource) {
        return judged.copies().stream()
                .filter(copy -> copy.result().resource().value().equals(resource))
                .findFirst();
    }

    private static Comparison compare(
            CopyResult copy, Shop shop, Map<String, String> held, Optional<Instant> damagedAt) {
        Instant restoredTo = copy.entry().copy().point().time();
        return Comparison.of(
                copy.entry().copy().name().value(),
                held,
                shop.journal(),
                restoredTo,
                damagedAt.orElse(copy.result().timeline().incidentAt()));
    }

    private static boolean untouched(Shop shop) {
        Map<String, String> live = shop.rows(shop.resource().physicalName());
        Journal journal = shop.journal();
        return Stream.concat(journal.keys().stream(), live.keySet().stream())
                .allMatch(key -> journal.last(key).equals(Optional.ofNullable(live.get(key))));
    }

    // The copies of an incident are meant to stay.
    private List<String> leftBehind() {
        LocalClients aws = stage.aws();
        List<String> copies = new ArrayList<>();
        aws.dynamoDb().listTablesPaginator().tableNames().stream()
                .filter(Recovering::ofCopy)
                .forEach(table -> copies.add("table " + table));
        aws.rds().describeDBInstances().dbInstances().stream()
                .filter(instance -> !"deleting".equals(instance.dbInstanceStatus()))
                .filter(instance -> ofCopy(instance.dbInstanceIdentifier()))
                .forEach(instance -> copies.add("instance " + instance.dbInstanceIdentifier()));
        return script.mode() == Mode.DRILL ? copies : List.of();
    }

    private static boolean ofCopy(String name) {
        return name.startsWith(CopyName.DRILL_PREFIX) || name.startsWith(CopyName.INCIDENT_PREFIX);
    }
}
