package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One row that cannot be repaired stays alone: the rest of its batch is.
class MySqlBatchTest {
    private static final String T = "CREATE TABLE t (k VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)";
    private static final String ROWS = "INSERT INTO t SELECT CONCAT('k', seq), seq FROM seq_1_to_900";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRowThatATriggerRewritesDoesNotTakeTheOthersWithIt(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, T, ROWS);
        databases.inLive(
                "UPDATE t SET v = -v",
                "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW SET NEW.v = IF(NEW.v IN (7, 600), 0, NEW.v)");
        RepairReport report = repaired(databases);
        assertThat(report.total().written()).isEqualTo(898);
        assertThat(report.total().skipped())
                .containsExactlyInAnyOrder(
                        new Skipped(RowKey.of("k7"), Why.REWRITTEN_BY_TRIGGER),
                        new Skipped(RowKey.of("k600"), Why.REWRITTEN_BY_TRIGGER));
        assertThat(databases.liveColumn("SELECT k FROM t WHERE v < 1 ORDER BY k"))
                .containsExactly("k600", "k7");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRowThatAConstraintRefusesDoesNotTakeTheOthersWithIt(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, T, ROWS);
        databases.inLive("UPDATE t SET v = -v", "ALTER TABLE t ADD CHECK (v <> 450)");
        RepairReport report = repaired(databases);
        assertThat(report.total().written()).isEqualTo(899);
        assertThat(report.total().skipped()).containsExactly(new Skipped(RowKey.of("k450"), Why.REFUSED_BY_CONSTRAINT));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rowsWrittenSinceAreSkippedAndAKeyOfOtherCaseIsAnotherRow(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, T, ROWS);
        databases.inLive(
                "UPDATE t SET v = -v WHERE v < 20", "DELETE FROM t WHERE v > 890", "INSERT INTO t VALUES ('x', 1)");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        databases.inLive(
                "UPDATE t SET v = 5555 WHERE k IN ('k3', 'x')",
                "UPDATE t SET k = 'K4' WHERE k = 'k4'",
                "DELETE FROM t WHERE k = 'k5'",
                "INSERT INTO t VALUES ('K900', 1)");
        databases.inCopy("UPDATE t SET v = 77 WHERE k = 'k6'");
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().skipped())
                .filteredOn(row -> row.why() == Why.LIVE_CHANGED_SINCE)
                .extracting(Skipped::key)
                .containsExactlyInAnyOrder(RowKey.of("k3"), RowKey.of("x"), RowKey.of("k4"), RowKey.of("k5"));
        assertThat(report.total().skipped())
                .contains(
                        new Skipped(RowKey.of("k6"), Why.COPY_CHANGED_SINCE),
                        new Skipped(RowKey.of("k900"), Why.REFUSED_BY_CONSTRAINT))
                .hasSize(6);
        assertThat(databases.liveColumn(
                        "SELECT CONCAT(k, v) FROM t WHERE k IN ('k3', 'k4', 'k5', 'k6', 'k7', 'k900', 'x') ORDER BY k"))
                .isEqualTo(List.of("k35555", "K4-4", "k6-6", "k77", "K9001", "x5555"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rowsTooBigForOneTransactionAreWrittenInSeveral(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (k INT PRIMARY KEY, v LONGTEXT)",
                "INSERT INTO t SELECT seq, REPEAT('x', 1000000) FROM seq_1_to_14",
                "CREATE TABLE bag (v LONGTEXT)",
                "INSERT INTO bag SELECT REPEAT(seq % 9, 1000000) FROM seq_1_to_12");
        databases.inLive(
                "UPDATE t SET v = CONCAT(v, 'y') WHERE k < 11", "DELETE FROM t WHERE k > 12", "DELETE FROM bag");
        RepairReport report = repaired(databases);
        assertThat(report.total().skipped()).isEmpty();
        assertThat(databases.liveRows("t")).isEqualTo(databases.copyRows("t"));
        assertThat(databases.liveRows("bag")).isEqualTo(databases.copyRows("bag"));
    }

    /// More of them than one transaction was once allowed.
    @ParameterizedTest
    @EnumSource
    void uniqueValuesOfThousandsOfRowsThatChangedPlacesGetBackAndForth(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, u INT UNIQUE)",
                "INSERT INTO t SELECT seq, seq FROM seq_1_to_2600");
        databases.inLive("UPDATE t SET u = -u", "UPDATE t SET u = IF(-u % 2 = 0, -u - 1, -u + 1)");
        var before = databases.liveRows("t");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().written()).isEqualTo(2600);
        assertThat(databases.liveRows("t")).isEqualTo(databases.copyRows("t"));
        assertThat(databases.undone(folder, plan, Set.of()).total().written()).isEqualTo(2600);
        assertThat(databases.liveRows("t")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void ofRowsWithoutAKeyThoseThatAConstraintRefusesStayAwayWithAllTheirEquals(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine, "CREATE TABLE t (n INT, u INT UNIQUE)", "INSERT INTO t SELECT seq, seq FROM seq_1_to_900");
        databases.inLive("DELETE FROM t WHERE n > 100", "INSERT INTO t VALUES (7000, 300), (NULL, NULL), (NULL, NULL)");
        databases.inCopy("INSERT INTO t VALUES (5, NULL), (5, NULL), (5, NULL)");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        databases.inLive("UPDATE t SET n = 7001 WHERE n = 7000"); // somebody wrote it since
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().skipped()).extracting(Skipped::why).containsExactly(Why.REFUSED_BY_CONSTRAINT);
        assertThat(databases.liveColumn("SELECT COUNT(*) FROM t")).containsExactly("903");
        assertThat(databases.liveColumn("SELECT n FROM t WHERE u = 300")).containsExactly("7001");
    }

    @ParameterizedTest
    @EnumSource
    void whatTriggersWriteBesidesIsReportedAndNamedByTheUndo(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, v INT CHECK (v <> 5))",
                "INSERT INTO t SELECT seq, seq + 10 FROM seq_1_to_20",
                "CREATE TABLE quiet (id INT PRIMARY KEY, v INT)",
                "INSERT INTO quiet VALUES (1, 1)",
                "CREATE TABLE notes (id INT, n INT)",
                "INSERT INTO notes SELECT seq, seq FROM seq_1_to_20");
        databases.inLive(
                "UPDATE t SET v = -v WHERE id < 6",
                "DELETE FROM t WHERE id = 20",
                "UPDATE quiet SET v = 2",
                "CREATE TRIGGER changed AFTER UPDATE ON t FOR EACH ROW DELETE FROM notes WHERE id = NEW.id",
                "CREATE TRIGGER came AFTER INSERT ON t FOR EACH ROW UPDATE notes SET n = 0 WHERE id < 11 AND id > 8",
                "CREATE TRIGGER refused BEFORE UPDATE ON t FOR EACH ROW SET NEW.v = IF(OLD.id = 3, 5, NEW.v)");
        Set<TableName> only = Set.of(TableName.of("t"), TableName.of("quiet"));
        RepairPlan plan = databases.plan(folder, KeyCuts.Most.A_PIECE, Rules.plain(Databases.NOW), only);
        RepairReport report = databases.repaired(folder, plan, only);
        assertThat(report.total().written()).isEqualTo(6);
        assertThat(report.total().sideEffects())
                .extracting(SideEffect::text)
                .containsExactly("by triggers of t: 2 rows changed, 4 rows deleted");
        RepairReport undone = databases.undone(folder, plan, only);
        assertThat(undone.settled())
                .anyMatch(line -> line.contains("by triggers of t: 2 rows changed, 4 rows deleted"));
    }

    private RepairReport repaired(Databases databases) throws Exception {
        return databases.repaired(folder, databases.plan(folder, Databases.NOW), Set.of());
    }
}
