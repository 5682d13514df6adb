package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of one table in one transaction: locks and reads them in the order of their keys, notes them, writes
/// them, looks once more; some round trips for all. What live refuses is taken out, or cut in halves until it stands
/// alone.
final class MySqlBatch {
    private static final int TRIES = 3;
    private final Connection live;
    private final TablePair table;
    private final List<ForeignKey> keys;

    MySqlBatch(Connection live, TablePair table, List<ForeignKey> keys) {
        this.live = live;
        this.table = table;
        this.keys = keys;
    }

    /// Where rows are noted before they are written; without a log they are being taken back.
    record Note(TableName table, DifferenceClass kind, Optional<UndoLog> log) {}

    /// One row to be written: what live must hold, what it will hold, and its text.
    record Write(
            RowKey key,
            Optional<String> expected,
            long expectedCount,
            Optional<String> target,
            long targetCount,
            Optional<String> text) {
        static Write of(PlannedRow row, Optional<String> text) {
            return new Write(row.key(), row.live(), row.liveCount(), row.copy(), row.copyCount(), text);
        }

        static Write back(UndoRow row) {
            return new Write(
                    row.key(), row.after(), row.afterCount(), row.beforeDigest(), row.beforeCount(), row.before());
        }
    }

    /// A row was not what was written: a trigger is at work, and nothing is kept.
    private static final class Rewritten extends SQLException {
        private static final long serialVersionUID = 1L;
        private final transient Set<RowKey> rows;

        Rewritten(Set<RowKey> rows) {
            this.rows = rows;
        }
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }

    BatchOutcome run(List<Write> writes, Note note) {
        if (writes.isEmpty()) {
            return BatchOutcome.NOTHING;
        }
        for (int tries = 1; ; tries++) {
            try {
                return once(writes, note);
            } catch (Rewritten e) {
                return without(e.rows, writes, note, Why.REWRITTEN_BY_TRIGGER);
            } catch (KeyedRows.TooMuch e) {
                return halves(writes, note);
            } catch (SQLException e) {
                if (MySqlErrors.isFatal(e)) {
                    throw new StoreFailed("repairing " + note.table(), e);
                }
                boolean busy = MySqlErrors.isBusy(e);
                if (!busy || tries == TRIES) {
                    return apart(writes, note, busy ? Why.LOCKED : Why.REFUSED_BY_CONSTRAINT);
                }
            }
        }
    }

    private BatchOutcome apart(List<Write> writes, Note note, Why why) {
        return writes.size() == 1 ? skipAll(writes, why) : halves(writes, note);
    }

    private BatchOutcome halves(List<Write> writes, Note note) {
        int half = writes.size() / 2;
        return run(writes.subList(0, half), note).plus(run(writes.subList(half, writes.size()), note));
    }

    /// The others first, then those rows one by one: what happened to them may have been the doing of another.
    private BatchOutcome without(Set<RowKey> rows, List<Write> writes, Note note, Why why) {
        if (writes.size() == 1) {
            return skipAll(writes, why);
        }
        BatchOutcome outcome =
                run(writes.stream().filter(write -> !rows.contains(write.key())).toList(), note);
        for (Write write : writes) {
            if (rows.contains(write.key())) {
                outcome = outcome.plus(run(List.of(write), note));
            }
        }
        return outcome;
    }

    private static BatchOutcome skipAll(List<Write> writes, Why why) {
        return new BatchOutcome(
                0,
                0,
                writes.stream().map(write -> new Skipped(write.key(), why)).toList());
    }

    private BatchOutcome once(List<Write> writes, Note note) throws SQLException {
        live.setTransactionIsolation(
                table.hasKey() ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_SERIALIZABLE);
        live.setAutoCommit(false);
        boolean committed = false;
        try {
            BatchOutcome outcome = inTransaction(writes, note);
            live.commit();
            committed = true;
            return outcome;
        } finally {
            end(committed);
        }
    }

    /// Where even that fails the connection is gone, and with it the transaction: the first failure tells it.
    private void end(boolean committed) {
        try {
            if (!committed) {
                live.rollback();
            }
            live.setAutoCommit(true);
        } catch (SQLException gone) {
            System.getLogger(MySqlBatch.class.getName()).log(System.Logger.Level.DEBUG, "rollback failed", gone);
        }
    }

