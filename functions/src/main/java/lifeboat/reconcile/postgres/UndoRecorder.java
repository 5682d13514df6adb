package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoEntry;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import org.jspecify.annotations.Nullable;

/// Notes in the undo log what one transaction is about to write, and how it ended.
final class UndoRecorder {
    private final Optional<UndoLog> log;
    private final TransactionNames names;
    private @Nullable UndoEntry entry;

    /// For the current transaction.
    ///
    /// @param log absent: rows are being taken back, and nothing is noted
    UndoRecorder(Optional<UndoLog> log, TransactionNames names) {
        this.log = log;
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
