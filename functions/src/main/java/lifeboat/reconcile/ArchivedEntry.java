package lifeboat.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import lifeboat.failure.Failure;

/// An entry that is being written: files of rows, and marks beside them.
final class ArchivedEntry implements UndoEntry {
    private final Archive archive;
    private final String prefix;
    private final PlanId plan;
    private final IntSupplier numbers;
    private final String run;
    private final Optional<TransactionName> transaction;
    private final List<String> digests = new ArrayList<>();
    private final Map<TableName, Set<RowKey>> kept = new HashMap<>();
    private int number = -1;
    private int narrowings;
    private boolean ended;

    /// @param numbers gives the entry its number when it gets its first row: numbers have no gaps
    ArchivedEntry(
            Archive archive, PlanId plan, IntSupplier numbers, String run, Optional<TransactionName> transaction) {
        this.archive = archive;
        this.prefix = ArchiveUndoLog.prefix(plan);
        this.plan = plan;
        this.numbers = numbers;
        this.run = run;
        this.transaction = transaction;
    }

    @Override
    public void keep(TableName table, DifferenceClass kind, List<UndoRow> rows) {
        open();
        if (rows.isEmpty()) {
            return;
        }
        if (number < 0) {
            number = numbers.getAsInt();
        }
        var head = new UndoFile.Head(plan, number, digests.size(), run, transaction, table, kind);
        String name = "%s%05d.rows".formatted(folder(), head.part());
        try {
            String digest = write(name, head, rows);
            prove(name, digest);
            digests.add(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be written; the batch was not begun", e);
        }
        rows.forEach(
                row -> kept.computeIfAbsent(table, ignored -> new HashSet<>()).add(row.key()));
    }

    private String write(String name, UndoFile.Head head, List<UndoRow> rows) throws IOException {
        String digest = "";
        try (OutputStream out = archive.create(name)) {
            digest = UndoFile.write(out, head, rows);
        } catch (FileAlreadyExistsException taken) {
            // The answer to our own write may have been lost, and the write repeated: what is there decides.
            if (digest.isEmpty()) {
                throw taken;
            }
        }
        return digest;
    }

    /// What cannot be read back cannot be undone, so that nothing may be written that needs it.
    private void prove(String name, String digest) throws IOException {
        try (InputStream in = archive.open(name)) {
            if (!UndoFile.read(in, row -> {}).digest().equals(digest)) {
                throw new IOException("file %s reads back as something else".formatted(name));
            }
        } catch (UndoFile.Damaged e) {
            throw new IOException("file %s does not read back: %s".formatted(name, Failure.text(e)), e);
        }
    }

    @Override
    public void narrowed(TableName table, Set<RowKey> remaining) {
        open();
        Set<RowKey> dropped = new HashSet<>(kept.getOrDefault(table, Set.of()));
        dropped.removeAll(remaining);
        if (!dropped.isEmpty()) {
            ObjectNode mark = UndoMark.of(table);
            UndoMark.put(mark, "dropped", dropped);
            mark("%s%05d".formatted(UndoMark.NARROWED, narrowings++), mark);
            kept.getOrDefault(table, new HashSet<>()).removeAll(dropped);
        }
    }

    @Override
    public void sideEffects(List<SideEffect> effects) {
        open();
        if (!effects.isEmpty() && !digests.isEmpty()) {
            ObjectNode mark = UndoMark.blank();
            mark.set("effects", PieceJson.effects(effects));
            mark(UndoMark.SIDE_EFFECTS, mark);
        }
    }

    @Override
    public void committed() {
        end(UndoMark.COMMITTED, UndoMark.blank());
    }

    @Override
    public void rolledBack() {
        end(UndoMark.ROLLED_BACK, UndoMark.blank());
    }

    @Override
    public void answered(TableName table, Set<RowKey> written, Set<RowKey> unknown) {
        Set<RowKey> refused = new HashSet<>(kept.getOrDefault(table, Set.of()));
        refused.removeAll(written);
        refused.removeAll(unknown);
        ObjectNode mark = UndoMark.of(table);
        UndoMark.put(mark, "dropped", refused);
        UndoMark.put(mark, "unknown", unknown);
        end(UndoMark.ANSWERED, mark);
    }

    private void end(String name, ObjectNode mark) {
        open();
        ended = true;
        if (!digests.isEmpty()) {
            digests.forEach(mark.withArray("parts")::add);
            mark(name, mark);
        }
    }

    private void open() {
        if (ended) {
            throw new IllegalStateException("entry %d of plan %s has ended".formatted(number, plan));
        }
    }

    private void mark(String name, ObjectNode mark) {
        UndoMark.write(archive, folder() + name, mark);
    }

    private String folder() {
        return "%s%08d/".formatted(prefix, number);
    }
}
