package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.ExampleRules;
import lifeboat.reconcile.Left;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.Verdict;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Times in live that explain nothing, on MariaDB and MySQL 8.
class LateCommitTest {
    private static final Selection NAMED =
            new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(), Set.of(TimeAnomaly.STAMPED_BEFORE));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsStampedBeforeThePointInTimeIsADifferenceThatAPersonNames(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE orders (id INT PRIMARY KEY, total INT, updated_at DATETIME(6))",
                "INSERT INTO orders SELECT seq, seq, '2026-11-18 00:00:00' FROM seq_1_to_100");
        databases.inLive(
                "UPDATE orders SET total = 0, updated_at = '2026-11-19 01:00:00' WHERE id <= 90",
                "UPDATE orders SET total = 7, updated_at = '2026-11-20 02:30:00' WHERE id = 91",
                "UPDATE orders SET total = 8, updated_at = '2026-11-20 01:59:57' WHERE id = 92",
                "UPDATE orders SET total = 9, updated_at = '2099-01-01' WHERE id = 93",
                "INSERT INTO orders VALUES (101, 7, '2026-11-19 01:00:00')");
        RepairPlan plan = plan(databases, Selection.ALL);
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.counts().repairs()).isZero();
        assertThat(plan.counts().left())
                .isEqualTo(Map.of(
                        Left.STAMPED_BEFORE, 91L, Left.STAMPED_AHEAD, 1L, Left.WRITTEN_SINCE, 1L, Left.IN_FLIGHT, 1L));
        RepairPlan named = plan(databases, NAMED);
        assertThat(named.counts().toRepair())
                .isEqualTo(Map.of(DifferenceClass.CHANGED, 90L, DifferenceClass.UNEXPECTED_IN_LIVE, 1L));
        databases.repaired(folder, named, Set.of());
        assertThat(databases.liveColumn("SELECT total FROM orders WHERE id > 89 AND id < 94 OR id > 100 ORDER BY id"))
                .containsExactly("90", "7", "8", "9");
    }

    /// 0 stands for "never" where times are numbers.
    @ParameterizedTest
    @EnumSource
    void aNumberThatIsNoTimeWasRemovedByNoPurge(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE sessions (id INT PRIMARY KEY, expires BIGINT)",
                "INSERT INTO sessions VALUES (1, 0), (2, -1), (3, 1700000000), (4, NULL), (5, 1900000000)");
        databases.inLive("DELETE FROM sessions");
        Rules.PurgeRule rule =
                new Rules.PurgeRule(TableName.of("sessions"), "expires", Instant.parse("2026-01-01T00:00:00Z"));
        RepairPlan plan =
                databases.plan(folder, KeyCuts.Most.A_PIECE, ExampleRules.purging(rule, Databases.NOW), Set.of());
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.PURGED, 1L));
        assertThat(plan.counts().toRepair()).isEqualTo(Map.of(DifferenceClass.MISSING_IN_LIVE, 4L));
    }

    private RepairPlan plan(Databases databases, Selection selection) {
        Instant point = Instant.parse("2026-11-20T02:00:00Z");
        Rules rules = ExampleRules.selecting(selection, ExampleRules.byTime("updated_at", point, Databases.NOW));
        return databases.plan(folder, KeyCuts.Most.A_PIECE, rules, Set.of());
    }
}
