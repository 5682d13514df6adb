package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoEntry;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import org.jspecify.annotations.Nullable;

/// Notes in the undo log what one transaction is about to write, what it wrote besides, and how it ended.
final class UndoRecorder {
    private final Optional<UndoLog> log;
    private final TransactionNames names;
    private final Optional<TriggerReach> reach;
    private @Nullable UndoEntry entry;

    /// For the current transaction.
    ///
    /// @param log absent: rows are being taken back, and nothing is noted
    /// @param reach sees what triggers write besides; absent: none fires
    UndoRecorder(Optional<UndoLog> log, TransactionNames names, Optional<TriggerReach> reach) {
        this.log = log;
        this.reach = reach;
        this.names = names;
    }

    /// Notes rows before they are written.
    void keep(Note note, List<UndoRow> rows) throws SQLException {
        if (log.isEmpty() || rows.isEmpty()) {
            return;
        }
        if (entry == null) {
            entry = log.get().begin(Optional.of(names.current()));
        }
        entry.keep(note.table(), note.kind(), rows);
    }

    /// Only these of the noted rows are written.
    void narrowed(TableName table, Set<RowKey> written) {
        if (entry != null) {
            entry.narrowed(table, written);
        }
    }

    /// Rows that the repair itself wrote.
    void wrote(TableName table, long inserted, long changed, long deleted) {
        reach.ifPresent(seen -> seen.wrote(table, inserted, changed, deleted));
    }

    /// What triggers wrote besides, noted before it is committed.
    List<SideEffect> sideEffects() throws SQLException {
        List<SideEffect> effects = reach.isPresent() ? reach.get().besides() : List.of();
        if (entry != null && !effects.isEmpty()) {
            entry.sideEffects(effects);
        }
        return effects;
    }

    void committed() {
        if (entry != null) {
            entry.committed();
        }
    }

    void rolledBack() {
        if (entry != null) {
            entry.rolledBack();
        }
    }
}
