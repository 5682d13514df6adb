package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.flow.Run.Work;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryId;

/// A run as the archive keeps it.
final class RunJson {
    private RunJson() {}

    static ObjectNode of(Run run) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("run", run.id().value())
                .put("action", run.work().action())
                .put("recovery", run.recovery().value())
                .put("resource", run.resource().value());
        switch (run.work()) {
            case Work.Compare compare -> compare(node, compare);
            case Work.Apply apply -> {
                node.put("plan", apply.plan().value())
                        .put("capPercent", apply.cap().maxPercent())
                        .put("triggers", apply.triggers().name());
                apply.acceptCopy().ifPresent(standing -> node.put("acceptCopy", standing));
            }
            case Work.TakeBack undo -> {
                node.put("plan", undo.plan().value())
                        .put("triggers", undo.triggers().name());
                if (undo.entries().named().isPresent()) {
                    node.put("entries", undo.entries().toString());
                }
            }
        }
        return node;
    }

    private static void compare(ObjectNode node, Work.Compare compare) {
        Choice choice = compare.choice();
        compare.explainedBy().ifPresent(column -> node.put("explainedBy", column));
        compare.acceptCopy().ifPresent(standing -> node.put("acceptCopy", standing));
        node.put("samples", compare.samples());
        choice.tables().forEach(node.putArray("tables")::add);
        choice.classes().forEach(node.putArray("classes")::add);
        choice.keys().forEach(node.putArray("keys")::add);
        choice.purged().forEach(node.putArray("purged")::add);
        choice.damagedWithin().ifPresent(window -> node.put("damagedWithin", window));
        node.put("changedOnBothSides", choice.changedOnBothSides())
                .put("repairWithoutTime", choice.repairWithoutTime())
                .put("graceSeconds", choice.graceSeconds());
    }

    static Run run(JsonNode node) {
        return new Run(
                new RunId(node.path("run").asText()),
                new RecoveryId(node.path("recovery").asText()),
                new ResourceName(node.path("resource").asText()),
                work(node));
    }

    private static Work work(JsonNode node) {
        return switch (node.path("action").asText()) {
            case "DIFF" ->
                new Work.Compare(
                        choice(node),
                        text(node, "explainedBy"),
                        node.path("samples").asInt(),
                        text(node, "acceptCopy"));
            case "APPLY" ->
                new Work.Apply(
                        plan(node),
                        new Cap(node.path("capPercent").asDouble(), false),
                        triggers(node),
                        text(node, "acceptCopy"));
            case "UNDO" ->
                new Work.TakeBack(plan(node), triggers(node), UndoEntries.parse("entries", text(node, "entries")));
            default -> throw new IllegalStateException("the archive holds a run that no version wrote");
        };
    }

    private static Choice choice(JsonNode node) {
        return new Choice(
                texts(node, "tables"),
                texts(node, "classes"),
                texts(node, "keys"),
                text(node, "damagedWithin"),
                node.path("changedOnBothSides").asText(),
                node.path("repairWithoutTime").asBoolean(),
                node.path("graceSeconds").asLong(),
                texts(node, "purged"),
                "");
    }

    private static PlanId plan(JsonNode node) {
        return new PlanId(node.path("plan").asText());
    }

    private static Triggers triggers(JsonNode node) {
        return Triggers.valueOf(node.path("triggers").asText());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
