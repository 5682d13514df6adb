package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;

/// Rows of a batch must not stay as they were written, found inside the transaction: nothing of it is kept, and the
/// batch is tried again without them.
final class Withdrawn extends SQLException {
    private static final long serialVersionUID = 1L;
    private final transient Set<RowKey> keys;
    private final Why why;
    private final transient TableName table;

    /// Some rows of a table.
    ///
    /// @param keys the rows; empty: it cannot be told which
    /// @param why what is said of them
    Withdrawn(TableName table, Set<RowKey> keys, Why why) {
        super("rows of %s are not kept: %s".formatted(table, why.text()));
        this.keys = Set.copyOf(keys);
        this.why = why;
        this.table = table;
    }

    TableName table() {
        return table;
    }

    Set<RowKey> keys() {
        return keys;
    }

    Why why() {
        return why;
    }
}
