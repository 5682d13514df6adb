package lifeboat.reconcile;

import java.util.List;
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

    /// Repairs rows of one table and class in one transaction: reads the copy, checks that it still is what the plan
    /// saw, locks live, checks the same there, writes the undo entries, then the rows.
    ///
    /// @param undo must hold the batch durably before anything is written
    BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo);

    /// Repairs rows that constraints refuse one table after the other but may allow at once: unique values that change
    /// places, tables that refer to each other in a circle. In one transaction, or not at all.
    ///
    /// @return an outcome for each of the given; a store without such a way leaves all of them refused
    default List<BatchOutcome> repairAtOnce(List<Planned> all, UndoLog undo) {
        return all.stream()
                .map(one -> BatchOutcome.refused(
                        one.rows().stream().map(PlannedRow::key).toList()))
                .toList();
    }

    /// Planned rows of one table and class.
    record Planned(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        public Planned {
            rows = List.copyOf(rows);
        }
    }

    /// Takes rows back that constraints refuse one batch after the other but may allow at once.
    ///
    /// @return an outcome for each of the given; a store without such a way tries each once more
    default List<BatchOutcome> undoAtOnce(List<Written> all) {
        return all.stream().map(one -> undo(one.table(), one.rows())).toList();
    }

    /// Repaired rows of one table.
    record Written(TableName table, List<UndoRow> rows) {
        public Written {
            rows = List.copyOf(rows);
        }
    }

    /// Takes repaired rows back in one transaction, each only if live still is what the repair wrote.
    BatchOutcome undo(TableName table, List<UndoRow> rows);

    /// Moves sequences and the like forward after the last batch; never backwards.
    ///
    /// @return what was done, one sentence each
    List<String> settle(RepairPlan plan);

    /// Which of the planned rows are not in live what the plan wanted. Reads only.
    List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows);

    @Override
    void close();
}
