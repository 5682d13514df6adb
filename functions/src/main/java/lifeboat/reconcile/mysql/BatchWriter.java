package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of one table in the transaction that is open: all of them at once, then one by one those that the server
/// did not take. In the end every row is what it was to become, or what it was.
final class BatchWriter {
    private final Connection live;
    private final TablePair table;
    private final boolean triggered;
    private List<SideEffect> sideEffects = List.of();

    /// @param triggered whether triggers may fire: then a statement that fails fails all, so that what triggers write
    /// besides can be told from what was rolled back
    BatchWriter(Connection live, TablePair table, boolean triggered) {
        this.live = live;
        this.table = table;
        this.triggered = triggered;
    }

    /// A row was not what was written: a trigger is at work, and nothing is kept.
    static final class Rewritten extends SQLException {
        private static final long serialVersionUID = 1L;
        private final transient Set<RowKey> rows;

        Rewritten(Set<RowKey> rows) {
            this.rows = rows;
        }

        Set<RowKey> rows() {
            return rows;
        }
    }

    /// @param held what live holds of the rows
    /// @return the rows that the server refused, each with the reason; they are what they were
    /// @throws Rewritten where a row is neither what it was to become nor what it was
    Map<RowKey, Why> write(List<RowWrite> due, Map<RowKey, RowVersion> held, NotedTransaction transaction)
            throws SQLException {
        Optional<TriggerWrites> watch =
                triggered ? Optional.of(TriggerWrites.from(live, table.name())) : Optional.empty();
        Map<RowKey, Why> refused = table.hasKey() ? keyed(due, held, transaction) : keyless(due, held, transaction);
        if (watch.isPresent()) {
            sideEffects = watch.get().besides(inserted(due), changed(due), deleted(due));
        }
        confirm(due, refused.keySet());
        return refused;
    }

    /// What triggers wrote besides.
    List<SideEffect> sideEffects() {
        return sideEffects;
    }

    private static long inserted(List<RowWrite> due) {
        return due.stream()
                .mapToLong(write -> Math.max(0, write.targetCount() - write.expectedCount()))
                .sum();
    }

    private static long deleted(List<RowWrite> due) {
        return due.stream()
                .mapToLong(write -> Math.max(0, write.expectedCount() - write.targetCount()))
                .sum();
    }

    private static long changed(List<RowWrite> due) {
        return due.stream()
                .filter(write -> write.targetCount() == write.expectedCount())
                .count();
    }

    private Map<RowKey, Why> keyed(List<RowWrite> due, Map<RowKey, RowVersion> held, NotedTransaction transaction)
            throws SQLException {
        try {
            write(due, held);
            return Map.of();
        } catch (SQLException e) {
            if (due.size() == 1 || triggered || isOfTheWhole(e)) {
                throw e;
            }
            transaction.requireOpen();
            return oneByOne(due, held);
        }
    }

    /// No other row would fare better, or the same could be tried again.
    private static boolean isOfTheWhole(SQLException e) {
        return MySqlErrors.isFatal(e) || MySqlErrors.isBusy(e);
    }

    private Map<RowKey, Why> oneByOne(List<RowWrite> due, Map<RowKey, RowVersion> held) throws SQLException {
        Set<RowKey> open = unlike(due);
        Map<RowKey, Why> refused = new LinkedHashMap<>();
        for (RowWrite write : due) {
            if (open.contains(write.key())) {
                try {
                    write(List.of(write), held);
                } catch (SQLException e) {
                    if (isOfTheWhole(e)) {
                        throw e;
                    }
                    refused.put(write.key(), MySqlErrors.why(e));
                }
            }
        }
        return refused;
    }

    private void write(List<RowWrite> due, Map<RowKey, RowVersion> held) throws SQLException {
        RowStatements rows = new RowStatements(live, table);
        rows.delete(due.stream()
                .filter(write -> write.target().isEmpty())
                .map(RowWrite::key)
                .toList());
        rows.update(due.stream()
                .filter(write -> write.target().isPresent() && write.expected().isPresent())
                .map(write -> change(write, RowVersion.of(held, write.key(), table)))
                .toList());
        rows.insert(due.stream()
                .filter(write -> write.target().isPresent() && write.expected().isEmpty())
                .map(write -> write.text().orElseThrow())
                .toList());
    }

