package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoEntry;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.StoreFailed;

/// The transaction that is open on live, and its entry in the undo log, which ends as the server said that the
/// transaction did. What the server did not say is not noted: its mark in live tells.
final class NotedTransaction implements AutoCloseable {
    private final Connection live;
    private final TransactionMarks marks;
    private final Optional<UndoLog> log;
    private final TransactionName name;
    private Optional<UndoEntry> entry = Optional.empty();
    private boolean marked;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        COMMITTING,
        COMMITTED
    }

    /// @param log where rows are noted before they are written; empty: a repair is undone
    NotedTransaction(Connection live, TransactionMarks marks, Optional<UndoLog> log) {
        this.live = live;
        this.marks = marks;
        this.log = log;
        this.name = marks.name();
    }

    /// Notes rows, durably, and marks the transaction before it writes the first of them.
    void keep(TableName table, DifferenceClass kind, List<UndoRow> rows) throws SQLException {
        if (entry.isEmpty()) {
            entry = log.map(to -> to.begin(Optional.of(name)));
        }
        entry.ifPresent(of -> of.keep(table, kind, rows));
        if (!marked) {
            mark();
        }
    }

    private void mark() throws SQLException {
        try {
            marks.mark(name);
            marked = true;
        } catch (SQLException e) {
            if (MySqlErrors.isBusy(e)) {
                throw e;
            }
            throw new StoreFailed("noting a transaction in live", e);
        }
    }

    /// Of the noted rows of a table only these are written.
    void narrowed(TableName table, Set<RowKey> remaining) {
        entry.ifPresent(of -> of.narrowed(table, remaining));
    }

    /// What triggers wrote besides.
    void sideEffects(List<SideEffect> effects) {
        if (!effects.isEmpty()) {
            entry.ifPresent(of -> of.sideEffects(effects));
        }
    }

    /// After a statement failed: whether the transaction still is the one that holds the locks.
    ///
    /// @throws SQLException where the server rolled it back
    void requireOpen() throws SQLException {
        if (!marks.isOpen(name)) {
            throw new SQLException("live rolled the transaction back", "40001", MySqlErrors.DEADLOCK);
        }
    }

    void commit() throws SQLException {
        state = State.COMMITTING;
        live.commit();
        state = State.COMMITTED;
        entry.ifPresent(UndoEntry::committed);
    }

    /// Rolls back what is not committed. Where even that fails the connection is given up, and with it the transaction:
    /// the first failure tells it.
    @Override
    public void close() {
        try {
            if (state != State.COMMITTED) {
                live.rollback();
            }
            live.setAutoCommit(true);
        } catch (SQLException lost) {
            giveUp(lost);
            return;
        }
        if (state == State.OPEN) {
            entry.ifPresent(UndoEntry::rolledBack);
        }
    }

    private void giveUp(SQLException lost) {
        System.Logger logger = System.getLogger(NotedTransaction.class.getName());
        logger.log(System.Logger.Level.DEBUG, "rollback failed", lost);
        try {
            live.close();
        } catch (SQLException gone) {
            logger.log(System.Logger.Level.DEBUG, "closing failed", gone);
        }
    }
}
