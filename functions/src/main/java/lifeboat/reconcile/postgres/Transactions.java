package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;

/// Runs batches in transactions of their own. What live refuses is cut in halves until the rows that it refuses stand
/// alone, so that one bad row never keeps the others from being repaired.
final class Transactions {
    private static final int TRIES = 3;

    /// Serialization failure, deadlock, lock not available.
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03");

    private final Connection live;
    private final Triggers triggers;

    Transactions(Connection live, Triggers triggers) {
        this.live = live;
        this.triggers = triggers;
    }

    /// Writes changes, in as many transactions as it takes.
    ///
    /// @param batches makes a fresh batch for every try
    BatchOutcome run(List<Change> changes, Note note, Supplier<Batch> batches) {
        if (changes.isEmpty()) {
            return BatchOutcome.NOTHING;
        }
        for (int tries = 1; ; tries++) {
            try {
                return once(changes, note, batches.get());
            } catch (Rewritten e) {
                return skipAll(changes, Why.REWRITTEN_BY_TRIGGER);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (isFatal(state)) {
                    throw new StoreFailed("repairing " + note.table(), e);
                }
                boolean busy = BUSY.contains(state);
                if (!busy || tries == TRIES) {
                    return apart(changes, note, batches, busy ? Why.LOCKED : Why.REFUSED_BY_CONSTRAINT);
                }
            }
        }
    }

    /// The connection is gone, the server stops, the disk is full, or a right that was there is missing.
    private static boolean isFatal(String state) {
        return state.startsWith("08")
                || state.startsWith("57")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("XX")
                || state.equals("42501")
                || state.equals("25006")
                || state.equals("null");
    }

    private BatchOutcome once(List<Change> changes, Note note, Batch batch) throws SQLException {
        live.setAutoCommit(false);
        boolean ended = false;
        try {
            execute("SET CONSTRAINTS ALL DEFERRED");
            if (triggers == Triggers.OFF) {
                execute("SET LOCAL session_replication_role = replica");
            }
            BatchOutcome outcome = batch.write(changes, note);
            execute(Session.AS_THE_OWNER_MEANT);
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            live.commit();
            ended = true;
            return outcome;
        } finally {
            end(ended);
        }
    }

    /// Where even that fails the connection is gone, and with it the transaction: the first failure tells it.
    private void end(boolean committed) {
        try {
            if (!committed) {
                live.rollback();
            }
            live.setAutoCommit(true);
        } catch (SQLException gone) {
            System.getLogger(Transactions.class.getName()).log(System.Logger.Level.DEBUG, "rollback failed", gone);
        }
    }

    private BatchOutcome apart(List<Change> changes, Note note, Supplier<Batch> batches, Why why) {
        if (changes.size() == 1) {
            return skipAll(changes, why);
        }
        int half = changes.size() / 2;
        return run(changes.subList(0, half), note, batches)
                .plus(run(changes.subList(half, changes.size()), note, batches));
    }

    private static BatchOutcome skipAll(List<Change> changes, Why why) {
        return new BatchOutcome(
                0,
                0,
                changes.stream().map(change -> new Skipped(change.key(), why)).toList());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }
}
