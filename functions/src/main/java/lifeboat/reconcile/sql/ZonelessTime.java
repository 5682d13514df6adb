package lifeboat.reconcile.sql;

import lifeboat.reconcile.TableName;

/// A time of the last write in a column that holds no time zone, and that no server can tell.
public final class ZonelessTime {
    private ZonelessTime() {}

    /// What a person must know who relies on it.
    public static String note(TableName table, String column) {
        return ("times in \"%s\" of table %s have no time zone and are read as UTC: written in another, a difference of the hours"
                        + " around the point in time can count as explained, or not")
                .formatted(column, table);
    }
}
