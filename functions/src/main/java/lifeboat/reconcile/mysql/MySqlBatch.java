package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of one table in one transaction: locks and reads each, notes them, writes them, looks once more. What
/// live refuses is cut in halves until it stands alone.
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
                return skipAll(writes, Why.REWRITTEN_BY_TRIGGER);
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
        if (writes.size() == 1) {
            return skipAll(writes, why);
        }
        int half = writes.size() / 2;
        return run(writes.subList(0, half), note).plus(run(writes.subList(half, writes.size()), note));
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
        List<Write> due = new ArrayList<>();
        List<UndoRow> undo = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        long alreadyDone = 0;
        for (Write write : writes) {
            Held held = held(write.key());
            if (held.is(write.target(), write.targetCount())) {
                alreadyDone++;
            } else if (!held.is(write.expected(), write.expectedCount())) {
                skipped.add(new Skipped(write.key(), Why.LIVE_CHANGED_SINCE));
            } else if (endangersOthers(write)) {
                skipped.add(new Skipped(write.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                due.add(write);
                undo.add(undoRow(write, held));
            }
        }
        if (!undo.isEmpty()) {
            note.log().ifPresent(log -> log.keep(note.table(), note.kind(), undo));
        }
        for (int i = 0; i < due.size(); i++) {
            write(due.get(i), undo.get(i));
        }
        confirm(due);
        return new BatchOutcome(due.size(), alreadyDone, skipped);
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

    private boolean endangersOthers(Write write) throws SQLException {
        if (write.expected().isEmpty() || !table.hasKey()) {
            return false;
        }
        Set<String> keyNames =
                Set.copyOf(table.key().stream().map(column -> column.name()).toList());
        for (ForeignKey key : keys) {
            boolean stays = write.target().isPresent() && keyNames.containsAll(key.parentColumns());
            if (key.parent().equals(table.name())
                    && key.changesChildren()
                    && !stays
                    && new KeyedRows(live, table).isReferred(write.key(), key)) {
                return true;
            }
        }
        return false;
    }

    private void write(Write write, UndoRow before) throws SQLException {
        if (!table.hasKey()) {
            writeKeyless(write, before);
            return;
        }
        KeyedRows rows = new KeyedRows(live, table);
        if (write.target().isEmpty()) {
            rows.delete(write.key());
        } else if (write.expected().isEmpty()) {
            rows.insert(write.text().orElseThrow());
        } else {
            rows.update(write.key(), write.text().orElseThrow());
        }
    }

    private void writeKeyless(Write write, UndoRow before) throws SQLException {
        long surplus = before.beforeCount() - write.targetCount();
        for (long i = surplus; i < 0; i++) {
            new KeyedRows(live, table).insert(before.before().orElseThrow());
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
        for (Write write : due) {
            if (!held(write.key()).is(write.target(), write.targetCount())) {
                throw new Rewritten();
            }
        }
    }

    Held held(RowKey key) throws SQLException {
        if (table.hasKey()) {
            Optional<String> text = new KeyedRows(live, table).text(key, true);
            return new Held(text, text.map(MySqlBatch::digest), text.isPresent() ? 1 : 0, true);
        }
        long count = CopySource.count(live, table, key, true);
        return new Held(CopySource.anyText(live, table, key), Optional.empty(), count, false);
    }

    /// What live holds of a row.
    record Held(Optional<String> text, Optional<String> digest, long count, boolean keyed) {
        boolean is(Optional<String> wanted, long wantedCount) {
            return keyed ? digest.equals(wanted) : count == wantedCount;
        }
    }
}
