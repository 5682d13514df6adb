package lifeboat.reconcile;

import java.util.List;

/// What live held before each batch of a repair. Written before the batch, never changed.
public interface UndoLog {
    /// Keeps the rows of one batch, which are all of one table and class; durable when it returns.
    void keep(TableName table, DifferenceClass kind, List<UndoRow> rows);
}
