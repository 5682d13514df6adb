package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A plan as JSON, for machines and for the archive; the field order is fixed, so that equal plans are equal bytes.
public final class PlanJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanJson() {}

    /// The whole plan, its id first.
    public static ObjectNode of(RepairPlan plan) {
        ObjectNode node = NODES.objectNode().put("plan", plan.id().value());
        node.setAll(content(plan));
        return node;
    }

    static ObjectNode content(RepairPlan plan) {
        return content(plan.header(), plan.tables(), plan.chunks(), plan.findings(), plan.notes());
    }

    /// Everything but the id: what the id is the digest of.
    static ObjectNode content(
            RepairPlan.Header header,
            List<TableOutcome> tables,
            List<Chunk> chunks,
            StructureFindings findings,
            List<String> notes) {
        ObjectNode node = NODES.objectNode();
        node.put("verdict", Verdict.of(tables, findings).name());
        node.put("environment", header.environment().value());
        node.put("copy", header.copy().value());
        node.put("live", header.live().value());
        node.put("createdAt", header.createdAt().toString());
        node.set("rules", rules(header.rules()));
        node.put("structure", header.structure());
        node.set("tables", array(tables, PlanJson::table));
        node.set("chunks", array(chunks, PlanJson::chunk));
        if (!findings.equals(StructureFindings.NONE)) {
            // Left out where nothing was said, so that the ids of older plans stay what they are.
            node.set("structureDifferences", array(findings.differences(), PlanJson::structureDifference));
            node.set("notCompared", texts(findings.notCompared()));
        }
        node.set("notes", texts(notes));
        return node;
    }

    private static ObjectNode structureDifference(StructureDifference difference) {
        ObjectNode node = NODES.objectNode().put("kind", difference.kind()).put("object", difference.object());
        put(node, "copy", difference.copy());
        put(node, "live", difference.live());
        return node;
    }

    static ObjectNode rules(Rules rules) {
        ObjectNode node = NODES.objectNode();
        put(node, "pointInTime", rules.pointInTime().map(Object::toString));
        node.put("comparedAt", rules.comparedAt().toString());
        node.put("grace", rules.grace().toString());
        put(node, "explainedBy", rules.explainedBy());
        node.put("repairWithoutTime", rules.repairWithoutTime());
        node.set("purges", array(rules.purges(), PlanJson::purge));
        node.set("selection", selection(rules.selection()));
        return node.put("changedOnBothSides", rules.bothSides().name());
    }

    private static ObjectNode purge(Rules.PurgeRule purge) {
        return name(purge.table())
                .put("field", purge.field())
                .put("before", purge.before().toString());
    }

    private static ObjectNode selection(Selection selection) {
        ObjectNode node = NODES.objectNode();
        node.set("tables", array(selection.tables().stream().sorted().toList(), PlanJson::name));
        node.set("keys", array(new TreeMap<>(selection.keys()).entrySet(), PlanJson::keys));
        put(
                node,
                "writtenFrom",
                selection.writtenWithin().map(window -> window.from().toString()));
        put(
                node,
                "writtenTo",
                selection.writtenWithin().map(window -> window.to().toString()));
        node.set(
                "classes",
                texts(Stream.concat(
                                selection.classes().stream().sorted(),
                                selection.anomalies().stream().sorted())
                        .map(Enum::name)
                        .toList()));
        return node;
    }

    private static ObjectNode keys(Map.Entry<TableName, List<KeyRange>> entry) {
        ObjectNode node = name(entry.getKey());
        node.set(
                "ranges",
                array(
                        entry.getValue(),
                        range -> NODES.objectNode().put("from", range.from()).put("to", range.to())));
        return node;
    }

    static ObjectNode table(TableOutcome outcome) {
        return switch (outcome) {
            case TableOutcome.Compared compared -> compared(compared);
            case TableOutcome.NotCompared not ->
                name(not.table()).put("notCompared", not.why().name()).put("detail", not.detail());
        };
    }

    private static ObjectNode compared(TableOutcome.Compared compared) {
        Counts counts = compared.counts();
        ObjectNode node = name(compared.table());
        node.put("copyRows", counts.copyRows()).put("liveRows", counts.liveRows());
        node.set("repair", counts(counts.toRepair()));
        node.set("left", counts(counts.left()));
        node.set("samples", array(compared.samples(), PlanJson::sample));
        node.set("rules", texts(compared.rules()));
        return node;
    }

    private static <K extends Enum<K>> ObjectNode counts(Map<K, Long> counts) {
        ObjectNode node = NODES.objectNode();
        new TreeMap<>(counts).forEach((key, count) -> node.put(key.name(), count));
        return node;
    }

    private static ObjectNode sample(Difference.Sample sample) {
        ObjectNode node = NODES.objectNode();
        node.set("key", texts(sample.key().parts()));
        node.put("class", sample.kind().name());
        sample.anomaly().ifPresent(anomaly -> node.put("time", anomaly.name()));
        node.set("fields", array(sample.fields(), PlanJson::field));
        return node;
    }

    private static ObjectNode field(FieldChange change) {
        ObjectNode node = NODES.objectNode().put("field", change.field());
        put(node, "copy", change.copy());
        put(node, "live", change.live());
        return node;
    }

    static ObjectNode chunk(Chunk chunk) {
        return name(chunk.table())
                .put("class", chunk.kind().name())
                .put("rows", chunk.rows())
                .put("file", chunk.name())
                .put("sha256", chunk.sha256());
    }

    private static ObjectNode name(TableName table) {
        return NODES.objectNode().put("schema", table.schema()).put("table", table.name());
    }

    private static void put(ObjectNode node, String field, Optional<String> value) {
        node.put(field, value.orElse(null));
    }

    private static ArrayNode texts(List<String> values) {
        return array(values, NODES::textNode);
    }

    private static <T> ArrayNode array(Collection<T> values, Function<T, ? extends JsonNode> node) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(node.apply(value)));
        return array;
    }
}
