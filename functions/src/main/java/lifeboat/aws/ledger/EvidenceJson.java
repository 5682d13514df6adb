package lifeboat.aws.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.KeySample;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.PartialContent;
import lifeboat.integrity.Sketch;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.Tally;

/// Evidence as JSON text, the form in which the ledger keeps it.
final class EvidenceJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvidenceJson() {}

    static String write(Evidence evidence) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode outcomes = node.putArray("outcomes");
        evidence.outcomes()
                .forEach(outcome -> outcomes.addObject()
                        .put("result", outcome.getClass().getSimpleName())
                        .put("check", outcome.check())
                        .put("seen", outcome.seen()));
        tally(node.putObject("tally"), evidence.tally());
        ArrayNode samples = node.putArray("samples");
        evidence.samples().forEach(samples::add);
        evidence.content().ifPresent(content -> {
            content(node.putObject("content"), content.copy());
            content.recorded().ifPresent(recorded -> content(node.putObject("recorded"), recorded));
        });
        evidence.reaches().ifPresent(reaches -> node.put("reaches", reaches.toString()));
        return node.toString();
    }

    static Evidence read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return new Evidence(
                    elements(node.path("outcomes")).map(EvidenceJson::outcome).toList(),
                    tally(node.path("tally")),
                    elements(node.path("samples")).map(JsonNode::asText).toList(),
                    content(node.path("content")).map(copy -> new PartialContent(copy, content(node.path("recorded")))),
                    time(node.path("reaches")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evidence in the ledger is not JSON", e);
        }
    }

    private static Outcome outcome(JsonNode node) {
        String check = node.path("check").asText();
        String seen = node.path("seen").asText();
        return switch (node.path("result").asText()) {
            case "Passed" -> new Outcome.Passed(check, seen);
            case "Failed" -> new Outcome.Failed(check, seen);
            case "Observed" -> new Outcome.Observed(check, seen);
            case String other ->
                new Outcome.Inconclusive(check, other.equals("Inconclusive") ? seen : other + ": " + seen);
        };
    }

    private static void content(ObjectNode node, TableContent content) {
        node.put("table", content.table())
                .put("rule", content.rule())
                .put("rows", content.count())
                .put("sketch", content.sketch().toString())
                .put("since", content.since().toString())
                .put("readFrom", content.from().toString())
                .put("readUntil", content.until().toString());
        content.newest().ifPresent(newest -> node.put("newest", newest.toString()));
    }

    private static Optional<TableContent> content(JsonNode node) {
        return node.path("sketch").isMissingNode()
                ? Optional.empty()
                : Optional.of(new TableContent(
                        node.path("table").asText(),
                        node.path("rule").asText(),
                        node.path("rows").asLong(),
                        Sketch.parse(node.path("sketch").asText()),
                        KeySample.parse(node.path("since").asText()),
                        time(node.path("newest")),
                        Instant.parse(node.path("readFrom").asText()),
                        Instant.parse(node.path("readUntil").asText())));
    }

    private static void tally(ObjectNode node, Tally tally) {
        for (Tally.Kind kind : Tally.Kind.values()) {
            node.put(key(kind), tally.count(kind));
        }
        tally.newestInCopy().ifPresent(time -> node.put("newestInCopy", time.toString()));
        tally.newestInLive().ifPresent(time -> node.put("newestInLive", time.toString()));
    }

    private static Tally tally(JsonNode node) {
        Map<Tally.Kind, Long> counts = new EnumMap<>(Tally.Kind.class);
        for (Tally.Kind kind : Tally.Kind.values()) {
            counts.put(kind, node.path(key(kind)).asLong());
        }
        return new Tally(counts, time(node.path("newestInCopy")), time(node.path("newestInLive")));
    }

    private static String key(Tally.Kind kind) {
        return switch (kind) {
            case COPY_ROWS -> "copyRows";
            case LIVE_ROWS -> "liveRows";
            case MISSING_IN_LIVE -> "missingInLive";
            case CHANGED -> "changed";
            case UNEXPECTED_IN_LIVE -> "unexpectedInLive";
            case EXPLAINED -> "explained";
            case LOST_WRITES -> "lostWrites";
            case LOST_BEFORE_POINT -> "lostBeforePoint";
            case REWRITTEN_SINCE -> "rewrittenSince";
            case UNREADABLE_TIMES -> "unreadableTimes";
            case AFTER_POINT -> "afterPoint";
        };
    }

    private static Optional<Instant> time(JsonNode node) {
        return node.isTextual() ? Optional.of(Instant.parse(node.textValue())) : Optional.empty();
    }

    private static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
