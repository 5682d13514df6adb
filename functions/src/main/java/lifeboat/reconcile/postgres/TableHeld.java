package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import lifeboat.failure.sql.SqlFailure;
import lifeboat.reconcile.TableName;

/// Others work with a table for so long that it could not be locked as a whole. Fewer rows would wait just as long, so
/// that the batch is never taken apart for it.
final class TableHeld extends SQLException {
    private static final long serialVersionUID = 1L;

    TableHeld(TableName table, SQLException cause) {
        super("%s is held by others: %s".formatted(table, SqlFailure.text(cause)), cause.getSQLState(), cause);
    }
}
