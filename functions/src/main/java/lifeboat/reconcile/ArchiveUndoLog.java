package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The undo log of one plan in an archive: a folder an entry, in the order in which entries were begun.
public final class ArchiveUndoLog implements UndoLog {
    private static final String ROWS = ".rows";
    private final Archive archive;
    private final PlanId plan;
    private final String run = UUID.randomUUID().toString();
    private int next;

    public ArchiveUndoLog(Archive archive, PlanId plan) {
        this.archive = archive;
        this.plan = plan;
        this.next = names(prefix(plan)).stream().mapToInt(this::number).max().orElse(-1) + 1;
    }

    static String prefix(PlanId plan) {
        return "undo/" + plan + "/";
    }

    @Override
    public UndoEntry begin(Optional<TransactionName> transaction) {
        return new ArchivedEntry(archive, plan, () -> next++, run, transaction);
    }

    /// The files of rows, in the order in which they were begun, without those of transactions that were rolled back.
    public List<String> files() {
        List<String> all = names(prefix(plan));
        Set<Integer> rolledBack = all.stream()
                .filter(name -> name.endsWith("/" + ArchivedEntry.ROLLED_BACK))
                .map(this::number)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(name -> name.endsWith(ROWS) && !rolledBack.contains(number(name)))
                .toList();
    }

    /// Reads the rows of one file that were written, or may have been.
    Batch batch(String file) {
        List<UndoRow> rows = new ArrayList<>();
        try (InputStream in = archive.open(file)) {
            UndoFile.Head head = UndoFile.read(in, rows::add).head();
            Set<RowKey> dropped = dropped(file, head.table());
            rows.removeIf(row -> dropped.contains(row.key()));
            return new Batch(head.table(), head.kind(), rows);
        } catch (UndoFile.Damaged e) {
            throw new IllegalStateException("file %s of the undo log: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }

    /// The rows of one file.
    record Batch(TableName table, DifferenceClass kind, List<UndoRow> rows) {}

    private Set<RowKey> dropped(String file, TableName table) throws IOException {
        Set<RowKey> dropped = new HashSet<>();
        for (String mark : names(file.substring(0, file.lastIndexOf('/') + 1))) {
            if (!mark.endsWith(ROWS)) {
                JsonNode said = ArchivedEntry.read(archive, mark);
                if (table.schema().equals(said.path("schema").asText())
                        && table.name().equals(said.path("table").asText())) {
                    said.path("dropped").forEach(key -> dropped.add(key(key)));
                }
            }
        }
        return dropped;
    }

    private static RowKey key(JsonNode node) {
        List<String> parts = new ArrayList<>();
        node.forEach(part -> parts.add(part.asText()));
        return new RowKey(parts);
    }

    private int number(String file) {
        String rest = file.substring(prefix(plan).length());
        return Integer.parseInt(rest.substring(0, rest.indexOf('/')));
    }

    private List<String> names(String prefix) {
        try {
            return archive.list(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }
}
