package lifeboat.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The writing side of one store. Every write is conditional on live still being what the plan saw.
public interface Repairs extends AutoCloseable {
    /// Why it must not begin: another store, another structure, permissions that are missing. Asked before the first
    /// write; empty: it may.
    Optional<Refusal> refuses(RepairPlan plan);

    /// Takes the only right to repair this live store, until [#close].
    ///
    /// @param who said to whoever comes second: the plan, the person and the machine
    /// @return who holds it; empty: now it is ours
    Optional<String> take(String who);

    /// How many rows fit one batch: bounds transactions and memory.
    int batchRows();

    /// The same for one table, where that matters.
    default int batchRows(TableName table) {
        return batchRows();
    }

    /// Repairs rows of one table and class in one transaction: reads the copy, checks that it still is what the plan
    /// saw, locks live, checks the same there, writes the undo entries, then the rows.
    ///
    /// @param undo must hold the rows durably before anything is committed, and is told how each transaction ended
    BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo);

    /// How the transaction of an undo entry ended whose end was not noted. Reads only.
    default Fate fate(TransactionName transaction) {
        return Fate.UNKNOWN;
    }

    /// Takes repaired rows back in one transaction, each only if live still is what the repair wrote.
    BatchOutcome undo(TableName table, List<UndoRow> rows);

    /// Repairs rows of several tables at once, because each waits for another: unique values that change places, rows
    /// that refer to each other in a circle.
    ///
    /// @return what became of them; empty: it cannot be done, and nothing was written
    default Optional<Map<TableName, BatchOutcome>> together(Map<TableName, List<PlannedRow>> rows, UndoLog undo) {
        return Optional.empty();
    }

    /// Takes such rows back at once.
    ///
    /// @return what became of them; empty: it cannot be done, and nothing was written
    default Optional<Map<TableName, BatchOutcome>> undoTogether(Map<TableName, List<UndoRow>> rows) {
        return Optional.empty();
    }

    /// Moves sequences and the like forward after the last batch; never backwards.
    ///
    /// @return what was done, one sentence each
    List<String> settle(RepairPlan plan);

    /// Which of the planned rows are not in live what the plan wanted. Reads only.
    List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows);

    @Override
    void close();
}
