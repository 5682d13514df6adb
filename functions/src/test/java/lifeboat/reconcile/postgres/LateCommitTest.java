package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Left;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in live with a time before the point in time, and not in the copy: damage, or a transaction that was
/// stamped at its start and committed late. Only a person can tell.
class LateCommitTest {
    private static final String HUNDRED_ORDERS = """
            CREATE TABLE orders (id int PRIMARY KEY, total int, updated_at timestamptz);
            INSERT INTO orders SELECT i, i, '2026-11-19T00:00:00Z' FROM generate_series(1, 100) AS i""";

    @TempDir
    Path folder;

    @Test
    void damageStampedBeforeThePointInTimeIsNeverEqual() throws Exception {
        Databases databases = Databases.with(HUNDRED_ORDERS);
        databases.inLive("UPDATE orders SET total = 0, updated_at = '2026-11-20T01:00:00Z' WHERE id <= 90");
        RepairPlan plan = plan(databases, ChangedOnBothSides.KEEP_LIVE, Selection.ALL);
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.counts().expected()).isZero();
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.STAMPED_BEFORE, 90L));
        assertThat(plan.counts().repairs()).isZero();
    }

    @Test
    void theNewestDoesNotWinWhereItsTimeIsDamage() throws Exception {
        Databases databases = Databases.with(HUNDRED_ORDERS);
        databases.inLive("UPDATE orders SET total = 0, updated_at = '2026-11-20T01:00:00Z' WHERE id <= 90");
        for (ChangedOnBothSides policy : ChangedOnBothSides.values()) {
            RepairPlan plan = plan(databases, policy, Selection.ALL);
            assertThat(plan.counts().left()).as(policy.name()).isEqualTo(Map.of(Left.STAMPED_BEFORE, 90L));
        }
    }

    @Test
    void aTransactionThatWasOpenAcrossThePointInTimeIsNotOverwrittenUnlessNamed() throws Exception {
        Databases databases = Databases.with(HUNDRED_ORDERS);
        try (Connection late = Databases.connect(databases.live);
                var statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (101, 7, now())");
            statement.execute("UPDATE orders SET total = 7, updated_at = now() WHERE id = 1");
            late.commit();
        }
        Instant began = Instant.parse(Databases.column(
                        databases.live,
                        "SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM orders WHERE id = 101")
                .getFirst());
        Instant point = began.plusSeconds(60);
        RepairPlan plan =
                plan(databases, rules(point, Duration.ofSeconds(5), Selection.ALL, ChangedOnBothSides.KEEP_LIVE));
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.STAMPED_BEFORE, 2L));
        Repaired.by(databases, folder, plan);
        assertThat(Databases.column(databases.live, "SELECT total FROM orders WHERE id IN (1, 101)"))
                .containsExactly("7", "7");
        RepairPlan inFlight =
                plan(databases, rules(point, Duration.ofSeconds(61), Selection.ALL, ChangedOnBothSides.KEEP_LIVE));
        assertThat(inFlight.counts().left()).isEqualTo(Map.of(Left.IN_FLIGHT, 2L));
        assertThat(inFlight.verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void itIsRepairedWhereItsClassIsNamedAndOnlyIt() throws Exception {
        Databases databases = Databases.with(HUNDRED_ORDERS);
        databases.inLive(
                "UPDATE orders SET total = 0, updated_at = '2026-11-20T01:00:00Z' WHERE id <= 3",
                "UPDATE orders SET total = 0 WHERE id = 4",
                "UPDATE orders SET total = 42, updated_at = '2026-11-20T02:30:00Z' WHERE id = 5",
                "INSERT INTO orders VALUES (101, 7, '2026-11-20T01:00:00Z')");
        Selection named =
                new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(), Set.of(TimeAnomaly.STAMPED_BEFORE));
        RepairPlan plan = plan(databases, ChangedOnBothSides.KEEP_LIVE, named);
        assertThat(plan.counts().toRepair())
                .isEqualTo(Map.of(DifferenceClass.CHANGED, 3L, DifferenceClass.UNEXPECTED_IN_LIVE, 1L));
        Repaired.by(databases, folder, plan);
        assertThat(Databases.column(databases.live, "SELECT total FROM orders WHERE id < 6 OR id > 100 ORDER BY id"))
                .containsExactly("1", "2", "3", "0", "42");
        RepairPlan rest = plan(databases, ChangedOnBothSides.KEEP_LIVE, Selection.ALL);
        assertThat(rest.counts().toRepair()).isEqualTo(Map.of(DifferenceClass.CHANGED, 1L));
    }

    @Test
    void aTimeThatHasNotComeYetExplainsNothing() throws Exception {
        Databases databases = Databases.with(HUNDRED_ORDERS);
        databases.inLive(
                "UPDATE orders SET total = 0, updated_at = '2099-01-01' WHERE id <= 90",
                "INSERT INTO orders VALUES (101, 7, '2099-01-01')");
        RepairPlan plan = plan(databases, ChangedOnBothSides.KEEP_LIVE, Selection.ALL);
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.STAMPED_AHEAD, 91L));
    }

    private RepairPlan plan(Databases databases, ChangedOnBothSides policy, Selection selection) throws Exception {
        Instant point = Instant.parse("2026-11-20T02:00:00Z");
        return plan(databases, rules(point, Rules.DEFAULT_GRACE, selection, policy));
    }

    private RepairPlan plan(Databases databases, Rules rules) throws Exception {
        return Found.plan(databases, folder, rules);
    }

    private static Rules rules(Instant point, Duration grace, Selection selection, ChangedOnBothSides policy) {
        return new Rules(
                Optional.of(point),
                point.plusSeconds(3600),
                grace,
                Optional.of("updated_at"),
                false,
                List.of(),
                selection,
                policy);
    }
}
