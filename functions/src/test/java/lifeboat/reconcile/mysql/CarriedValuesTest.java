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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a repair writes is what it read, and what it does not have to write it leaves alone.
class CarriedValuesTest {
    private static final String LARGE = "CREATE TABLE t (id INT PRIMARY KEY, w INT, v LONGTEXT, b LONGBLOB)";

    @TempDir
    Path folder;

    /// The packets of the servers as they were.
    @AfterEach
    void packets() throws Exception {
        for (Engine engine : Engine.values()) {
            engine.run("test", "SET GLOBAL max_allowed_packet = 16777216");
        }
    }

    private static void packets(Engine engine, long bytes) throws Exception {
        engine.run("test", "SET GLOBAL max_allowed_packet = " + bytes);
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfMoreThanHalfAPacketStaysWhereAnotherColumnIsRepaired(Engine engine) throws Exception {
        packets(engine, 16 << 20);
        Databases databases = Databases.on(
                engine, LARGE, "INSERT INTO t VALUES (1, 1, REPEAT('v', 8600000), NULL), (2, 2, 'small', 'b')");
        databases.inLive("UPDATE t SET w = -w");
        String before =
                databases.liveColumn("SELECT SHA2(v, 256) FROM t WHERE id = 1").getFirst();
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().skipped()).isEmpty();
        assertThat(databases.liveColumn("SELECT CONCAT(w, SHA2(v, 256)) FROM t WHERE id = 1"))
                .containsExactly("1" + before);
        databases.undone(folder, plan, Set.of());
        assertThat(databases.liveColumn("SELECT CONCAT(w, SHA2(v, 256)) FROM t WHERE id = 1"))
                .containsExactly("-1" + before);
    }

