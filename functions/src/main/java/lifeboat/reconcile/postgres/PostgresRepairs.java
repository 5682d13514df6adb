package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.PlannedStores;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;
import lifeboat.reconcile.sql.Triggers;

/// The writing side of a PostgreSQL database. Writes by `READ COMMITTED` transactions that lock the rows they judge.
public final class PostgresRepairs implements Repairs {
    private static final int ROWS = 2_000;

    /// The text of rows in one transaction; a batch with more is written in several.
    private static final long BYTES = 16 << 20;

    /// The rows, and their text, that one statement may hold; more than that waits for each other in vain.
    private static final int TOGETHER_ROWS = 50_000;

    private static final long TOGETHER_BYTES = 32 << 20;

    private final Connection copy;
    private final Connection live;
    private final Schema schema;
    private final Triggers triggers;
    private final Transactions transactions;
    private boolean togetherTried;

    private PostgresRepairs(Connection copy, Connection live, Schema schema, Triggers triggers) {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
        this.triggers = triggers;
        this.transactions =
                new Transactions(live, triggers, tables -> tables.stream().anyMatch(this::firesTriggers));
    }

    /// Connects to both databases.
    ///
    /// @param only the tables that the comparison looked at; empty: all
    public static PostgresRepairs open(Endpoint copyAt, Endpoint liveAt, Set<TableName> only, Triggers triggers) {
        try {
            return over(copyAt.connect(), liveAt.connect(), only, triggers);
        } catch (SQLException e) {
            throw new StoreFailed("connecting to %s and %s".formatted(copyAt, liveAt), e);
        }
    }

    static PostgresRepairs over(Connection copy, Connection live, Set<TableName> only, Triggers triggers)
            throws SQLException {
        Writing.prepare(copy, true);
        Writing.prepare(live, false);
        return new PostgresRepairs(copy, live, Schema.read(copy, live, only), triggers);
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        try {
            Optional<Refusal> other = PlannedStores.other("copy", plan.header().copy(), Side.identity(copy))
                    .or(() -> PlannedStores.changed(plan, schema.digest()));
            if (other.isPresent()) {
                return other;
            }
            Optional<Refusal> otherLive =
                    PlannedStores.other("live", plan.header().live(), Side.identity(live));
            return otherLive.isPresent()
                    ? otherLive
                    : new Preflight(live, schema, triggers, SequenceState.all(copy)).refuses(plan);
        } catch (SQLException e) {
            throw new StoreFailed("looking at live before the repair", e);
        }
    }

    @Override
    public Optional<String> take(String who) {
        return new Mutex(live).take(who);
    }

    @Override
    public int batchRows() {
        return ROWS;
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        TablePair pair = pair(table);
        Note note = new Note(table, kind, Optional.of(undo));
        try {
            if (!pair.hasKey()) {
                return keyless(pair, rows, note);
            }
            return kind == DifferenceClass.UNEXPECTED_IN_LIVE
                    ? run(
                            pair,
                            rows.stream()
                                    .map(row -> Change.of(row, Optional.empty()))
                                    .toList(),
                            note)
                    : fromCopy(pair, rows, note);
        } catch (SQLException e) {
            throw new StoreFailed("reading %s in the copy".formatted(table), e);
        }
    }

    /// Streams the rows that the copy holds, each checked to be what the plan saw, in transactions of bounded size.
    private BatchOutcome fromCopy(TablePair pair, List<PlannedRow> rows, Note note) throws SQLException {
        boolean[] seen = new boolean[rows.size()];
        List<Change> changes = new ArrayList<>();
        BatchOutcome[] outcome = {BatchOutcome.NOTHING};
        long[] bytes = {0};
        new Rows(copy, pair).read(rows.stream().map(PlannedRow::key).toList(), (at, text) -> {
            if (!rows.get(at).copy().equals(Optional.of(RowHash.digestOf(text)))) {
                return;
            }
            seen[at] = true;
            changes.add(Change.of(rows.get(at), Optional.of(text)));
            bytes[0] += text.length();
            if (bytes[0] > BYTES) {
                outcome[0] = outcome[0].plus(run(pair, List.copyOf(changes), note));
                changes.clear();
                bytes[0] = 0;
            }
        });
        outcome[0] = outcome[0].plus(run(pair, List.copyOf(changes), note));
        return outcome[0].plus(Change.gone(rows, seen));
    }

    private BatchOutcome keyless(TablePair pair, List<PlannedRow> rows, Note note) throws SQLException {
        var inCopy = KeylessBatch.held(
                copy,
                pair,
                rows.stream().map(row -> row.key().parts().getFirst()).toList());
        boolean[] seen = new boolean[rows.size()];
        List<Change> changes = new ArrayList<>();
        for (int at = 0; at < seen.length; at++) {
            PlannedRow row = rows.get(at);
            var held = inCopy.getOrDefault(row.key().parts().getFirst(), KeylessBatch.Held.NOTHING);
            seen[at] = held.places().size() == row.copyCount();
            if (seen[at]) {
                changes.add(Change.of(row, held.text()));
            }
        }
        return run(pair, changes, note).plus(Change.gone(rows, seen));
    }

    @Override
    public Fate fate(TransactionName transaction) {
        return new TransactionNames(live).fate(transaction);
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        Note nothing = new Note(table, DifferenceClass.CHANGED, Optional.empty());
        return run(pair(table), rows.stream().map(Change::back).toList(), nothing);
    }

    private BatchOutcome run(TablePair pair, List<Change> changes, Note note) {
        if (!pair.hasKey()) {
            return transactions.run(
                    changes, note, () -> new KeylessBatch(live, pair, schema.foreignKeys()), Transactions::notAtOnce);
        }
        return transactions.run(changes, note, () -> batch(pair), all -> atOnce(pair, all, note));
    }

