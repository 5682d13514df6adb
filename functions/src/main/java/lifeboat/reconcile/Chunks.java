package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Optional;

/// The lines of chunk files: one JSON array a row.
final class Chunks {
    private static final ObjectMapper JSON = ArchiveJson.MAPPER;

    private Chunks() {}

    static String line(PlannedRow row) {
        ArrayNode line = JsonNodeFactory.instance.arrayNode();
        line.add(key(row.key()));
        add(line, row.copy()).add(row.copyCount());
        add(line, row.live()).add(row.liveCount());
        return line.toString();
    }

    static PlannedRow plannedRow(String text) throws IOException {
        JsonNode line = JSON.readTree(text);
        return new PlannedRow(
                PieceJson.keyOf(line.get(0)),
                optional(line.get(1)),
                line.get(2).asLong(),
                optional(line.get(3)),
                line.get(4).asLong());
    }

    private static ArrayNode key(RowKey key) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        key.parts().forEach(parts::add);
        return parts;
    }

    private static ArrayNode add(ArrayNode line, Optional<String> value) {
        return value.map(line::add).orElseGet(line::addNull);
    }

    private static Optional<String> optional(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }
}
