package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.List;
import lifeboat.reconcile.BatchOutcome;

/// Writes changes of one table inside a transaction that somebody else ends.
interface Batch {
    /// @param recorder takes what is about to be written
    BatchOutcome write(List<Change> changes, Note note, UndoRecorder recorder) throws SQLException;
}
