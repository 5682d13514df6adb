package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of several tables in one transaction that breaks constraints on the way and keeps them in the end:
/// what is there is taken out, what is wanted put in, with the server's own checks of foreign keys, and so its
/// cascades, off; then they are made here. Rows that break one are left out, and the rest is done anew.
final class AtOnce {
    private static final int ROUNDS = 20;
    private final Connection live;
    private final List<ForeignKey> keys;
    private final TransactionMarks marks;

    AtOnce(Connection live, List<ForeignKey> keys, TransactionMarks marks) {
        this.live = live;
        this.keys = keys;
        this.marks = marks;
    }

    /// Rows of one table, which has a key and no triggers.
    record Part(TablePair table, DifferenceClass kind, List<RowWrite> writes) {
        Part {
            writes = List.copyOf(writes);
        }
    }

    /// A row that is written, with what live held.
    private record Due(TablePair table, RowWrite write, RowVersion held) {
        Row row() {
            return new Row(table.name(), write.key());
        }
    }

    private record Row(TableName table, RowKey key) {}

    /// What becomes of one part.
    private record Judged(Part part, List<Due> due, long alreadyDone, List<Skipped> skipped) {
        BatchOutcome outcome() {
            return new BatchOutcome(due.size(), alreadyDone, skipped);
        }
    }

    /// @param log where rows are noted before they are kept; empty: they are being taken back
    /// @return an outcome for each part
    /// @throws KeyedRows.TooMuch where what live holds does not fit memory; nothing was written
    List<BatchOutcome> run(List<Part> parts, Optional<UndoLog> log) throws KeyedRows.TooMuch {
        Set<Row> refused = new HashSet<>();
        for (int round = 0; ; round++) {
            if (round == ROUNDS) {
                parts.forEach(part -> part.writes()
                        .forEach(write -> refused.add(new Row(part.table().name(), write.key()))));
            }
            try {
                Optional<List<BatchOutcome>> outcomes = round(parts, log, refused);
                if (outcomes.isPresent()) {
                    return outcomes.get();
                }
            } catch (KeyedRows.TooMuch e) {
                throw e;
            } catch (SQLException e) {
                if (round >= ROUNDS || !MySqlErrors.isBusy(e)) {
                    throw new StoreFailed("repairing rows that depend on each other", e);
                }
            }
        }
    }

    /// One attempt; empty: more rows turned out to be refused, and nothing was kept.
    private Optional<List<BatchOutcome>> round(List<Part> parts, Optional<UndoLog> log, Set<Row> refused)
            throws SQLException {
        begin();
        try (NotedTransaction transaction = new NotedTransaction(live, marks, log)) {
            Set<Row> taken = new HashSet<>(refused);
            List<Judged> judged = new ArrayList<>();
            for (Part part : parts) {
                judged.add(judge(part, refused, taken));
            }
            Set<Row> broken =
                    broken(judged.stream().flatMap(one -> one.due().stream()).toList());
            if (!broken.isEmpty()) {
                refused.addAll(broken);
                return Optional.empty();
            }
            for (Judged one : judged) {
                keep(transaction, one);
            }
            transaction.commit();
            return Optional.of(judged.stream().map(Judged::outcome).toList());
        } finally {
            checkAgain();
        }
    }

    /// Writes, and answers the rows that constraints do not allow.
    private Set<Row> broken(List<Due> due) throws SQLException {
        Set<Row> broken = write(due);
        new ForeignKeyCheck(live, keys)
                .broken(due.stream()
                        .map(one -> new ForeignKeyCheck.Written(
                                one.table(), one.write(), one.held().text()))
                        .toList())
                .forEach(one ->
                        broken.add(new Row(one.table().name(), one.write().key())));
        return broken;
    }

    private void begin() throws SQLException {
        live.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        live.setAutoCommit(false);
        check(false);
    }

