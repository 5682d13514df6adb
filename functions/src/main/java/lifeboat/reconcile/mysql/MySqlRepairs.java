package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.Chunk;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;
import lifeboat.reconcile.sql.Triggers;

/// The writing side of a MySQL or MariaDB database. Each row is locked before it is judged and written.
public final class MySqlRepairs implements Repairs {
    /// Rows that wait for each other and fit one transaction.
    private static final int MOST_AT_ONCE = 20_000;

    private static final int UNKNOWN_VARIABLE = 1193;

    private static final int ROWS = 1_000;
    private static final int ROWS_OF_A_SCAN = 20_000;
    private final Connection copy;
    private final Connection live;
    private final MySqlSchema schema;
    private final Triggers triggers;
    private final TransactionMarks marks;
    private final boolean blind;

    private MySqlRepairs(Connection copy, Connection live, MySqlSchema schema, Triggers triggers) throws SQLException {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
        this.triggers = triggers;
        this.marks = new TransactionMarks(live);
        this.blind = !Grants.read(live).have("TRIGGER");
    }

    /// Connects to both databases.
    ///
    /// @param only the tables that the comparison looked at; empty: all
    public static MySqlRepairs open(
            MySqlEndpoint copyAt, MySqlEndpoint liveAt, Set<TableName> only, Triggers triggers) {
        try {
            return over(copyAt.connect(), liveAt.connect(), only, triggers);
        } catch (SQLException e) {
            throw new StoreFailed("connecting to %s and %s".formatted(copyAt, liveAt), e);
        }
    }

    static MySqlRepairs over(Connection copy, Connection live, Set<TableName> only, Triggers triggers)
            throws SQLException {
        copy.setReadOnly(true);
        keepLists(copy);
        keepLists(live);
        return new MySqlRepairs(copy, live, MySqlSchema.read(copy, live, only), triggers);
    }

