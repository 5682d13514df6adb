package lifeboat.reconcile;

import java.util.List;
import java.util.Set;

/// The entry of one transaction in an undo log. Every call is durable when it returns.
///
/// The order of calls: rows are kept before they are committed, narrowed where fewer are written, then the end is
/// noted: [#committed] or [#rolledBack] once the store has said so, or [#answered] where it answers row by row. An end
/// that the store did not say is not noted: then [Repairs#fate] decides, or the entry stays unknown.
public interface UndoEntry {
    /// Keeps rows of one table and class that the transaction is about to write; can be called several times. They were
    /// read back, and are what was given, when it returns.
    void keep(TableName table, DifferenceClass kind, List<UndoRow> rows);

    /// Says, before the commit, that of the kept rows of a table only these will be written: after a savepoint was
    /// rolled back, or where a constraint or a trigger kept rows from being written. It can be called again with
    /// fewer.
    void narrowed(TableName table, Set<RowKey> remaining);

    /// Says, before the commit, what triggers wrote besides: an undo does not bring it back, and says so.
    default void sideEffects(List<SideEffect> effects) {}

    /// The store said that the transaction is committed: every remaining row is written.
    void committed();

    /// The transaction is rolled back: no row is written.
    void rolledBack();

    /// The end of an entry whose rows are written one by one, each with an answer of its own.
    ///
    /// @param written rows that the store said it wrote
    /// @param unknown rows whose answer was lost; rows in neither set were not written
    void answered(TableName table, Set<RowKey> written, Set<RowKey> unknown);
}
