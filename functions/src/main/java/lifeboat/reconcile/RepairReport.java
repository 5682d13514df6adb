package lifeboat.reconcile;

import java.util.List;
import java.util.Map;

/// How a repair or an undo ended.
///
/// @param plan what was carried out
/// @param tables what became of the rows, a table each
/// @param settled sequences and the like that were moved forward, one sentence each
/// @param verification what the comparison afterwards found
/// @param left entries of an undo log that were not undone
public record RepairReport(
        PlanId plan,
        Map<TableName, BatchOutcome> tables,
        List<String> settled,
        Verification verification,
        List<LeftEntry> left) {
    public RepairReport {
        tables = Map.copyOf(tables);
        settled = List.copyOf(settled);
        left = List.copyOf(left);
    }

    /// How a repair ended: every entry is its own.
    public RepairReport(
            PlanId plan, Map<TableName, BatchOutcome> tables, List<String> settled, Verification verification) {
        this(plan, tables, settled, verification, List.of());
    }

    /// Whether every row is as it was wanted, or was before.
    public boolean whole() {
        return total().skipped().isEmpty() && left.isEmpty() && !(verification instanceof Verification.Differs);
    }

    /// All tables together.
    public BatchOutcome total() {
        return tables.values().stream().reduce(BatchOutcome.NOTHING, BatchOutcome::plus);
    }

    /// What the comparison after a repair found.
    public sealed interface Verification {
        /// Every planned row is what the plan wanted, but for the skipped ones.
        ///
        /// @param rows planned rows looked at
        /// @param skipped of these, rows that were skipped
        record Verified(long rows, long skipped) implements Verification {}

        /// Rows that are not what the plan wanted though they were not skipped: written again since, or not repaired.
        ///
        /// @param rows planned rows looked at
        /// @param differing how many differ
        /// @param samples a few of them
        record Differs(long rows, long differing, List<RowKey> samples) implements Verification {}

        /// Not asked for.
        record NotAsked() implements Verification {}
    }
}
