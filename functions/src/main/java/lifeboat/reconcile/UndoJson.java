package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.UndoPass.Waiting;

/// What one invocation of an undo leaves for another, as JSON.
public final class UndoJson {
    private UndoJson() {}

    /// What is undone, and what is not.
    public static ObjectNode of(UndoSelection selection) {
        ObjectNode node = UndoMark.blank();
        ArrayNode targets = node.putArray("targets");
        selection.targets().forEach(target -> put(targets.addObject(), target));
        left(node, selection.left());
        return node;
    }

    /// Reads it back.
    public static UndoSelection selection(JsonNode node) {
        List<UndoTarget> targets = new ArrayList<>();
        node.path("targets").forEach(target -> targets.add(target(target)));
        return new UndoSelection(targets, left(node));
    }

    /// What a pass over some files did, and what waits.
    public static ObjectNode of(UndoPass pass) {
        ObjectNode node = UndoMark.blank();
        node.set("tables", PieceJson.of(pass.outcomes()));
        ArrayNode waiting = node.putArray("waiting");
        for (Waiting some : pass.waiting()) {
            ObjectNode one = put(waiting.addObject(), some.target())
                    .put("schema", some.table().schema())
                    .put("table", some.table().name());
            UndoMark.put(one, "keys", some.rows());
        }
        left(node, pass.unreadable());
        return node;
    }

    /// The rows that wait.
    public static List<Waiting> waiting(JsonNode node) {
        List<Waiting> waiting = new ArrayList<>();
        node.path("waiting")
                .forEach(some -> waiting.add(new Waiting(target(some), table(some), UndoMark.keys(some, "keys"))));
        return waiting;
    }

    private static void left(ObjectNode node, List<LeftEntry> left) {
        ArrayNode entries = node.putArray("left");
        for (LeftEntry entry : left) {
            ObjectNode one = entries.addObject()
                    .put("entry", entry.entry())
                    .put("rows", entry.rows())
                    .put("why", entry.why());
            entry.table().ifPresent(table -> one.put("schema", table.schema()).put("table", table.name()));
            UndoMark.put(one, "keys", entry.keys());
        }
    }

    /// Entries that are not undone.
    public static List<LeftEntry> left(JsonNode node) {
        List<LeftEntry> left = new ArrayList<>();
        for (JsonNode entry : node.path("left")) {
            left.add(new LeftEntry(
                    entry.path("entry").asInt(),
                    entry.has("table") ? Optional.of(table(entry)) : Optional.empty(),
                    entry.path("rows").asLong(),
                    List.copyOf(UndoMark.keys(entry, "keys")),
                    entry.path("why").asText()));
        }
        return left;
    }

    private static TableName table(JsonNode node) {
        return new TableName(node.path("schema").asText(), node.path("table").asText());
    }

    private static ObjectNode put(ObjectNode node, UndoTarget target) {
        return node.put("file", target.file()).put("unknownToo", target.unknownToo());
    }

    private static UndoTarget target(JsonNode node) {
        return new UndoTarget(
                node.path("file").asText(), node.path("unknownToo").asBoolean());
    }
}
