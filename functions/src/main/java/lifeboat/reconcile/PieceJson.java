package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairPass.Waiting;
import lifeboat.reconcile.Verifier.Looked;

/// What one piece of a comparison, a repair or a look afterwards found, as JSON: what one invocation leaves for
/// another.
public final class PieceJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PieceJson() {}

    /// What explains differences, and what is chosen of the rest.
    public static ObjectNode of(Rules rules) {
        return PlanJson.rules(rules);
    }

    /// Reads it back.
    public static Rules rules(JsonNode node) {
        return PlanReader.rules(node);
    }

    /// What a piece of a comparison found.
    public static ObjectNode of(Diff.Part part) {
        ObjectNode node = NODES.objectNode();
        part.outcomes().forEach(outcome -> node.withArray("tables").add(PlanJson.table(outcome)));
        part.chunks().forEach(chunk -> node.withArray("chunks").add(PlanJson.chunk(chunk)));
        return node;
    }

    /// Reads it back.
    public static Diff.Part part(JsonNode node) {
        List<TableOutcome> outcomes = new ArrayList<>();
        node.path("tables").forEach(table -> outcomes.add(PlanReader.table(table)));
        List<Chunk> chunks = new ArrayList<>();
        node.path("chunks").forEach(chunk -> chunks.add(PlanReader.chunk(chunk)));
        return new Diff.Part(outcomes, chunks);
    }

    /// What became of rows, a table each.
    public static ArrayNode of(Map<TableName, BatchOutcome> outcomes) {
        ArrayNode tables = NODES.arrayNode();
        outcomes.forEach((table, outcome) -> {
            ObjectNode node = name(tables.addObject(), table)
                    .put("written", outcome.written())
                    .put("alreadyDone", outcome.alreadyDone());
            ArrayNode skipped = node.putArray("skipped");
            outcome.skipped()
                    .forEach(one -> key(skipped.addObject().put("why", one.why().name()), one.key()));
            if (!outcome.sideEffects().isEmpty()) {
                node.set("sideEffects", effects(outcome.sideEffects()));
            }
        });
        return tables;
    }

    /// What triggers wrote besides.
    static ArrayNode effects(List<SideEffect> effects) {
        ArrayNode nodes = NODES.arrayNode();
        effects.forEach(effect -> name(nodes.addObject(), effect.table())
                .put("inserted", effect.inserted())
                .put("changed", effect.changed())
                .put("deleted", effect.deleted())
                .put("altered", effect.altered()));
        return nodes;
    }

    /// Reads it back.
    static List<SideEffect> effects(JsonNode nodes) {
        List<SideEffect> effects = new ArrayList<>();
        nodes.forEach(node -> effects.add(new SideEffect(
                name(node),
                node.path("inserted").asLong(),
                node.path("changed").asLong(),
                node.path("deleted").asLong(),
                node.path("altered").asBoolean())));
        return effects;
    }

    /// Reads it back.
    public static Map<TableName, BatchOutcome> outcomes(JsonNode tables) {
        Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
        for (JsonNode node : tables) {
            List<Skipped> skipped = new ArrayList<>();
            node.path("skipped")
                    .forEach(one -> skipped.add(
                            new Skipped(key(one), Why.valueOf(one.path("why").asText()))));
            outcomes.put(
                    name(node),
                    new BatchOutcome(
                            node.path("written").asLong(),
                            node.path("alreadyDone").asLong(),
                            skipped,
                            effects(node.path("sideEffects"))));
        }
        return outcomes;
    }

    /// Rows that wait for others.
    public static ArrayNode of(List<Waiting> waiting) {
        ArrayNode all = NODES.arrayNode();
        for (Waiting one : waiting) {
            ObjectNode node =
                    name(all.addObject(), one.table()).put("class", one.kind().name());
            ArrayNode rows = node.putArray("rows");
            one.rows().forEach(row -> rows.add(Chunks.line(row)));
        }
        return all;
    }

    /// Reads them back.
    public static List<Waiting> waiting(JsonNode all) {
        List<Waiting> waiting = new ArrayList<>();
        for (JsonNode node : all) {
            List<PlannedRow> rows = new ArrayList<>();
            node.path("rows").forEach(row -> rows.add(row(row.asText())));
            waiting.add(new Waiting(
                    name(node), DifferenceClass.valueOf(node.path("class").asText()), rows));
        }
        return waiting;
    }

    private static PlannedRow row(String line) {
        try {
            return Chunks.plannedRow(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a look afterwards saw.
    public static ObjectNode of(Looked looked) {
        ObjectNode node = NODES.objectNode()
                .put("rows", looked.rows())
                .put("skipped", looked.skipped())
                .put("differing", looked.differing());
        ArrayNode samples = node.putArray("samples");
        looked.samples().forEach(sample -> key(samples.addObject(), sample));
        return node;
    }

    /// Reads it back.
    public static Looked looked(JsonNode node) {
        List<RowKey> samples = new ArrayList<>();
        node.path("samples").forEach(sample -> samples.add(key(sample)));
        return new Looked(
                node.path("rows").asLong(),
                node.path("skipped").asLong(),
                node.path("differing").asLong(),
                samples);
    }

    private static ObjectNode name(ObjectNode node, TableName table) {
        return node.put("schema", table.schema()).put("table", table.name());
    }

    private static TableName name(JsonNode node) {
        return new TableName(node.path("schema").asText(), node.path("table").asText());
    }

    private static void key(ObjectNode node, RowKey key) {
        ArrayNode parts = node.putArray("key");
        key.parts().forEach(parts::add);
    }

    private static RowKey key(JsonNode node) {
        return keyOf(node.path("key"));
    }

    /// A key from the array of its parts.
    static RowKey keyOf(JsonNode array) {
        List<String> parts = new ArrayList<>();
        array.forEach(part -> parts.add(part.asText()));
        return new RowKey(parts);
    }
}
