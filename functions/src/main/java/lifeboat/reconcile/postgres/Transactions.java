package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;

/// Runs batches in transactions of their own. What live refuses is cut in halves until the rows that it refuses stand
/// alone, so that one bad row never keeps the others from being repaired.
final class Transactions {
    private static final int TRIES = 3;

    /// Serialization failure, deadlock, lock not available.
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03");

    /// Unique violation, exclusion violation.
    private static final Set<String> TAKEN = Set.of("23505", "23P01");

    private final Connection live;
    private final Triggers triggers;
    private final TransactionNames names;
    private final Predicate<Collection<TableName>> fires;

    /// @param fires whether one of some tables has triggers that fire
    Transactions(Connection live, Triggers triggers, Predicate<Collection<TableName>> fires) {
        this.fires = fires;
        this.live = live;
        this.triggers = triggers;
        this.names = new TransactionNames(live);
    }

    /// Writes changes, in as many transactions as it takes.
    ///
    /// @param batches makes a fresh batch for every try
    /// @param atOnce writes them all in one statement where unique values stand in each other's way, if it can
    BatchOutcome run(
            List<Change> changes,
            Note note,
            Supplier<Batch> batches,
            Function<List<Change>, Optional<BatchOutcome>> atOnce) {
        if (changes.isEmpty()) {
            return BatchOutcome.NOTHING;
        }
        for (int tries = 1; ; tries++) {
            try {
                Done<BatchOutcome> done = inside(
                        Set.of(note.table()),
                        note.log(),
                        recorder -> batches.get().write(changes, note, recorder));
                return done.outcome().with(done.sideEffects());
            } catch (TableHeld held) {
                if (tries == TRIES) {
                    return skipAll(changes, Why.LOCKED);
                }
            } catch (Withdrawn e) {
                return e.keys().isEmpty() ? apart(changes, note, batches, e.why()) : without(e, changes, note, batches);
            } catch (SQLException e) {
                if (isFatal(e)) {
                    throw new StoreFailed("repairing " + note.table(), e);
                }
                String state = String.valueOf(e.getSQLState());
                boolean busy = isBusy(e);
                if (!busy || tries == TRIES) {
                    Why why = busy ? Why.LOCKED : Why.REFUSED_BY_CONSTRAINT;
                    Optional<BatchOutcome> all = TAKEN.contains(state) ? atOnce.apply(changes) : Optional.empty();
                    return all.orElseGet(() -> apart(changes, note, batches, why));
                }
            }
        }
    }

    /// Others hold what is wanted, or wait for what is held here.
    static boolean isBusy(SQLException e) {
        return BUSY.contains(String.valueOf(e.getSQLState()));
    }

    /// The connection is gone, the server stops, the disk is full, or a right that was there is missing.
    static boolean isFatal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08")
                || state.startsWith("25P")
                || state.startsWith("57")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("XX")
                || state.equals("42501")
                || state.equals("25006")
                || state.equals("null");
    }

    /// What is done inside one transaction.
    interface Work<T> {
        /// @param recorder takes what is about to be written
        T run(UndoRecorder recorder) throws SQLException;
    }

    /// What became of the work, and what triggers wrote besides.
    record Done<T>(T outcome, List<SideEffect> sideEffects) {}

    /// Does it, and commits when every constraint holds.
    ///
    /// @param tables all that are written
    /// @param log takes what is written, and how it ended; absent: rows are being taken back
    <T> Done<T> inside(Collection<TableName> tables, Optional<UndoLog> log, Work<T> work) throws SQLException {
        boolean sent = false;
        boolean committed = false;
        live.setAutoCommit(false);
        var recorder = new UndoRecorder(log, names, Optional.empty());
        try {
            execute("SET CONSTRAINTS ALL DEFERRED");
            if (triggers == Triggers.FIRE && fires.test(tables)) {
                recorder = new UndoRecorder(log, names, Optional.of(TriggerReach.from(live)));
            }
            List<String> back = triggers == Triggers.OFF ? new UserTriggers(live).off(tables) : List.of();
            T outcome = work.run(recorder);
            execute(Session.AS_THE_OWNER_MEANT);
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            for (String on : back) {
                execute(on);
            }
            List<SideEffect> effects = recorder.sideEffects();
            sent = true;
            live.commit();
            committed = true;
            recorder.committed();
            return new Done<>(outcome, effects);
        } finally {
            // Whether a commit that failed was done nobody knows here: its end is asked for when it matters.
            if (end(committed) && !sent) {
                recorder.rolledBack();
            }
        }
    }

    /// Where even that fails the connection is gone, and with it the transaction: the first failure tells it.
    ///
    /// @return whether the server said that it has ended
    private boolean end(boolean committed) {
        try {
            if (!committed) {
                live.rollback();
            }
            live.setAutoCommit(true);
            return true;
        } catch (SQLException gone) {
            System.getLogger(Transactions.class.getName()).log(System.Logger.Level.DEBUG, "rollback failed", gone);
            return false;
        }
    }

    private BatchOutcome apart(List<Change> changes, Note note, Supplier<Batch> batches, Why why) {
        if (changes.size() == 1) {
            return skipAll(changes, why);
        }
        int half = changes.size() / 2;
        return run(changes.subList(0, half), note, batches, Transactions::notAtOnce)
                .plus(run(changes.subList(half, changes.size()), note, batches, Transactions::notAtOnce));
    }

    /// What was tried at once is then only taken apart.
    static Optional<BatchOutcome> notAtOnce(List<Change> changes) {
        return Optional.empty();
    }

    /// The rest of a batch, without the rows that must not be kept.
    private BatchOutcome without(Withdrawn withdrawn, List<Change> changes, Note note, Supplier<Batch> batches) {
        Map<Boolean, List<Change>> parts = changes.stream()
                .collect(Collectors.partitioningBy(change -> withdrawn.keys().contains(change.key())));
        if (parts.getOrDefault(true, List.of()).isEmpty()) {
            throw new IllegalStateException("rows were withdrawn that are not in the batch", withdrawn);
        }
        return skipAll(parts.getOrDefault(true, List.of()), withdrawn.why())
                .plus(run(parts.getOrDefault(false, List.of()), note, batches, Transactions::notAtOnce));
    }

    static BatchOutcome skipAll(List<Change> changes, Why why) {
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
