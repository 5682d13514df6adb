package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An undo log that only remembers rows: those that were kept, those that were written, those of which nobody knows.
public final class UndoRowsInMemory implements UndoLog {
    private final List<Entry> entries = new ArrayList<>();

    /// Every row that was kept.
    public List<UndoRow> kept() {
        return entries.stream()
                .flatMap(entry -> entry.kept.stream())
                .map(Kept::row)
                .toList();
    }

    /// Rows that are known to have been written.
    public List<UndoRow> written() {
        return entries.stream().flatMap(entry -> entry.written.stream()).toList();
    }

    /// Rows that may have been written.
    public List<UndoRow> unknown() {
        return entries.stream()
                .flatMap(entry -> (entry.ended ? entry.unknown : entry.rows()).stream())
                .toList();
    }

    @Override
    public UndoEntry begin(Optional<TransactionName> transaction) {
        Entry entry = new Entry();
        entries.add(entry);
        return entry;
    }

    private record Kept(TableName table, UndoRow row) {}

    private static final class Entry implements UndoEntry {
        private final List<Kept> kept = new ArrayList<>();
        private final List<UndoRow> written = new ArrayList<>();
        private final List<UndoRow> unknown = new ArrayList<>();
        private boolean ended;

        List<UndoRow> rows() {
            return kept.stream().map(Kept::row).toList();
        }

        @Override
        public void keep(TableName table, DifferenceClass kind, List<UndoRow> rows) {
            rows.forEach(row -> kept.add(new Kept(table, row)));
        }

        @Override
        public void narrowed(TableName table, Set<RowKey> remaining) {
            kept.removeIf(row ->
                    row.table().equals(table) && !remaining.contains(row.row().key()));
        }

        @Override
        public void committed() {
            ended = true;
            written.addAll(rows());
        }

        @Override
        public void rolledBack() {
            ended = true;
        }

        @Override
        public void answered(TableName table, Set<RowKey> some, Set<RowKey> lost) {
            ended = true;
            rows().stream().filter(row -> some.contains(row.key())).forEach(written::add);
            rows().stream().filter(row -> lost.contains(row.key())).forEach(unknown::add);
        }
    }
}
