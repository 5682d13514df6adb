package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// A small file beside the rows of an undo entry that says what became of them. It carries a digest of its name and
/// content, so that an edited one is noticed.
final class UndoMark {
    static final String COMMITTED = "committed";
    static final String ROLLED_BACK = "rolled-back";
    static final String ANSWERED = "answered";
    static final String NARROWED = "narrowed-";
    static final String SIDE_EFFECTS = "side-effects";
    static final String UNDONE = "undone-";
    private static final String DIGEST = "sha256";

    private UndoMark() {}

    static ObjectNode blank() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode of(TableName table) {
        return blank().put("schema", table.schema()).put("table", table.name());
    }

    static boolean isOf(JsonNode mark, TableName table) {
        return table.schema().equals(mark.path("schema").asText())
                && table.name().equals(mark.path("table").asText());
    }

    static void put(ObjectNode mark, String field, Collection<RowKey> keys) {
        ArrayNode array = mark.putArray(field);
        for (RowKey key : keys) {
            ArrayNode parts = array.addArray();
            key.parts().forEach(parts::add);
        }
    }

    static Set<RowKey> keys(JsonNode mark, String field) {
        Set<RowKey> keys = new HashSet<>();
        mark.path(field).forEach(key -> keys.add(PieceJson.keyOf(key)));
        return keys;
    }

    /// Writes a mark; the same mark written twice counts once, for the answer to the first write may have been lost.
    static void write(Archive archive, String file, ObjectNode mark) {
        mark.put(DIGEST, digest(file, mark));
        try {
            byte[] content = ArchiveJson.MAPPER.writeValueAsBytes(mark);
            try (OutputStream out = archive.create(file)) {
                out.write(content);
            } catch (FileAlreadyExistsException taken) {
                if (!ArchiveJson.MAPPER.readTree(content).equals(parse(archive, file))) {
                    throw taken;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be written", e);
        }
    }

    /// @throws UndoFile.Damaged where it is not what was written
    static JsonNode read(Archive archive, String file) throws UndoFile.Damaged {
        try {
            JsonNode mark = parse(archive, file);
            if (!(mark instanceof ObjectNode object)
                    || !digest(file, object).equals(mark.path(DIGEST).asText())) {
                throw new UndoFile.Damaged("its mark \"%s\" is not what was written".formatted(last(file)));
            }
            return mark;
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new UndoFile.Damaged("its mark \"%s\" cannot be read".formatted(last(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }

    private static JsonNode parse(Archive archive, String file) throws IOException {
        try (InputStream in = archive.open(file)) {
            return ArchiveJson.MAPPER.readTree(in);
        }
    }

    private static String digest(String file, ObjectNode mark) {
        ObjectNode rest = mark.deepCopy().without(DIGEST);
        return Digests.hex((file + "\n" + rest).getBytes(StandardCharsets.UTF_8));
    }

    private static String last(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
