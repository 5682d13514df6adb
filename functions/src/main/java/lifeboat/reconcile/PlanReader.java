package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.catalog.EnvironmentName;

/// Reads back what [PlanJson] wrote.
final class PlanReader {
    private PlanReader() {}

    static RepairPlan plan(JsonNode node) {
        return new RepairPlan(
                new PlanId(text(node, "plan")),
                header(node),
                list(node.path("tables"), PlanReader::table),
                list(node.path("chunks"), PlanReader::chunk),
                new StructureFindings(
                        list(node.path("structureDifferences"), PlanReader::structureDifference),
                        list(node.path("notCompared"), JsonNode::asText)),
                list(node.path("notes"), JsonNode::asText));
    }

    private static StructureDifference structureDifference(JsonNode node) {
        return new StructureDifference(
                text(node, "kind"), text(node, "object"), optional(node, "copy"), optional(node, "live"));
    }

    private static RepairPlan.Header header(JsonNode node) {
        return new RepairPlan.Header(
                new EnvironmentName(text(node, "environment")),
                new StoreIdentity(text(node, "copy")),
                new StoreIdentity(text(node, "live")),
                Instant.parse(text(node, "createdAt")),
                rules(node.path("rules")),
                text(node, "structure"));
    }

    static Rules rules(JsonNode node) {
        return new Rules(
                optional(node, "pointInTime").map(Instant::parse),
                Instant.parse(text(node, "comparedAt")),
                Duration.parse(text(node, "grace")),
                optional(node, "explainedBy"),
                node.path("repairWithoutTime").asBoolean(),
                list(node.path("purges"), PlanReader::purge),
                selection(node.path("selection")),
                ChangedOnBothSides.valueOf(text(node, "changedOnBothSides")));
    }

    private static Rules.PurgeRule purge(JsonNode node) {
        return new Rules.PurgeRule(name(node), text(node, "field"), Instant.parse(text(node, "before")));
    }

    private static Selection selection(JsonNode node) {
        Map<TableName, List<KeyRange>> keys = new HashMap<>();
        node.path("keys")
                .forEach(entry -> keys.put(
                        name(entry),
                        list(entry.path("ranges"), range -> new KeyRange(text(range, "from"), text(range, "to")))));
        Optional<TimeWindow> window = optional(node, "writtenFrom")
                .map(from -> new TimeWindow(Instant.parse(from), Instant.parse(text(node, "writtenTo"))));
        return new Selection(
                new HashSet<>(list(node.path("tables"), PlanReader::name)),
                keys,
                window,
                named(node, DifferenceClass.class),
                named(node, TimeAnomaly.class));
    }

    /// Those of the classes that are of one kind; a plan of before there were two kinds names none of the other.
    private static <K extends Enum<K>> Set<K> named(JsonNode selection, Class<K> type) {
        List<String> names = list(selection.path("classes"), JsonNode::asText);
        names.forEach(PlanReader::known);
        return EnumSet.allOf(type).stream()
                .filter(kind -> names.contains(kind.name()))
                .collect(Collectors.toSet());
    }

    private static void known(String name) {
        if (Arrays.stream(TimeAnomaly.values())
                .noneMatch(anomaly -> anomaly.name().equals(name))) {
            DifferenceClass.valueOf(name);
        }
    }

    static TableOutcome table(JsonNode node) {
        if (node.has("notCompared")) {
            return new TableOutcome.NotCompared(
                    name(node), TableOutcome.Why.valueOf(text(node, "notCompared")), text(node, "detail"));
        }
        Counts counts = new Counts(
                node.path("copyRows").asLong(),
                node.path("liveRows").asLong(),
                counts(node.path("repair"), DifferenceClass.class),
                counts(node.path("left"), Left.class));
        return new TableOutcome.Compared(
                name(node),
                counts,
                list(node.path("samples"), PlanReader::sample),
                list(node.path("rules"), JsonNode::asText));
    }

    private static <K extends Enum<K>> Map<K, Long> counts(JsonNode node, Class<K> type) {
        Map<K, Long> counts = new EnumMap<>(type);
        node.properties()
                .forEach(entry -> counts.put(
                        Enum.valueOf(type, entry.getKey()), entry.getValue().asLong()));
        return counts;
    }

    private static Difference.Sample sample(JsonNode node) {
        return new Difference.Sample(
                new RowKey(list(node.path("key"), JsonNode::asText)),
                DifferenceClass.valueOf(text(node, "class")),
                optional(node, "time").map(TimeAnomaly::valueOf),
                list(
                        node.path("fields"),
                        field -> new FieldChange(
                                text(field, "field"), optional(field, "copy"), optional(field, "live"))));
    }

    static Chunk chunk(JsonNode node) {
        return new Chunk(
                text(node, "file"),
                name(node),
                DifferenceClass.valueOf(text(node, "class")),
                node.path("rows").asLong(),
                text(node, "sha256"));
    }

    private static TableName name(JsonNode node) {
        return new TableName(text(node, "schema"), text(node, "table"));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("no text \"%s\" in the plan".formatted(field));
        }
        return value.asText();
    }

    private static Optional<String> optional(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        array.forEach(node -> items.add(item.apply(node)));
        return items;
    }
}
