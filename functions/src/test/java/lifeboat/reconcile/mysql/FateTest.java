package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoEntry;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a transaction ended is known from live itself, whenever the process that made it died.
class FateTest {
    private static final TableName T = TableName.of("t");

    @TempDir
    Path folder;

    /// A log that notes in memory what it is told, and does something when rows were kept.
    private static final class Log implements UndoLog, UndoEntry {
        private final List<String> told = new ArrayList<>();
        private final Runnable whenKept;
        private Optional<TransactionName> transaction = Optional.empty();

        Log(Runnable whenKept) {
            this.whenKept = whenKept;
        }

        @Override
        public UndoEntry begin(Optional<TransactionName> named) {
            transaction = named;
            return this;
        }

        @Override
        public void keep(TableName table, DifferenceClass kind, List<UndoRow> rows) {
            told.add("kept " + rows.size());
            whenKept.run();
        }

        @Override
        public void narrowed(TableName table, Set<RowKey> remaining) {
            told.add("narrowed to " + remaining.size());
        }

        @Override
        public void committed() {
            told.add("committed");
        }

        @Override
        public void rolledBack() {
            told.add("rolled back");
        }

        @Override
        public void answered(TableName table, Set<RowKey> written, Set<RowKey> unknown) {
            told.add("answered");
        }

        TransactionName name() {
            return transaction.orElseThrow();
        }
    }

    private static Databases damaged(Engine engine) throws SQLException {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v < 9))",
                "INSERT INTO t VALUES (1, 1), (2, 2)");
        databases.inLive("UPDATE t SET v = -v");
        return databases;
    }

    private static MySqlRepairs open(Databases databases) {
        return MySqlRepairs.open(databases.copyEndpoint(), databases.liveEndpoint(), Set.of(), Triggers.FIRE);
    }

    private List<PlannedRow> rows(Databases databases) {
        List<PlannedRow> rows = new ArrayList<>();
        try (var comparison = databases.compare(KeyCuts.Most.A_PIECE)) {
            comparison
                    .segments()
                    .forEach(segment -> comparison.compare(segment, difference -> rows.add(PlannedRow.of(difference))));
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedIsKnownToBe(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Log log = new Log(() -> {});
        try (MySqlRepairs store = open(databases)) {
            store.repair(T, DifferenceClass.CHANGED, rows(databases), log);
        }
        assertThat(log.told).containsExactly("kept 2", "committed");
        assertThat(fate(databases, log.name())).isEqualTo(Fate.COMMITTED);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionWhoseConnectionDiedIsKnownToBeRolledBack(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Connection live = databases.liveEndpoint().connect();
        String id = MySqlEndpoint.one(live, "SELECT CONNECTION_ID()");
        Log log = new Log(() -> kill(engine, id));
        List<PlannedRow> rows = rows(databases);
        MySqlRepairs store = MySqlRepairs.over(databases.copyEndpoint().connect(), live, Set.of(), Triggers.FIRE);
        assertThatThrownBy(() -> store.repair(T, DifferenceClass.CHANGED, rows, log))
                .isInstanceOf(StoreFailed.class);
        assertThat(log.told).containsExactly("kept 2");
        assertThat(fate(databases, log.name())).isEqualTo(Fate.ROLLED_BACK);
    }

    private static void kill(Engine engine, String connection) {
        try {
            engine.run("test", "KILL " + connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofABatchOnlyTheRowsThatTheServerTookCount(Engine engine) throws Exception {
        Log log = repairedUnder(engine, "v <> 2", 1);
        assertThat(log.told).containsExactly("kept 2", "narrowed to 1", "committed");
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfWhichTheServerTookNothingIsRolledBack(Engine engine) throws Exception {
        Log log = repairedUnder(engine, "v < 0", 0);
        assertThat(log.told).containsExactly("kept 2", "narrowed to 0", "rolled back");
    }

    private Log repairedUnder(Engine engine, String check, long written) throws Exception {
        Databases databases = damaged(engine);
        databases.inLive("ALTER TABLE t ADD CHECK (%s)".formatted(check));
        List<PlannedRow> rows = rows(databases);
        Log log = new Log(() -> {});
        try (MySqlRepairs store = open(databases)) {
            BatchOutcome outcome = store.repair(T, DifferenceClass.CHANGED, rows, log);
            assertThat(outcome.written()).isEqualTo(written);
        }
        assertThat(fate(databases, log.name())).isEqualTo(written > 0 ? Fate.COMMITTED : Fate.ROLLED_BACK);
        return log;
    }

    @ParameterizedTest
    @EnumSource
    void whereTheMarksAreGoneNothingIsKnown(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Log log = new Log(() -> {});
        try (MySqlRepairs store = open(databases)) {
            store.repair(T, DifferenceClass.CHANGED, rows(databases), log);
        }
        engine.run("test", "DELETE FROM lifeboat.repair_transactions");
        assertThat(fate(databases, log.name())).isEqualTo(Fate.UNKNOWN);
        engine.run("test", "DROP DATABASE lifeboat");
        assertThat(fate(databases, log.name())).isEqualTo(Fate.UNKNOWN);
    }

    private static Fate fate(Databases databases, TransactionName name) {
        try (MySqlRepairs store = open(databases)) {
            return store.fate(name);
        }
    }
}
