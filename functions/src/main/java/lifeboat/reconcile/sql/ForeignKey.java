package lifeboat.reconcile.sql;

import java.util.List;
import lifeboat.reconcile.TableName;

/// A foreign key.
///
/// @param child the table that refers
/// @param childColumns its columns
/// @param parent the table that is referred to
/// @param parentColumns its columns, in the order of childColumns
/// @param changesChildren whether deleting or changing a parent changes or deletes children by itself
public record ForeignKey(
        TableName child,
        List<String> childColumns,
        TableName parent,
        List<String> parentColumns,
        boolean changesChildren) {
    public ForeignKey {
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }
}
