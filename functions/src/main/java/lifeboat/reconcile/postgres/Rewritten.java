package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import lifeboat.reconcile.TableName;

/// A row was not what was written, still inside the transaction: a trigger is at work, and nothing is kept.
final class Rewritten extends SQLException {
    private static final long serialVersionUID = 1L;

    Rewritten(TableName table) {
        super("a trigger of %s turns rows into something else than the plan wants".formatted(table));
    }
}