    @ParameterizedTest
    @EnumSource
    void aLargeValueIsWrittenAsItIsAndTakenBackThoughPacketsAreSmall(Engine engine) throws Exception {
        packets(engine, 4 << 20);
        Databases databases = Databases.on(
                engine,
                LARGE,
                "INSERT INTO t VALUES (1, 1, REPEAT('é', 1500000), REPEAT('\\0', 3000000)), (2, 2, 'small', 'b'), (3, 3, 'x', NULL)",
                "INSERT INTO t VALUES (4, 4, NULL, REPEAT(UNHEX('00FF275C'), 1048576))");
        databases.inLive(
                "UPDATE t SET v = NULL, b = 'x' WHERE id = 1",
                "DELETE FROM t WHERE id = 4",
                "UPDATE t SET b = REPEAT('\\'', 4194304) WHERE id = 3",
                "INSERT INTO t VALUES (5, 5, REPEAT('y', 2500000), '')");
        var before = digests(databases.liveColumn(ALL));
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().skipped()).isEmpty();
        assertThat(databases.liveColumn(ALL)).isEqualTo(databases.copyColumn(ALL));
        databases.undone(folder, plan, Set.of());
        assertThat(databases.liveColumn(ALL)).isEqualTo(before);
    }

    private static final String ALL =
            "SELECT CONCAT_WS(',', id, w, IFNULL(SHA2(v, 256), '~'), IFNULL(SHA2(b, 256), '~')) FROM t ORDER BY id";

    private static List<String> digests(List<String> rows) {
        return List.copyOf(rows);
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatLiveDoesNotTakeStaysAwayAndTheRestIsRepaired(Engine engine) throws Exception {
        packets(engine, 16 << 20);
        Databases databases = Databases.on(
                engine,
                LARGE,
                "INSERT INTO t VALUES (1, 1, REPEAT('v', 5000000), NULL), (2, 2, 'small', 'b'), (3, 3, '', NULL)");
        databases.inLive("DELETE FROM t WHERE id < 3", "UPDATE t SET v = REPEAT('z', 5000000) WHERE id = 3");
        packets(engine, 4 << 20);
        RepairReport report = repaired(databases);
        assertThat(report.total().written()).isEqualTo(1);
        // The last one could be overwritten, but never be brought back.
        assertThat(report.total().skipped())
                .containsExactlyInAnyOrder(
                        new Skipped(RowKey.of("1"), Why.TOO_LARGE), new Skipped(RowKey.of("3"), Why.TOO_LARGE));
        assertThat(databases.liveColumn("SELECT CONCAT(id, ' ', LENGTH(v)) FROM t ORDER BY id"))
                .containsExactly("2 5", "3 5000000");
    }

    @ParameterizedTest
    @EnumSource
    void onlyColumnsThatDifferAreWritten(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, w INT, x INT, at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                "INSERT INTO t SELECT seq, seq, seq, '2026-11-01' FROM seq_1_to_10",
                "CREATE TABLE seen (id INT, what TEXT)");
        databases.inLive(
                "UPDATE t SET w = -w, at = at WHERE id < 4",
                "UPDATE t SET x = -x, at = at WHERE id IN (3, 5)",
                "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW BEGIN"
                        + " IF NOT NEW.x <=> OLD.x THEN INSERT INTO seen VALUES (OLD.id, 'x'); END IF;"
                        + " IF NOT NEW.w <=> OLD.w THEN INSERT INTO seen VALUES (OLD.id, 'w'); END IF; END");
        RepairReport report = databases.repaired(folder, databases.plan(folder, Databases.NOW), Set.of());
        assertThat(report.total().written()).isEqualTo(4);
        assertThat(databases.liveRows("t")).isEqualTo(databases.copyRows("t"));
        assertThat(databases.liveColumn("SELECT CONCAT(id, what) FROM seen ORDER BY 1"))
                .containsExactly("1w", "2w", "3w", "3x", "5x");
    }

    private static final String TYPED =
            "JSON_OBJECT('d', CAST('2020-01-01' AS DATE), 't', CAST('10:00' AS TIME), 'at', CAST('2020-01-01 10:00' AS DATETIME),"
                    + " 'n', CAST(1.10 AS DECIMAL(5, 2)), 'b', JSON_ARRAY(CAST('a' AS BINARY)))";

    @Test
    void jsonKeepsTheTypesOfItsValuesWhereAnotherColumnIsRepaired() throws Exception {
        Databases databases = typed();
        databases.inLive("UPDATE t SET w = -w");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        RepairReport report = databases.repaired(folder, plan, Set.of());
        assertThat(report.total().skipped()).isEmpty();
        assertThat(report.total().written()).isEqualTo(7);
        assertThat(databases.liveColumn(TYPES)).isEqualTo(databases.copyColumn(TYPES));
        databases.undone(folder, plan, Set.of());
        assertThat(databases.liveColumn("SELECT w FROM t WHERE w > 0")).isEmpty();
        assertThat(databases.liveColumn(TYPES)).isEqualTo(databases.copyColumn(TYPES));
    }

    @Test
    void jsonWhoseTypesTextDoesNotKeepIsNeitherWrittenNorLost() throws Exception {
        Databases databases = typed();
        databases.inLive(
                "DELETE FROM t WHERE id IN (1, 6)", // cannot be put in
                "UPDATE t SET j = '{}' WHERE id IN (2, 7)", // cannot be put in
                "UPDATE t SET j = %s WHERE id = 5".formatted(TYPED), // could be overwritten, never be brought back
                "INSERT INTO t VALUES (8, 8, %s), (9, 9, '[]')".formatted(TYPED)); // likewise
        RepairReport report = repaired(databases);
        assertThat(report.total().written()).isEqualTo(3);
        assertThat(report.total().skipped())
                .containsExactlyInAnyOrder(
                        new Skipped(RowKey.of("1"), Why.CANNOT_BE_CARRIED),
                        new Skipped(RowKey.of("2"), Why.CANNOT_BE_CARRIED),
                        new Skipped(RowKey.of("5"), Why.CANNOT_BE_CARRIED),
                        new Skipped(RowKey.of("8"), Why.CANNOT_BE_CARRIED));
        assertThat(databases.liveColumn("SELECT id FROM t ORDER BY id"))
                .containsExactly("2", "3", "4", "5", "6", "7", "8");
        assertThat(databases.liveColumn("SELECT JSON_TYPE(j->'$.d') FROM t WHERE id IN (5, 8)"))
                .containsExactly("DATE", "DATE");
    }

    private static final String TYPES =
            "SELECT CONCAT_WS(' ', id, JSON_TYPE(j), JSON_TYPE(j->'$.d'), JSON_TYPE(j->'$.t'), JSON_TYPE(j->'$.at'),"
                    + " JSON_TYPE(j->'$.n'), JSON_TYPE(j->'$.b[0]'), j) FROM t ORDER BY id";

    private static Databases typed() throws Exception {
        return Databases.on(
                Engine.MYSQL,
                "CREATE TABLE t (id INT PRIMARY KEY, w INT, j JSON)",
                "INSERT INTO t VALUES (1, 1, %s), (2, 2, %s)".formatted(TYPED, TYPED),
                "INSERT INTO t VALUES (3, 3, NULL), (4, 4, CAST(CAST('2020-01-01' AS DATE) AS JSON)), (5, 5, '{\"a\": [1.1, null]}'),"
                        + " (6, 6, '[18446744073709551615, -1, 1e30, 1.0, true, \"x\"]'), (7, 7, '\"text\"')");
    }

    private RepairReport repaired(Databases databases) throws Exception {
        return databases.repaired(folder, databases.plan(folder, Databases.NOW), Set.of());
    }
}
