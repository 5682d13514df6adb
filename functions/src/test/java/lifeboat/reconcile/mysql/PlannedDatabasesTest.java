package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A plan is carried out and undone on the databases that were compared, as they were then, and on no others.
class PlannedDatabasesTest {
    @TempDir
    Path folder;

    private static Databases damaged(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE orders (id INT PRIMARY KEY, total INT)",
                "INSERT INTO orders VALUES (1, 10), (2, 20)");
        databases.inLive("UPDATE orders SET total = 0 WHERE id = 1");
        return databases;
    }

    private static MySqlRepairs store(MySqlEndpoint copy, MySqlEndpoint live) {
        return MySqlRepairs.open(copy, live, Set.of(), Triggers.ASK);
    }

    @ParameterizedTest
    @EnumSource
    void aPlanOfAnotherCopyIsRefused(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Databases others = damaged(engine);
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        try (var store = store(others.copyEndpoint(), databases.liveEndpoint())) {
            assertThat(store.refuses(plan))
                    .hasValueSatisfying(refusal -> assertThat(refusal.toString())
                            .contains("LB-417", "the plan was made for copy", databases.copy, others.copy));
        }
        try (var store = store(databases.copyEndpoint(), databases.liveEndpoint())) {
            assertThat(store.refuses(plan)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlanOfAnotherLiveIsRefused(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Databases others = damaged(engine);
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        try (var store = store(databases.copyEndpoint(), others.liveEndpoint())) {
            assertThat(store.refuses(plan))
                    .hasValueSatisfying(refusal -> assertThat(refusal.toString())
                            .contains("LB-417", "the plan was made for live", databases.live, others.live));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherARepairNorAnUndoWritesToDatabasesThatWereNotPlanned(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        Databases others = damaged(engine);
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThatThrownBy(() -> others.repaired(folder, plan, Set.of()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-417");
        assertThat(others.liveColumn("SELECT total FROM orders ORDER BY id")).containsExactly("0", "20");
        databases.repaired(folder, plan, Set.of());
        others.inLive("UPDATE orders SET total = 10 WHERE id = 1");
        assertThatThrownBy(() -> others.undone(folder, plan, Set.of()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-417");
        assertThat(others.liveColumn("SELECT total FROM orders ORDER BY id")).containsExactly("10", "20");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanIsRefusedOnceTheTablesOfEitherSideWereChanged(Engine engine) throws Exception {
        Databases databases = damaged(engine);
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        for (String side : new String[] {databases.live, databases.copy}) {
            engine.run(side, "ALTER TABLE orders ADD COLUMN more INT");
            assertThatThrownBy(() -> databases.repaired(folder, plan, Set.of()))
                    .as(side)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("LB-418");
            assertThat(databases.liveColumn("SELECT total FROM orders ORDER BY id"))
                    .containsExactly("0", "20");
            engine.run(side, "ALTER TABLE orders DROP COLUMN more");
        }
        assertThat(databases.repaired(folder, plan, Set.of()).total().written()).isEqualTo(1);
    }
}