    private void check(boolean on) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute("SET foreign_key_checks = " + (on ? 1 : 0));
        }
    }

    /// Where that fails the connection is gone: the first failure tells it.
    private void checkAgain() {
        try {
            check(true);
        } catch (SQLException gone) {
            System.getLogger(AtOnce.class.getName()).log(System.Logger.Level.DEBUG, "no checks of foreign keys", gone);
        }
    }

    /// Whole rows are written, so that each value must arrive.
    private Judged judge(Part part, Set<Row> refused, Set<Row> taken) throws SQLException {
        Set<Integer> all =
                IntStream.range(0, part.table().columns().size()).boxed().collect(Collectors.toSet());
        long most = LongValues.most(live);
        MySqlBatch rows = new MySqlBatch(live, part.table(), keys, MySqlBatch.Seen.NONE, marks);
        List<Due> due = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        long alreadyDone = 0;
        Map<RowKey, RowVersion> there = rows.held(part.writes());
        for (RowWrite write : part.writes()) {
            RowVersion held = RowVersion.of(there, write.key(), part.table());
            Row row = new Row(part.table().name(), write.key());
            if (held.is(write.target(), write.targetCount())) {
                alreadyDone++;
            } else if (!held.is(write.expected(), write.expectedCount())) {
                skipped.add(new Skipped(write.key(), Why.LIVE_CHANGED_SINCE));
            } else if (refused.contains(row)) {
                skipped.add(new Skipped(write.key(), Why.REFUSED_BY_CONSTRAINT));
            } else {
                Optional<Why> obstacle = write.obstacle(held, all, most);
                if (obstacle.isPresent()) {
                    skipped.add(new Skipped(write.key(), obstacle.get()));
                } else if (taken.add(row)) {
                    due.add(new Due(part.table(), write, held));
                }
            }
        }
        return new Judged(part, due, alreadyDone, skipped);
    }

    /// Takes out, puts in, and looks again; answers the rows that live did not take.
    private Set<Row> write(List<Due> due) throws SQLException {
        Set<Row> broken = new HashSet<>();
        Map<TablePair, List<Due>> byTable =
                due.stream().collect(Collectors.groupingBy(Due::table, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<TablePair, List<Due>> some : byTable.entrySet()) {
            new RowStatements(live, some.getKey())
                    .delete(some.getValue().stream()
                            .filter(one -> one.write().expected().isPresent())
                            .map(one -> one.write().key())
                            .toList());
        }
        for (Map.Entry<TablePair, List<Due>> some : byTable.entrySet()) {
            broken.addAll(putIn(
                    some.getKey(),
                    some.getValue().stream()
                            .filter(one -> one.write().target().isPresent())
                            .toList()));
        }
        for (Map.Entry<TablePair, List<Due>> some : byTable.entrySet()) {
            TablePair table = some.getKey();
            new MySqlBatch(live, table, keys, MySqlBatch.Seen.NONE, marks)
                    .unlike(some.getValue().stream().map(Due::write).toList())
                    .forEach(key -> broken.add(new Row(table.name(), key)));
        }
        return broken;
    }

    /// All at once, then one by one those that live did not take; answers what it refuses.
    private Set<Row> putIn(TablePair table, List<Due> wanted) throws SQLException {
        Set<Row> broken = new HashSet<>();
        try {
            new RowStatements(live, table)
                    .insert(wanted.stream()
                            .map(one -> one.write().text().orElseThrow())
                            .toList());
        } catch (SQLException e) {
            if (MySqlErrors.isFatal(e) || MySqlErrors.isBusy(e)) {
                throw e;
            }
            Set<RowKey> open = new BatchWriter(live, table, false)
                    .unlike(wanted.stream().map(Due::write).toList());
            for (Due one : wanted) {
                if (open.contains(one.write().key()) && !isTaken(one)) {
                    broken.add(one.row());
                }
            }
        }
        return broken;
    }

    private boolean isTaken(Due one) throws SQLException {
        try {
            new RowStatements(live, one.table())
                    .insert(List.of(one.write().text().orElseThrow()));
            return true;
        } catch (SQLException e) {
            if (MySqlErrors.isFatal(e) || MySqlErrors.isBusy(e)) {
                throw e;
            }
            return false;
        }
    }

    private void keep(NotedTransaction transaction, Judged judged) throws SQLException {
        if (!judged.due().isEmpty()) {
            MySqlBatch rows = new MySqlBatch(live, judged.part().table(), keys, MySqlBatch.Seen.NONE, marks);
            List<UndoRow> undo = judged.due().stream()
                    .map(one -> rows.undoRow(one.write(), one.held()))
                    .toList();
            transaction.keep(judged.part().table().name(), judged.part().kind(), undo);
        }
    }
}
