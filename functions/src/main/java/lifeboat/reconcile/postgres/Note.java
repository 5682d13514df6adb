package lifeboat.reconcile.postgres;

import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;

/// Where the rows of one batch are noted before they are written.
///
/// @param table their table
/// @param kind their class
/// @param log takes them; absent: they are being taken back, and nothing is noted
record Note(TableName table, DifferenceClass kind, Optional<UndoLog> log) {
    void keep(List<UndoRow> rows) {
        if (!rows.isEmpty()) {
            log.ifPresent(undo -> undo.begin(Optional.empty()).keep(table, kind, rows));
        }
    }
}
