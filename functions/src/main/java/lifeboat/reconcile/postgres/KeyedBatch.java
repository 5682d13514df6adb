package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of a table with a key: locks them, looks again, notes them, writes them, looks once more.
final class KeyedBatch implements Batch {
    private static final int NOTE_BYTES = 8 << 20;

    private final Rows rows;
    private final TablePair table;
    private final List<ForeignKey> keys;
    private final boolean triggersFire;
    private final List<Skipped> skipped = new ArrayList<>();
    private long alreadyDone;

    /// A batch inside the current transaction.
    ///
    /// @param keys live's foreign keys
    /// @param triggersFire whether triggers of the table can do more than what was asked for
    KeyedBatch(Connection live, TablePair table, List<ForeignKey> keys, boolean triggersFire) {
        this.rows = new Rows(live, table);
        this.table = table;
        this.keys = keys;
        this.triggersFire = triggersFire;
    }

    @Override
    public BatchOutcome write(List<Change> changes, Note note, UndoRecorder recorder) throws SQLException {
        boolean deletes = changes.stream().anyMatch(change -> change.target().isEmpty());
        List<Change> due = new ArrayList<>(look(changes, note, deletes, recorder));
        dropReferred(due);
        Set<RowKey> written = writeAll(due, recorder);
        confirm(due, written);
        recorder.narrowed(table.name(), written);
        return outcome(written.size());
    }

    BatchOutcome outcome(long written) {
        return new BatchOutcome(written, alreadyDone, skipped);
    }

    /// Locks the rows and says which are due; what they are now is noted.
    List<Change> look(List<Change> changes, Note note, boolean deletes, UndoRecorder recorder) throws SQLException {
        rows.lock(keysOf(changes), deletes);
        return due(changes, note, recorder);
    }

    /// All of them must have been written, and be what they were to become.
    void confirmAll(List<Change> due, Set<RowKey> written) throws SQLException {
        Set<RowKey> unwritten = unwritten(due, written);
        if (!unwritten.isEmpty()) {
            throw new Withdrawn(table.name(), unwritten, Why.REFUSED_BY_CONSTRAINT);
        }
        confirm(due, written);
    }

    /// Those whose row in live is what it must be. What is there now is noted before it is written.
    private List<Change> due(List<Change> changes, Note note, UndoRecorder recorder) throws SQLException {
        List<Change> due = new ArrayList<>();
        boolean[] seen = new boolean[changes.size()];
        List<UndoRow> undo = new ArrayList<>();
        long[] size = {0};
        rows.read(keysOf(changes), (at, text) -> {
            seen[at] = true;
            Optional<String> digest = Optional.of(RowHash.digestOf(text));
            if (isDue(changes.get(at), digest, due)) {
                undo.add(undoRow(changes.get(at), Optional.of(text), digest));
                size[0] += text.length();
                if (size[0] > NOTE_BYTES) {
                    recorder.keep(note, List.copyOf(undo));
                    undo.clear();
                    size[0] = 0;
                }
            }
        });
        for (int at = 0; at < seen.length; at++) {
            if (!seen[at] && isDue(changes.get(at), Optional.empty(), due)) {
                undo.add(undoRow(changes.get(at), Optional.empty(), Optional.empty()));
            }
        }
        recorder.keep(note, List.copyOf(undo));
        return due;
    }

    private boolean isDue(Change change, Optional<String> digest, List<Change> due) {
        if (digest.equals(change.target())) {
            alreadyDone++;
            return false;
        }
        if (!digest.equals(change.expected())) {
            skipped.add(new Skipped(change.key(), Why.LIVE_CHANGED_SINCE));
            return false;
        }
        return due.add(change);
    }

    private static UndoRow undoRow(Change change, Optional<String> text, Optional<String> digest) {
        return new UndoRow(
                change.key(), text, digest, digest.isPresent() ? 1 : 0, change.target(), change.targetCount());
    }

    /// A row that others refer to stays where its end would change or delete them.
    private void dropReferred(List<Change> due) throws SQLException {
        for (ForeignKey key : keys) {
            if (key.parent().equals(table.name()) && key.changesChildren()) {
                Set<RowKey> referred = new HashSet<>(rows.referred(keysOf(deletes(due)), key));
                if (!keepsItsText(key.parentColumns())) {
                    referred.addAll(rows.referredByOldValues(updates(due), key));
                }
                drop(due, referred);
            }
        }
    }

    /// Whether no change of a row changes these columns: its key tells them to the letter. Not so a
    /// number, whose scale is no part of the key, or a text with blanks at its end.
    private boolean keepsItsText(List<String> columns) {
        return table.key().stream()
                .filter(column -> !Set.of("numeric", "bpchar").contains(column.baseType()))
                .map(Column::name)
                .collect(Collectors.toSet())
                .containsAll(columns);
    }

    private void drop(List<Change> due, Set<RowKey> refused) {
        due.removeIf(change -> refused.contains(change.key()));
        refused.forEach(key -> skipped.add(new Skipped(key, Why.REFUSED_BY_CONSTRAINT)));
    }

    private Set<RowKey> writeAll(List<Change> due, UndoRecorder recorder) throws SQLException {
        List<Change> inserts =
                due.stream().filter(change -> change.expected().isEmpty()).toList();
        Set<RowKey> deleted = rows.delete(deletes(due));
        Set<RowKey> changed = rows.update(updates(due));
        // What is neither written nor fails is a trigger's doing, where there is one.
        Set<RowKey> inserted = rows.insert(inserts, !triggersFire);
        recorder.wrote(table.name(), inserted.size(), changed.size(), deleted.size());
        Set<RowKey> written = new HashSet<>(deleted);
        written.addAll(changed);
        written.addAll(inserted);
        Set<RowKey> unwritten = unwritten(due, written);
        if (triggersFire && !unwritten.isEmpty()) {
            throw new Withdrawn(table.name(), unwritten, Why.SUPPRESSED_BY_TRIGGER);
        }
        unwritten.forEach(key -> skipped.add(new Skipped(key, Why.REFUSED_BY_CONSTRAINT)));
        return written;
    }

    private Set<RowKey> unwritten(List<Change> due, Set<RowKey> written) throws SQLException {
        Set<RowKey> unwritten = new HashSet<>(keysOf(due));
        if (!unwritten.containsAll(written)) {
            throw new Withdrawn(table.name(), Set.of(), Why.REWRITTEN_BY_TRIGGER);
        }
        unwritten.removeAll(written);
        return unwritten;
    }

    private static List<Change> deletes(List<Change> due) {
        return due.stream().filter(change -> change.target().isEmpty()).toList();
    }

    private static List<Change> updates(List<Change> due) {
        return due.stream()
                .filter(change ->
                        change.expected().isPresent() && change.target().isPresent())
                .toList();
    }

    /// Every written row must now be what it was to become, whatever triggers and rules did.
    private void confirm(List<Change> due, Set<RowKey> written) throws SQLException {
        List<Change> done =
                due.stream().filter(change -> written.contains(change.key())).toList();
        List<Optional<String>> digests = rows.digests(keysOf(done));
        Set<RowKey> others = IntStream.range(0, done.size())
                .filter(i -> !digests.get(i).equals(done.get(i).target()))
                .mapToObj(i -> done.get(i).key())
                .collect(Collectors.toSet());
        if (!others.isEmpty()) {
            throw new Withdrawn(table.name(), others, Why.REWRITTEN_BY_TRIGGER);
        }
    }

    private static List<RowKey> keysOf(List<Change> changes) {
        return changes.stream().map(Change::key).toList();
    }
}
