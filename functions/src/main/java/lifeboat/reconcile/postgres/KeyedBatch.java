package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of a table with a key: locks them, looks again, notes them, writes them, looks once more.
final class KeyedBatch implements Batch {
    private static final int NOTE_BYTES = 8 << 20;

    private final Rows rows;
    private final TablePair table;
    private final List<ForeignKey> keys;
    private final boolean checkForeignKeys;
    private final List<Skipped> skipped = new ArrayList<>();
    private long alreadyDone;

    /// A batch inside the current transaction.
    ///
    /// @param keys live's foreign keys
    /// @param checkForeignKeys whether the database itself does not
    KeyedBatch(Connection live, TablePair table, List<ForeignKey> keys, boolean checkForeignKeys) {
        this.rows = new Rows(live, table);
        this.table = table;
        this.keys = keys;
        this.checkForeignKeys = checkForeignKeys;
    }

    @Override
    public BatchOutcome write(List<Change> changes, Note note) throws SQLException {
        boolean deletes = changes.stream().anyMatch(change -> change.target().isEmpty());
        rows.lock(keysOf(changes), deletes);
        List<Change> due = new ArrayList<>(due(changes, note));
        dropReferred(due);
        Set<RowKey> written = writeAll(due);
        confirm(due, written);
        return new BatchOutcome(written.size(), alreadyDone, skipped);
    }

    /// Those whose row in live is what it must be. What is there now is noted before it is written.
    private List<Change> due(List<Change> changes, Note note) throws SQLException {
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
                    note.keep(List.copyOf(undo));
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
        note.keep(List.copyOf(undo));
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

    /// A row that others refer to stays where its end would change or delete them, or nobody else checks.
    private void dropReferred(List<Change> due) throws SQLException {
        List<RowKey> endangered =
                keysOf(due.stream().filter(this::endsReference).toList());
        for (ForeignKey key : keys) {
            if (key.parent().equals(table.name()) && (key.changesChildren() || checkForeignKeys)) {
                drop(due, endangered.isEmpty() ? Set.of() : referredTo(endangered, due, key));
            }
        }
    }

    private Set<RowKey> referredTo(List<RowKey> endangered, List<Change> due, ForeignKey key) throws SQLException {
        Set<RowKey> keyColumnsStay = new HashSet<>();
        Set<String> keyNames = table.key().stream().map(column -> column.name()).collect(Collectors.toSet());
        if (keyNames.containsAll(key.parentColumns())) {
            due.stream()
                    .filter(change -> change.target().isPresent())
                    .forEach(change -> keyColumnsStay.add(change.key()));
        }
        Set<RowKey> referred = new HashSet<>(rows.referred(endangered, key));
        referred.removeAll(keyColumnsStay);
        return referred;
    }

    private boolean endsReference(Change change) {
        return change.expected().isPresent();
    }

    private void drop(List<Change> due, Set<RowKey> refused) {
        due.removeIf(change -> refused.contains(change.key()));
        refused.forEach(key -> skipped.add(new Skipped(key, Why.REFUSED_BY_CONSTRAINT)));
    }

    private Set<RowKey> writeAll(List<Change> due) throws SQLException {
        List<Change> inserts =
                due.stream().filter(change -> change.expected().isEmpty()).toList();
        List<Change> deletes =
                due.stream().filter(change -> change.target().isEmpty()).toList();
        List<Change> updates = due.stream()
                .filter(change ->
                        change.expected().isPresent() && change.target().isPresent())
                .toList();
        Set<RowKey> written = new HashSet<>();
        written.addAll(deletes.isEmpty() ? Set.of() : rows.delete(deletes));
        written.addAll(updates.isEmpty() ? Set.of() : rows.update(updates));
        written.addAll(inserts.isEmpty() ? Set.of() : rows.insert(inserts));
        due.stream()
                .filter(change -> !written.contains(change.key()))
                .forEach(change -> skipped.add(new Skipped(change.key(), Why.REFUSED_BY_CONSTRAINT)));
        return written;
    }

    /// Every written row must now be what it was to become, whatever triggers and rules did.
    private void confirm(List<Change> due, Set<RowKey> written) throws SQLException {
        List<Change> done =
                due.stream().filter(change -> written.contains(change.key())).toList();
        List<Optional<String>> digests = rows.digests(keysOf(done));
        for (int i = 0; i < done.size(); i++) {
            if (!digests.get(i).equals(done.get(i).target())) {
                throw new Rewritten(table.name());
            }
        }
        if (checkForeignKeys) {
            confirmReferences(keysOf(
                    done.stream().filter(change -> change.target().isPresent()).toList()));
        }
    }

    private void confirmReferences(List<RowKey> done) throws SQLException {
        for (ForeignKey key : keys) {
            if (key.child().equals(table.name())
                    && !done.isEmpty()
                    && !rows.dangling(done, key).isEmpty()) {
                throw new SQLException("rows of %s would refer to nothing".formatted(table.name()), "23503");
            }
        }
    }

    private static List<RowKey> keysOf(List<Change> changes) {
        return changes.stream().map(Change::key).toList();
    }
}
