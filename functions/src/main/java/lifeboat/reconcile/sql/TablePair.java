package lifeboat.reconcile.sql;

import java.util.List;
import lifeboat.reconcile.TableName;

/// A table that both sides have in the same form.
///
/// @param name its name
/// @param layout every column of live, in its order: the form of a whole row
/// @param columns those that carry data: what is compared and written, in the same order
/// @param key columns that tell rows apart on both sides; empty: none do, so rows are compared as a multiset
/// @param pages size on the bigger side, an estimate
/// @param deferrable whether something unique in live may be judged as late as at the end of a transaction
public record TablePair(
        TableName name, List<Column> layout, List<Column> columns, List<Column> key, long pages, boolean deferrable) {
    public TablePair {
        layout = List.copyOf(layout);
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    public boolean hasKey() {
        return !key.isEmpty();
    }
}