    private BatchOutcome inTransaction(List<Write> writes, Note note) throws SQLException {
        Map<RowKey, Held> held = held(writes);
        Set<RowKey> endangering = endangering(writes, held);
        List<Write> due = new ArrayList<>();
        List<UndoRow> undo = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        long alreadyDone = 0;
        for (Write write : writes) {
            Held now = Held.of(held, write.key(), table);
            if (now.is(write.target(), write.targetCount())) {
                alreadyDone++;
            } else if (!now.is(write.expected(), write.expectedCount())) {
                skipped.add(new Skipped(write.key(), Why.LIVE_CHANGED_SINCE));
            } else if (endangering.contains(write.key())) {
                skipped.add(new Skipped(write.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                due.add(write);
                undo.add(undoRow(write, now));
            }
        }
        if (!undo.isEmpty()) {
            note.log().ifPresent(log -> log.begin(Optional.empty()).keep(note.table(), note.kind(), undo));
            write(due, undo);
            confirm(due);
        }
        return new BatchOutcome(due.size(), alreadyDone, skipped);
    }

    /// Rows by whose change or removal the server would change others.
    private Set<RowKey> endangering(List<Write> writes, Map<RowKey, Held> held) throws SQLException {
        Set<RowKey> endangering = new HashSet<>();
        if (!table.hasKey()) {
            return endangering;
        }
        for (ForeignKey key : keys) {
            if (key.parent().equals(table.name()) && key.changesChildren()) {
                endangering.addAll(new KeyedRows(live, table)
                        .referred(
                                writes.stream()
                                        .filter(write -> held.containsKey(write.key()))
                                        .filter(write -> !staysParent(write, held, key))
                                        .map(Write::key)
                                        .toList(),
                                key));
            }
        }
        return endangering;
    }

    UndoRow undoRow(Write write, Held held) {
        Optional<String> after = table.hasKey()
                ? write.target()
                : Optional.of(write.key().parts().getFirst());
        Optional<String> before = table.hasKey() ? held.digest() : after;
        return new UndoRow(
                write.key(),
                held.text().or(() -> table.hasKey() ? Optional.empty() : write.text()),
                before,
                held.count(),
                after,
                write.targetCount());
    }

    /// Whether others may refer to the row as before. A computed column is not known here.
    private boolean staysParent(Write write, Map<RowKey, Held> held, ForeignKey key) {
        if (write.text().isEmpty()) {
            return false;
        }
        List<Optional<String>> before =
                RowText.parts(Held.of(held, write.key(), table).text().orElseThrow());
        List<Optional<String>> after = RowText.parts(write.text().get());
        List<String> names = table.columns().stream().map(Column::name).toList();
        return key.parentColumns().stream()
                .map(names::indexOf)
                .allMatch(at -> at >= 0 && before.get(at).equals(after.get(at)));
    }

    private void write(List<Write> due, List<UndoRow> undo) throws SQLException {
        if (!table.hasKey()) {
            for (int i = 0; i < due.size(); i++) {
                writeKeyless(due.get(i), undo.get(i));
            }
            return;
        }
        KeyedRows rows = new KeyedRows(live, table);
        rows.delete(due.stream()
                .filter(write -> write.target().isEmpty())
                .map(Write::key)
                .toList());
        List<Write> changed = due.stream()
                .filter(write -> write.target().isPresent() && write.expected().isPresent())
                .toList();
        rows.update(changed.stream().map(Write::key).toList(), texts(changed));
        rows.insert(texts(due.stream()
                .filter(write -> write.target().isPresent() && write.expected().isEmpty())
                .toList()));
    }

    private static List<String> texts(List<Write> writes) {
        return writes.stream().map(write -> write.text().orElseThrow()).toList();
    }

    private void writeKeyless(Write write, UndoRow before) throws SQLException {
        long surplus = before.beforeCount() - write.targetCount();
        if (surplus < 0) {
            new KeyedRows(live, table)
                    .insert(Collections.nCopies(
                            Math.toIntExact(-surplus), before.before().orElseThrow()));
        }
        if (surplus > 0) {
            String sql = "DELETE FROM %s WHERE %s = ? LIMIT %d"
                    .formatted(RowText.table(table.name()), new RowText(table).digest(""), surplus);
            try (PreparedStatement statement = live.prepareStatement(sql)) {
                statement.setString(1, write.key().parts().getFirst());
                statement.executeUpdate();
            }
        }
    }

    /// Every written row must now be what it was to become, whatever triggers did.
    private void confirm(List<Write> due) throws SQLException {
        Set<RowKey> rewritten = unlike(due);
        if (!rewritten.isEmpty()) {
            throw new Rewritten(rewritten);
        }
    }

    /// Rows that are not what they were to become.
    Set<RowKey> unlike(List<Write> due) throws SQLException {
        Set<RowKey> unlike = new HashSet<>();
        if (table.hasKey()) {
            Map<RowKey, String> digests = new KeyedRows(live, table)
                    .digests(due.stream().map(Write::key).toList());
            due.stream()
                    .filter(write ->
                            !Optional.ofNullable(digests.get(write.key())).equals(write.target()))
                    .forEach(write -> unlike.add(write.key()));
        } else {
            Map<RowKey, Held> held = held(due);
            due.stream()
                    .filter(write -> !Held.of(held, write.key(), table).is(write.target(), write.targetCount()))
                    .forEach(write -> unlike.add(write.key()));
        }
        return unlike;
    }

    /// Locks and reads rows; those that are not there are not in the answer.
    Map<RowKey, Held> held(List<Write> writes) throws SQLException {
        return new CopySource(live, table).held(writes.stream().map(Write::key).toList(), true);
    }

    /// What live holds of a row.
    record Held(Optional<String> text, Optional<String> digest, long count, boolean keyed) {
        /// Of one row: what was read, or that there is none.
        static Held of(Map<RowKey, Held> held, RowKey key, TablePair table) {
            return held.getOrDefault(key, new Held(Optional.empty(), Optional.empty(), 0, table.hasKey()));
        }

        boolean is(Optional<String> wanted, long wantedCount) {
            return keyed ? digest.equals(wanted) : count == wantedCount;
        }
    }
}
