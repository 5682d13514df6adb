package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.objective.DataLoss;
import lifeboat.recovery.CopyResult;

/// The outcome of a rehearsal with every figure, for machines. Times are UTC, durations in milliseconds.
record OutcomeJson(Outcome outcome) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    ObjectNode node() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("passed", outcome.objections().isEmpty())
                .put("standing", outcome.judged().assessment().standing().name())
                .put("recovery", outcome.judged().recovery().id().value());
        outcome.objections().forEach(node.putArray("objections")::add);
        script(node.putObject("script"));
        ObjectNode took = node.putObject("tookMillis");
        outcome.took().forEach((part, time) -> took.put(part, time.toMillis()));
        put(node, "damagedAt", outcome.damagedAt());
        node.put("incidentAt", outcome.judged().recovery().incidentAt().toString());
        outcome.judged()
                .copies()
                .forEach(copy -> resource(node.withArray("resources").addObject(), copy));
        outcome.letters()
                .forEach(letter -> node.withArray("letters")
                        .addObject()
                        .put("subject", letter.subject())
                        .put("message", letter.message()));
        outcome.malformed().forEach(node.putArray("malformedRequests")::add);
        outcome.leftBehind().forEach(node.putArray("leftBehind")::add);
        outcome.skipped().forEach(node.putArray("notRehearsed")::add);
        return node;
    }

    private void script(ObjectNode node) {
        Script script = outcome.script();
        node.put("environment", script.environmentFile().toString())
                .put(
                        "workload",
                        outcome.judged().recovery().request().workload().value())
                .put("mode", script.mode().name())
                .put("products", script.products())
                .put("orders", script.orders())
                .put("damage", script.damage())
                .put("seed", script.seed());
    }

    private void resource(ObjectNode node, CopyResult copy) {
        String resource = copy.result().resource().value();
        node.put("resource", resource)
                .put("copy", copy.entry().copy().name().value())
                .put("restoredTo", copy.entry().copy().point().time().toString())
                .put("standing", copy.result().standing().name())
                .put("rpo", copy.result().rpo().standing().name())
                .put("rto", copy.result().rto().standing().name())
                .put("soundness", copy.result().soundness().standing().name());
        loss(node.putObject("dataLoss"), copy.result().loss());
        copy.result().timeline().timeToRecover().ifPresent(time -> node.put("timeToRecoverMillis", time.toMillis()));
        ObjectNode phases = node.putObject("phasesMillis");
        copy.result()
                .timeline()
                .phases()
                .forEach(phase -> phases.put(phase.name(), phase.took().toMillis()));
        copy.conclusion()
                .outcomes()
                .forEach(check -> check(node.withArray("checks").addObject(), check));
        copy.entry().parityGaps().forEach(node.withArray("parityGaps")::add);
        copy.entry().failure().ifPresent(failure -> node.put("failure", failure.step() + ": " + failure.why()));
        node.put("liveUntouched", outcome.liveUntouched().get(resource))
                .put("rowsWritten", outcome.written().get(resource));
        Optional.ofNullable(outcome.comparisons().get(resource))
                .ifPresent(comparison -> compared(node.putObject("compared"), comparison));
        Optional.ofNullable(outcome.repaired().get(resource))
                .ifPresent(live -> repaired(node.putObject("repaired"), live));
    }

    private static void repaired(ObjectNode node, Repaired live) {
        node.put("plan", live.plan())
                .put("state", live.state())
                .put("plannedRows", live.planned())
                .put("liveRows", live.rows())
                .put("wrongRows", live.wrong())
                .put("undecidedRows", live.undecided())
                .put("writtenSinceTheDamage", live.writtenSince());
        live.samples().forEach(node.putArray("samples")::add);
        live.listed().forEach(node.putArray("listed")::add);
    }

    private static void loss(ObjectNode node, DataLoss loss) {
        loss.duration().ifPresent(time -> node.put("millis", time.toMillis()));
        switch (loss) {
            case DataLoss.Exact exact -> node.put("kind", "EXACT").put("writes", exact.writes());
            case DataLoss.Bounded bounded -> node.put("kind", "BOUNDED").put("atLeastWrites", bounded.atLeastWrites());
            case DataLoss.FromCopy _ -> node.put("kind", "FROM_COPY");
            case DataLoss.AgeOfRecoveryPoint _ -> node.put("kind", "AGE_OF_RECOVERY_POINT");
            case DataLoss.Unknown _ -> node.put("kind", "UNKNOWN");
        }
        node.put("basis", loss.basis());
    }

    private static void check(ObjectNode node, lifeboat.integrity.Outcome check) {
        String word = switch (check) {
            case Passed _ -> "PASSED";
            case Failed _ -> "FAILED";
            case Inconclusive _ -> "INCONCLUSIVE";
            case Observed _ -> "OBSERVED";
        };
        node.put("check", check.check()).put("outcome", word).put("seen", check.seen());
    }

    private static void compared(ObjectNode node, Comparison comparison) {
        node.put("exact", comparison.exact())
                .put("rows", comparison.rows())
                .put("missing", comparison.missing())
                .put("unexpected", comparison.unexpected())
                .put("different", comparison.different())
                .put("damaged", comparison.damaged())
                .put("cameBack", comparison.cameBack())
                .put("lostWrites", comparison.lostWrites())
                .put("lostMillis", comparison.lost().toMillis());
        put(node, "newestInCopy", comparison.newestInCopy());
        put(node, "newestBeforeIncident", comparison.newestBeforeDamage());
        comparison.samples().forEach(node.putArray("samples")::add);
    }

    private static void put(ObjectNode node, String name, Optional<Instant> time) {
        time.ifPresent(instant -> node.put(name, instant.toString()));
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            JSON.writeValue(file.toFile(), node());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
