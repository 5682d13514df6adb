package lifeboat.reconcile.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.UndoRow;

/// One row to be written, forward or back.
///
/// @param key the row
/// @param expected digest of what live must hold; empty: nothing
/// @param expectedCount how many equal rows
/// @param target digest of what live will hold; empty: nothing
/// @param targetCount how many equal rows
/// @param text the row to be written; empty where target is
record Change(
        RowKey key,
        Optional<String> expected,
        long expectedCount,
        Optional<String> target,
        long targetCount,
        Optional<String> text) {

    static Change of(PlannedRow row, Optional<String> text) {
        return new Change(row.key(), row.live(), row.liveCount(), row.copy(), row.copyCount(), text);
    }

    static Change back(UndoRow row) {
        return new Change(
                row.key(), row.after(), row.afterCount(), row.beforeDigest(), row.beforeCount(), row.before());
    }

    /// What is said of planned rows that were not seen in the copy as the plan saw them.
    static BatchOutcome gone(List<PlannedRow> rows, boolean[] seen) {
        return new BatchOutcome(
                0,
                0,
                IntStream.range(0, seen.length)
                        .filter(at -> !seen[at])
                        .mapToObj(at -> new Skipped(rows.get(at).key(), Why.COPY_CHANGED_SINCE))
                        .toList());
    }

    /// How many rows of a table without a key come; negative: so many go.
    long more() {
        return targetCount - expectedCount;
    }

    /// How many rows it writes.
    long rows() {
        return Math.max(1, Math.abs(targetCount - expectedCount));
    }

    int size() {
        return text.map(String::length).orElse(0) + 100;
    }
}
