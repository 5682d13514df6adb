package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.SideEffect;
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
    private final Seen triggers;
    private final TransactionMarks marks;

    /// @param triggers whether live has triggers on the table
    /// @param marks where each transaction of a repair is noted
    MySqlBatch(Connection live, TablePair table, List<ForeignKey> keys, Seen triggers, TransactionMarks marks) {
        this.live = live;
        this.table = table;
        this.keys = keys;
        this.triggers = triggers;
        this.marks = marks;
    }

    /// Whether triggers of a table are seen.
    enum Seen {
        NONE,
        SOME,
        /// The user may not see any.
        UNKNOWN
    }

    /// Where rows are noted before they are written; without a log they are being taken back.
    record Note(TableName table, DifferenceClass kind, Optional<UndoLog> log) {}

    BatchOutcome run(List<RowWrite> writes, Note note) {
        if (writes.isEmpty()) {
            return BatchOutcome.NOTHING;
        }
        for (int tries = 1; ; tries++) {
            try {
                return once(writes, note);
            } catch (BatchWriter.Rewritten e) {
                return without(
                        e.rows(),
                        writes,
                        note,
                        triggers == Seen.SOME ? Why.REWRITTEN_BY_TRIGGER : Why.CANNOT_BE_CARRIED);
            } catch (KeyedRows.TooMuch e) {
                return halves(writes, note);
            } catch (SQLException e) {
                if (MySqlErrors.isFatal(e)) {
                    throw new StoreFailed("repairing " + note.table(), e);
                }
                if (!MySqlErrors.isBusy(e) || tries == TRIES) {
                    return apart(writes, note, MySqlErrors.why(e));
                }
            }
        }
    }

    private BatchOutcome apart(List<RowWrite> writes, Note note, Why why) {
        return writes.size() == 1 ? skipAll(writes, why) : halves(writes, note);
    }

    private BatchOutcome halves(List<RowWrite> writes, Note note) {
        int half = writes.size() / 2;
        return run(writes.subList(0, half), note).plus(run(writes.subList(half, writes.size()), note));
    }

    /// The others first, then those rows one by one: what happened to them may have been the doing of another.
    private BatchOutcome without(Set<RowKey> rows, List<RowWrite> writes, Note note, Why why) {
        if (writes.size() == 1) {
            return skipAll(writes, why);
        }
        BatchOutcome outcome =
                run(writes.stream().filter(write -> !rows.contains(write.key())).toList(), note);
        for (RowWrite write : writes) {
            if (rows.contains(write.key())) {
                outcome = outcome.plus(run(List.of(write), note));
            }
        }
        return outcome;
    }

    private static BatchOutcome skipAll(List<RowWrite> writes, Why why) {
        return new BatchOutcome(
                0,
                0,
                writes.stream().map(write -> new Skipped(write.key(), why)).toList());
    }

    private BatchOutcome once(List<RowWrite> writes, Note note) throws SQLException {
        live.setTransactionIsolation(
                table.hasKey() ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_SERIALIZABLE);
        live.setAutoCommit(false);
        try (NotedTransaction transaction = new NotedTransaction(live, marks, note.log())) {
            BatchOutcome outcome = inTransaction(writes, note, transaction);
            if (outcome.written() > 0) {
                transaction.commit();
            }
            return outcome;
        }
    }

    private BatchOutcome inTransaction(List<RowWrite> writes, Note note, NotedTransaction transaction)
            throws SQLException {
        Map<RowKey, RowVersion> held = held(writes);
        Set<RowKey> endangering = endangering(writes, held);
        long most = LongValues.most(live);
        List<RowWrite> due = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        List<SideEffect> effects = List.of();
        long alreadyDone = 0;
        for (RowWrite write : writes) {
            RowVersion now = RowVersion.of(held, write.key(), table);
            if (now.is(write.target(), write.targetCount())) {
                alreadyDone += write.rows();
            } else if (!now.is(write.expected(), write.expectedCount())) {
                skipped.add(new Skipped(write.key(), Why.LIVE_CHANGED_SINCE));
            } else if (endangering.contains(write.key())) {
                skipped.add(new Skipped(write.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                Optional<Why> obstacle =
                        write.obstacle(now, write.columns(now, table.columns().size()), most);
                obstacle.ifPresentOrElse(why -> skipped.add(new Skipped(write.key(), why)), () -> due.add(write));
            }
        }
        if (!due.isEmpty()) {
            keep(due, held, note, transaction);
            BatchWriter writer = new BatchWriter(live, table, triggers != Seen.NONE);
            Map<RowKey, Why> refused = writer.write(due, held, transaction);
            effects = writer.sideEffects();
            transaction.sideEffects(effects);
            refused.forEach((key, why) -> skipped.add(new Skipped(key, why)));
            due.removeIf(write -> refused.containsKey(write.key()));
            if (!refused.isEmpty()) {
                transaction.narrowed(
                        note.table(), due.stream().map(RowWrite::key).collect(Collectors.toSet()));
            }
        }
        return new BatchOutcome(due.stream().mapToLong(RowWrite::rows).sum(), alreadyDone, skipped, effects);
    }

    private void keep(List<RowWrite> due, Map<RowKey, RowVersion> held, Note note, NotedTransaction transaction)
            throws SQLException {
        List<UndoRow> undo = due.stream()
                .map(write -> undoRow(write, RowVersion.of(held, write.key(), table)))
                .toList();
        transaction.keep(note.table(), note.kind(), undo);
    }

    /// Rows by whose change or removal the server would change others.
    private Set<RowKey> endangering(List<RowWrite> writes, Map<RowKey, RowVersion> held) throws SQLException {
        Set<RowKey> endangering = new HashSet<>();
        for (ForeignKey key : keys) {
            if (key.parent().equals(table.name()) && key.changesChildren()) {
                List<RowKey> changing = writes.stream()
                        .filter(write -> held.containsKey(write.key()))
                        .filter(write -> !staysParent(write, RowVersion.of(held, write.key(), table), key))
                        .map(RowWrite::key)
                        .toList();
                endangering.addAll(
                        table.hasKey()
                                ? new KeyedRows(live, table).referred(changing, key)
                                : new KeylessRows(live, table).referred(changing, key));
            }
        }
        return endangering;
    }

    UndoRow undoRow(RowWrite write, RowVersion held) {
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
    private boolean staysParent(RowWrite write, RowVersion now, ForeignKey key) {
        if (!table.hasKey()) {
            return now.count() <= write.targetCount();
        }
        if (write.text().isEmpty() || now.text().isEmpty()) {
            return false;
        }
        List<Optional<String>> before = now.parts();
        List<Optional<String>> after = write.wanted().parts();
        List<String> names = table.columns().stream().map(Column::name).toList();
        return key.parentColumns().stream()
                .map(names::indexOf)
                .allMatch(at -> at >= 0 && before.get(at).equals(after.get(at)));
    }

    /// Rows that are not what they were to become.
    Set<RowKey> unlike(List<RowWrite> due) throws SQLException {
        return new BatchWriter(live, table, false).unlike(due);
    }

    /// Locks and reads rows; those that are not there are not in the answer.
    Map<RowKey, RowVersion> held(List<RowWrite> writes) throws SQLException {
        return new CopySource(live, table)
                .held(writes.stream().map(RowWrite::key).toList(), true);
    }
}
