package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The undo log of one plan: a file a batch, in the order in which the batches were begun.
public final class ArchiveUndoLog implements UndoLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Archive archive;
    private final String prefix;
    private int next;

    public ArchiveUndoLog(Archive archive, PlanId plan) {
        this.archive = archive;
        this.prefix = "undo/" + plan + "/";
        this.next = files().size();
    }

    @Override
    public void keep(TableName table, DifferenceClass kind, List<UndoRow> rows) {
        String name = "%s%08d.rows".formatted(prefix, next++);
        try (var out = new BufferedWriter(new OutputStreamWriter(archive.create(name), StandardCharsets.UTF_8))) {
            var head = JsonNodeFactory.instance.arrayNode();
            out.write(
                    head.add(table.schema()).add(table.name()).add(kind.name()).toString());
            out.write('\n');
            for (UndoRow row : rows) {
                out.write(Chunks.line(row));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be written; the batch was not begun", e);
        }
    }

    /// The batches, in the order in which they were begun.
    public List<String> files() {
        try {
            return archive.list(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }

    /// Reads one batch.
    Batch batch(String file) {
        try (var in = new BufferedReader(new InputStreamReader(archive.open(file), StandardCharsets.UTF_8))) {
            String first = in.readLine();
            if (first == null) {
                return new Batch(TableName.of("-"), DifferenceClass.CHANGED, List.of());
            }
            JsonNode head = JSON.readTree(first);
            List<UndoRow> rows = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                rows.add(Chunks.undoRow(line));
            }
            TableName table = new TableName(head.get(0).asText(), head.get(1).asText());
            return new Batch(table, DifferenceClass.valueOf(head.get(2).asText()), rows);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }

    /// The rows of one batch.
    record Batch(TableName table, DifferenceClass kind, List<UndoRow> rows) {}
}
