package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads planned rows on one side, and hands those that still are what the plan saw to a batch.
final class CopySource {
    private final Connection side;
    private final TablePair table;

    CopySource(Connection side, TablePair table) {
        this.side = side;
        this.table = table;
    }

    /// Repairs rows in as many transactions as memory asks for.
    BatchOutcome repair(MySqlBatch batch, List<PlannedRow> rows, MySqlBatch.Note note) throws SQLException {
        List<Skipped> gone = new ArrayList<>();
        try {
            List<RowWrite> writes = writes(rows, gone);
            return batch.run(writes, note).plus(new BatchOutcome(0, 0, gone));
        } catch (KeyedRows.TooMuch e) {
            int half = rows.size() / 2;
            return repair(batch, rows.subList(0, half), note)
                    .plus(repair(batch, rows.subList(half, rows.size()), note));
        }
    }

    /// What is to be written of planned rows.
    ///
    /// @param gone takes those that the copy no longer holds as the plan saw them
    /// @throws KeyedRows.TooMuch where they do not fit memory together
    List<RowWrite> writes(List<PlannedRow> rows, List<Skipped> gone) throws SQLException {
        List<RowKey> wanted = rows.stream()
                .filter(row -> row.copy().isPresent())
                .map(PlannedRow::key)
                .toList();
        Map<RowKey, RowVersion> held = held(wanted, false);
        List<RowWrite> writes = new ArrayList<>();
        for (PlannedRow row : rows) {
            RowVersion inCopy = RowVersion.of(held, row.key(), table);
            if (row.copy().isPresent() && !inCopy.is(row.copy(), row.copyCount())) {
                gone.add(new Skipped(row.key(), Why.COPY_CHANGED_SINCE));
            } else {
                writes.add(RowWrite.of(row, inCopy));
            }
        }
        return writes;
    }

    /// What this side holds of some rows; those that it does not hold are not in the answer.
    ///
    /// @param lock holds them until the transaction ends
    Map<RowKey, RowVersion> held(List<RowKey> keys, boolean lock) throws SQLException {
        return table.hasKey()
                ? new KeyedRows(side, table).versions(keys, lock)
                : new KeylessRows(side, table).read(keys, lock);
    }

    /// Which planned rows are not here what the plan wanted.
    List<PlannedRow> differing(List<PlannedRow> rows) throws SQLException {
        List<RowKey> keys = rows.stream().map(PlannedRow::key).toList();
        if (table.hasKey()) {
            Map<RowKey, String> digests = new KeyedRows(side, table).digests(keys);
            return rows.stream()
                    .filter(row -> !Optional.ofNullable(digests.get(row.key())).equals(row.copy()))
                    .toList();
        }
        Map<RowKey, Long> counts = new KeylessRows(side, table).counts(keys);
        return rows.stream()
                .filter(row -> counts.getOrDefault(row.key(), 0L) != row.copyCount())
                .toList();
    }
}
