package lifeboat.reconcile;

import java.util.Optional;

/// What live held before each transaction of a repair, an entry each. Entries are never changed; marks beside them say
/// how their transaction ended, and only what is known to have been written is ever undone.
public interface UndoLog {
    /// Begins the entry of one transaction. Nothing is kept of it until it holds rows.
    ///
    /// @param transaction by which [Repairs#fate] tells how it ended, where its end was not noted; empty: the store
    ///     cannot tell, and an entry without a noted end stays unknown
    UndoEntry begin(Optional<TransactionName> transaction);
}
