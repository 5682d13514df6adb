package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads planned rows on one side, and hands those that still are what the plan saw to a batch.
final class CopySource {
    /// Characters of rows in one transaction.
    private static final long SIZE = 16 << 20;

    private final Connection side;
    private final TablePair table;

    CopySource(Connection side, TablePair table) {
        this.side = side;
        this.table = table;
    }

    BatchOutcome repair(MySqlBatch batch, List<PlannedRow> rows, MySqlBatch.Note note) throws SQLException {
        BatchOutcome outcome = BatchOutcome.NOTHING;
        List<MySqlBatch.Write> writes = new ArrayList<>();
        List<Skipped> gone = new ArrayList<>();
        long size = 0;
        for (PlannedRow row : rows) {
            Optional<String> text = row.copy().isEmpty() ? Optional.empty() : text(row.key());
            if (row.copy().isPresent() && !holds(row, text)) {
                gone.add(new Skipped(row.key(), Why.COPY_CHANGED_SINCE));
                continue;
            }
            writes.add(MySqlBatch.Write.of(row, text));
            size += text.map(String::length).orElse(0);
            if (size > SIZE) {
                outcome = outcome.plus(batch.run(List.copyOf(writes), note));
                writes.clear();
                size = 0;
            }
        }
        return outcome.plus(batch.run(writes, note)).plus(new BatchOutcome(0, 0, gone));
    }

    /// What is to be written of planned rows, all of them in memory; empty: too much for that.
    ///
    /// @param gone takes those that the copy no longer holds as the plan saw them
    Optional<List<MySqlBatch.Write>> writes(List<PlannedRow> rows, List<Skipped> gone) throws SQLException {
        List<MySqlBatch.Write> writes = new ArrayList<>();
        long size = 0;
        for (PlannedRow row : rows) {
            Optional<String> text = row.copy().isEmpty() ? Optional.empty() : text(row.key());
            if (row.copy().isPresent() && !holds(row, text)) {
                gone.add(new Skipped(row.key(), Why.COPY_CHANGED_SINCE));
            } else {
                writes.add(MySqlBatch.Write.of(row, text));
                size += text.map(String::length).orElse(0);
            }
            if (size > SIZE) {
                return Optional.empty();
            }
        }
        return Optional.of(writes);
    }

    /// Whether this side holds what the plan saw in the copy.
    boolean holds(PlannedRow row) throws SQLException {
        return holds(row, text(row.key()));
    }

    private boolean holds(PlannedRow row, Optional<String> text) throws SQLException {
        if (!table.hasKey()) {
            return count(side, table, row.key(), false) == row.copyCount();
        }
        return text.map(MySqlBatch::digest).equals(row.copy());
    }

    private Optional<String> text(RowKey key) throws SQLException {
        return table.hasKey() ? new KeyedRows(side, table).text(key, false) : anyText(side, table, key);
    }

    static Optional<String> anyText(Connection side, TablePair table, RowKey digest) throws SQLException {
        RowText text = new RowText(table);
        String sql = "SELECT %s FROM %s AS t WHERE %s = ? LIMIT 1"
                .formatted(text.text(), RowText.table(table.name()), text.digest());
        try (PreparedStatement statement = side.prepareStatement(sql)) {
            statement.setString(1, digest.parts().getFirst());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    static long count(Connection side, TablePair table, RowKey digest, boolean lock) throws SQLException {
        String sql = "SELECT 1 FROM %s AS t WHERE %s = ?%s"
                .formatted(RowText.table(table.name()), new RowText(table).digest(), lock ? " FOR UPDATE" : "");
        try (PreparedStatement statement = side.prepareStatement(sql)) {
            statement.setString(1, digest.parts().getFirst());
            try (ResultSet row = statement.executeQuery()) {
                long count = 0;
                while (row.next()) {
                    count++;
                }
                return count;
            }
        }
    }
}