    private RowStatements.Change change(RowWrite write, RowVersion now) {
        return new RowStatements.Change(
                write.key(),
                write.text().orElseThrow(),
                write.columns(now, table.columns().size()));
    }

    /// Equal rows that come.
    private record Added(RowKey key, String text, int count) {
        List<String> texts() {
            return Collections.nCopies(count, text);
        }
    }

    private Map<RowKey, Why> keyless(List<RowWrite> due, Map<RowKey, RowVersion> held, NotedTransaction transaction)
            throws SQLException {
        List<RowKey> gone = new ArrayList<>();
        List<Added> added = new ArrayList<>();
        for (RowWrite write : due) {
            RowVersion before = RowVersion.of(held, write.key(), table);
            long surplus = before.count() - write.targetCount();
            if (write.targetCount() == 0) {
                gone.add(write.key());
            } else if (surplus > 0) {
                delete(List.of(write.key()), " LIMIT " + surplus);
            } else if (surplus < 0) {
                String text = before.text().or(write::text).orElseThrow();
                added.add(new Added(write.key(), text, Math.toIntExact(-surplus)));
            }
        }
        if (!gone.isEmpty()) {
            delete(gone, "");
        }
        return add(added, transaction);
    }

    /// All at once, and where that fails each by itself: all of its equal rows, or none.
    private Map<RowKey, Why> add(List<Added> added, NotedTransaction transaction) throws SQLException {
        Savepoint before = live.setSavepoint("lifeboat_all");
        try {
            insert(added);
            return Map.of();
        } catch (SQLException e) {
            backTo(before, e, transaction);
        }
        Map<RowKey, Why> refused = new LinkedHashMap<>();
        for (Added one : added) {
            Savepoint row = live.setSavepoint("lifeboat_row");
            try {
                insert(List.of(one));
            } catch (SQLException e) {
                backTo(row, e, transaction);
                refused.put(one.key(), MySqlErrors.why(e));
            }
        }
        return refused;
    }

    private void insert(List<Added> added) throws SQLException {
        new RowStatements(live, table)
                .insert(added.stream().flatMap(one -> one.texts().stream()).toList());
    }

    private void backTo(Savepoint savepoint, SQLException cause, NotedTransaction transaction) throws SQLException {
        if (triggered || isOfTheWhole(cause)) {
            throw cause;
        }
        transaction.requireOpen();
        live.rollback(savepoint);
    }

    private void delete(List<RowKey> digests, String limit) throws SQLException {
        String sql = "DELETE FROM %s WHERE %s IN (%s)%s"
                .formatted(
                        RowText.table(table.name()),
                        new RowText(table).digest(""),
                        String.join(", ", Collections.nCopies(digests.size(), "?")),
                        limit);
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            for (int i = 0; i < digests.size(); i++) {
                statement.setString(i + 1, digests.get(i).parts().getFirst());
            }
            statement.executeUpdate();
        }
    }

    /// Every written row must now be what it was to become, whatever triggers did, and every other what it was.
    private void confirm(List<RowWrite> due, Set<RowKey> refused) throws SQLException {
        Set<RowKey> rewritten = unlike(
                due.stream().filter(write -> !refused.contains(write.key())).toList());
        List<RowWrite> others =
                due.stream().filter(write -> refused.contains(write.key())).toList();
        rewritten.addAll(unlike(others.stream().map(RowWrite::reversed).toList()));
        if (!rewritten.isEmpty()) {
            throw new Rewritten(rewritten);
        }
    }

    private Map<RowKey, String> digests(List<RowWrite> rows) throws SQLException {
        return new KeyedRows(live, table)
                .digests(rows.stream().map(RowWrite::key).toList());
    }

    /// Rows that are not what they were to become.
    Set<RowKey> unlike(List<RowWrite> due) throws SQLException {
        Set<RowKey> unlike = new HashSet<>();
        if (table.hasKey()) {
            Map<RowKey, String> digests = digests(due);
            due.stream()
                    .filter(write ->
                            !Optional.ofNullable(digests.get(write.key())).equals(write.target()))
                    .forEach(write -> unlike.add(write.key()));
        } else {
            Map<RowKey, Long> counts = new KeylessRows(live, table)
                    .counts(due.stream().map(RowWrite::key).toList());
            due.stream()
                    .filter(write -> counts.getOrDefault(write.key(), 0L) != write.targetCount())
                    .forEach(write -> unlike.add(write.key()));
        }
        return unlike;
    }
}