    /// MariaDB would turn a list of a thousand digests into a join, which is slow; MySQL knows no such setting.
    private static void keepLists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET in_predicate_conversion_threshold = 0");
        } catch (SQLException e) {
            if (e.getErrorCode() != UNKNOWN_VARIABLE) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        try {
            return new MySqlPreflight(copy, live, schema, triggers, marks).refuses(plan);
        } catch (SQLException e) {
            throw new StoreFailed("looking at live before the repair", e);
        }
    }

    /// Waits a moment: whoever held it may have closed its connection just now, and the server has yet to notice.
    @Override
    public Optional<String> take(String who) {
        try (PreparedStatement statement = live.prepareStatement(
                "SELECT GET_LOCK(LEFT(CONCAT('lifeboat ', DATABASE()), 64), 2), IS_USED_LOCK(LEFT(CONCAT('lifeboat ', DATABASE()), 64))")) {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1 ? Optional.empty() : Optional.of(holder(row.getLong(2)));
            }
        } catch (SQLException e) {
            throw new StoreFailed("asking for the right to repair live", e);
        }
    }

    private String holder(long connection) throws SQLException {
        String who = MySqlEndpoint.one(
                live,
                "SELECT COALESCE(MAX(CONCAT(user, '@', host)), 'another user')"
                        + " FROM information_schema.processlist WHERE id = " + connection);
        return "%s, connection %d".formatted(who, connection);
    }

    @Override
    public int batchRows() {
        return ROWS;
    }

    /// Rows without a key are found by a scan of the whole table: the fewer scans the better.
    @Override
    public int batchRows(TableName table) {
        return schema.pair(table).hasKey() ? ROWS : ROWS_OF_A_SCAN;
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        TablePair pair = schema.pair(table);
        MySqlBatch batch = batch(pair);
        try {
            openMarks();
            return new CopySource(copy, pair).repair(batch, rows, new MySqlBatch.Note(table, kind, Optional.of(undo)));
        } catch (SQLException e) {
            throw new StoreFailed("reading %s in the copy".formatted(table), e);
        }
    }

    @Override
    public Fate fate(TransactionName transaction) {
        try {
            return marks.fate(transaction);
        } catch (SQLException e) {
            throw new StoreFailed("asking how transaction %s ended".formatted(transaction), e);
        }
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        var note = new MySqlBatch.Note(table, DifferenceClass.CHANGED, Optional.empty());
        openMarks();
        return batch(schema.pair(table)).run(rows.stream().map(RowWrite::back).toList(), note);
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> together(Map<TableName, List<PlannedRow>> all, UndoLog undo) {
        Map<TableName, List<PlannedRow>> rows = allowedAtOnce(all);
        if (!fitsOneTransaction(rows)) {
            return Optional.empty();
        }
        try {
            openMarks();
            List<AtOnce.Part> parts = new ArrayList<>();
            Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
            for (Map.Entry<TableName, List<PlannedRow>> entry : rows.entrySet()) {
                TablePair pair = schema.pair(entry.getKey());
                List<Skipped> gone = new ArrayList<>();
                List<RowWrite> writes = new CopySource(copy, pair).writes(entry.getValue(), gone);
                parts.add(new AtOnce.Part(pair, DifferenceClass.CHANGED, writes));
                outcomes.put(entry.getKey(), new BatchOutcome(0, 0, gone));
            }
            return Optional.of(written(parts, Optional.of(undo), outcomes));
        } catch (KeyedRows.TooMuch e) {
            return Optional.empty();
        } catch (SQLException e) {
            throw new StoreFailed("reading the copy", e);
        }
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> undoTogether(Map<TableName, List<UndoRow>> all) {
        Map<TableName, List<UndoRow>> rows = allowedAtOnce(all);
        if (!fitsOneTransaction(rows)) {
            return Optional.empty();
        }
        openMarks();
        List<AtOnce.Part> parts = rows.entrySet().stream()
                .map(entry -> new AtOnce.Part(
                        schema.pair(entry.getKey()),
                        DifferenceClass.CHANGED,
                        entry.getValue().stream().map(RowWrite::back).toList()))
                .toList();
        try {
            return Optional.of(written(parts, Optional.empty(), new LinkedHashMap<>()));
        } catch (KeyedRows.TooMuch e) {
            return Optional.empty();
        }
    }

    private Map<TableName, BatchOutcome> written(
            List<AtOnce.Part> parts, Optional<UndoLog> undo, Map<TableName, BatchOutcome> outcomes)
            throws KeyedRows.TooMuch {
        List<BatchOutcome> all = new AtOnce(live, schema.foreignKeys(), marks).run(parts, undo);
        for (int i = 0; i < all.size(); i++) {
            outcomes.merge(parts.get(i).table().name(), all.get(i), BatchOutcome::plus);
        }
        return outcomes;
    }

    private static boolean fitsOneTransaction(Map<TableName, ? extends List<?>> rows) {
        return !rows.isEmpty() && rows.values().stream().mapToInt(List::size).sum() <= MOST_AT_ONCE;
    }

    private <T> Map<TableName, List<T>> allowedAtOnce(Map<TableName, List<T>> all) {
        Map<TableName, List<T>> rows = new LinkedHashMap<>(all);
        rows.keySet().removeIf(table -> !allowsAtOnce(schema.pair(table)));
        return rows;
    }

    /// Taking a row out and putting another in is no change where triggers look on.
    private boolean allowsAtOnce(TablePair pair) {
        return pair.hasKey() && triggersOf(pair) == MySqlBatch.Seen.NONE;
    }

    private MySqlBatch.Seen triggersOf(TablePair pair) {
        boolean some = schema.liveTables().stream()
                .anyMatch(table ->
                        table.name().equals(pair.name()) && !table.triggers().isEmpty());
        if (some) {
            return MySqlBatch.Seen.SOME;
        }
        return blind ? MySqlBatch.Seen.UNKNOWN : MySqlBatch.Seen.NONE;
    }

    private void openMarks() {
        try {
            marks.open();
        } catch (SQLException e) {
            throw new StoreFailed("noting the run in live", e);
        }
    }

    private MySqlBatch batch(TablePair pair) {
        return new MySqlBatch(live, pair, schema.foreignKeys(), triggersOf(pair), marks);
    }

    /// InnoDB moves AUTO_INCREMENT forward by itself when a row with a higher value is inserted.
    @Override
    public List<String> settle(RepairPlan plan) {
        return plan.chunks().stream().map(Chunk::table).distinct().count() == 0
                ? List.of()
                : List.of("AUTO_INCREMENT follows the rows that were inserted");
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        TablePair pair = schema.pair(table);
        try {
            return new CopySource(live, pair).differing(rows);
        } catch (SQLException e) {
            throw new StoreFailed("verifying %s in live".formatted(table), e);
        }
    }

    @Override
    public void close() {
        try {
            live.close();
            copy.close();
        } catch (SQLException e) {
            throw new StoreFailed("closing a connection", e);
        }
    }
}
