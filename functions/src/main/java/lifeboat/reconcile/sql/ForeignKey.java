package lifeboat.reconcile.sql;

import java.util.Collections;
import java.util.List;
import lifeboat.reconcile.TableName;

/// A foreign key.
///
/// @param child the table that refers
/// @param childColumns its columns
/// @param parent the table that is referred to
/// @param parentColumns its columns, in the order of childColumns
/// @param changesChildren whether deleting or changing a parent changes or deletes children by itself
/// @param replaceable whether a parent can be deleted and put back in one statement without any child noticing
/// @param checked whether each child must have a parent in this very table; a part of a partitioned parent has not all
/// @param equalities the operators between parentColumns and childColumns, in their order
public record ForeignKey(
        TableName child,
        List<String> childColumns,
        TableName parent,
        List<String> parentColumns,
        boolean changesChildren,
        boolean replaceable,
        boolean checked,
        List<String> equalities) {
    /// A foreign key whose values are compared by `=`.
    public ForeignKey(
            TableName child,
            List<String> childColumns,
            TableName parent,
            List<String> parentColumns,
            boolean changesChildren) {
        this(
                child,
                childColumns,
                parent,
                parentColumns,
                changesChildren,
                false,
                true,
                Collections.nCopies(childColumns.size(), "="));
    }

    public ForeignKey {
        equalities = List.copyOf(equalities);
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }
}