    /// Until all that waits was tried together, a batch whose values are taken waits as a whole: taking it apart is
    /// slow and in vain where the rows that stand in its way are in other batches.
    private Optional<BatchOutcome> atOnce(TablePair pair, List<Change> changes, Note note) {
        Optional<BatchOutcome> outcome = oneStatement()
                .run(Map.of(pair, changes), table -> note)
                .map(outcomes -> outcomes.getOrDefault(pair.name(), BatchOutcome.NOTHING));
        return outcome.isPresent() || togetherTried
                ? outcome
                : Optional.of(Transactions.skipAll(changes, Why.REFUSED_BY_CONSTRAINT));
    }

    private KeyedBatch batch(TablePair pair) {
        return new KeyedBatch(live, pair, schema.foreignKeys(), firesTriggers(pair.name()));
    }

    private Together oneStatement() {
        return new Together(live, schema.foreignKeys(), this::batch, table -> !firesTriggers(table), transactions);
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> together(Map<TableName, List<PlannedRow>> rows, UndoLog undo) {
        Map<TablePair, List<Change>> changes = new LinkedHashMap<>();
        Map<TableName, BatchOutcome> gone = new HashMap<>();
        try {
            for (Map.Entry<TableName, List<PlannedRow>> entry : rows.entrySet()) {
                TablePair pair = pair(entry.getKey());
                if (pair.hasKey() && entry.getValue().size() <= TOGETHER_ROWS) {
                    boolean[] seen = new boolean[entry.getValue().size()];
                    changes.put(pair, changes(pair, entry.getValue(), seen));
                    gone.put(pair.name(), Change.gone(entry.getValue(), seen));
                }
            }
        } catch (SQLException e) {
            throw new StoreFailed("reading the copy", e);
        }
        return together(changes, table -> new Note(table, DifferenceClass.CHANGED, Optional.of(undo)))
                .map(outcomes -> {
                    outcomes.replaceAll(
                            (table, outcome) -> outcome.plus(gone.getOrDefault(table, BatchOutcome.NOTHING)));
                    return outcomes;
                });
    }

    /// Only those whose row in the copy still is what the plan saw.
    private List<Change> changes(TablePair pair, List<PlannedRow> rows, boolean[] seen) throws SQLException {
        List<Change> changes = new ArrayList<>();
        for (int at = 0; at < seen.length; at++) {
            if (rows.get(at).copy().isEmpty()) {
                seen[at] = true;
                changes.add(Change.of(rows.get(at), Optional.empty()));
            }
        }
        new Rows(copy, pair).read(rows.stream().map(PlannedRow::key).toList(), (at, text) -> {
            if (rows.get(at).copy().equals(Optional.of(RowHash.digestOf(text)))) {
                seen[at] = true;
                changes.add(Change.of(rows.get(at), Optional.of(text)));
            }
        });
        return changes;
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> undoTogether(Map<TableName, List<UndoRow>> rows) {
        Map<TablePair, List<Change>> changes = new LinkedHashMap<>();
        rows.forEach((table, some) -> {
            if (pair(table).hasKey()) {
                changes.put(pair(table), some.stream().map(Change::back).toList());
            }
        });
        return together(changes, table -> new Note(table, DifferenceClass.CHANGED, Optional.empty()));
    }

    private Optional<Map<TableName, BatchOutcome>> together(
            Map<TablePair, List<Change>> changes, Function<TableName, Note> notes) {
        togetherTried = true;
        changes.values().removeIf(List::isEmpty);
        long size = changes.values().stream()
                .flatMap(List::stream)
                .mapToLong(Change::size)
                .sum();
        return changes.isEmpty() || size > TOGETHER_BYTES
                ? Optional.empty()
                : oneStatement().run(changes, notes);
    }

    private boolean firesTriggers(TableName table) {
        return triggers != Triggers.OFF
                && schema.liveTables().stream()
                        .anyMatch(live ->
                                live.name().equals(table) && !live.triggers().isEmpty());
    }

    @Override
    public List<String> settle(RepairPlan plan) {
        try {
            return new Sequences(live).advance(Preflight.filled(plan), SequenceState.all(copy));
        } catch (SQLException e) {
            throw new StoreFailed("reading the sequences of the copy", e);
        }
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        TablePair pair = pair(table);
        try {
            List<RowKey> keys = rows.stream().map(PlannedRow::key).toList();
            List<PlannedRow> differing = new ArrayList<>();
            if (!pair.hasKey()) {
                var held = KeylessBatch.held(
                        live,
                        pair,
                        keys.stream().map(key -> key.parts().getFirst()).toList());
                rows.stream()
                        .filter(row -> held.getOrDefault(row.key().parts().getFirst(), KeylessBatch.Held.NOTHING)
                                        .places()
                                        .size()
                                != row.copyCount())
                        .forEach(differing::add);
                return differing;
            }
            List<Optional<String>> digests = new Rows(live, pair).digests(keys);
            for (int at = 0; at < rows.size(); at++) {
                if (!digests.get(at).equals(rows.get(at).copy())) {
                    differing.add(rows.get(at));
                }
            }
            return differing;
        } catch (SQLException e) {
            throw new StoreFailed("verifying %s in live".formatted(table), e);
        }
    }

    private TablePair pair(TableName table) {
        return schema.pairing().pairs().stream()
                .filter(pair -> pair.name().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no table " + table + " on both sides"));
    }

    @Override
    public void close() {
        Side.close(live);
        Side.close(copy);
    }
}
