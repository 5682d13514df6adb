package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Left;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairReport.Verification;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a repair of a PostgreSQL database does, leaves alone, and refuses.
class PostgresRepairTest {
    private static final String SHOP = """
            CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE NOT NULL, note jsonb);
            CREATE TABLE orders (id serial PRIMARY KEY, customer bigint NOT NULL REFERENCES customers, total numeric(10,2) NOT NULL,
              double_total numeric GENERATED ALWAYS AS (total * 2) STORED, updated_at timestamptz NOT NULL DEFAULT '2026-11-01');
            CREATE TABLE lines (order_id int REFERENCES orders ON DELETE CASCADE, no int, what text, PRIMARY KEY (order_id, no));
            CREATE TABLE log (at timestamptz, what text);
            INSERT INTO customers (email, note) SELECT 'c' || i || '@example.com', jsonb_build_object('n', i) FROM generate_series(1, 50) i;
            INSERT INTO orders (customer, total) SELECT 1 + i % 50, i * 1.10 FROM generate_series(1, 400) i;
            INSERT INTO lines SELECT 1 + i / 3, i % 3, 'line ' || i FROM generate_series(0, 1100) i;
            INSERT INTO log SELECT '2026-10-01'::timestamptz + i * interval '1 min', 'x' || i % 7 FROM generate_series(1, 100) i;
            INSERT INTO log SELECT at, what FROM log WHERE what = 'x3'""";

    private static final String DAMAGE = """
            DELETE FROM lines WHERE order_id % 10 = 3; DELETE FROM orders WHERE id % 10 = 3; DELETE FROM lines WHERE no = 2 AND order_id < 20;
            DELETE FROM orders o WHERE customer = 7 AND NOT EXISTS (SELECT 1 FROM lines WHERE order_id = o.id);
            UPDATE orders SET total = 0 WHERE id % 17 = 1; UPDATE customers SET note = '{"n": 1.0}' WHERE id IN (2, 4);
            INSERT INTO customers (email) VALUES ('evil@example.com'); INSERT INTO orders (customer, total) VALUES (51, 1);
            INSERT INTO lines VALUES (401, 1, 'evil'); DELETE FROM log WHERE what = 'x3'; INSERT INTO log VALUES (NULL, NULL), (NULL, NULL);
            UPDATE log SET what = 'y' WHERE what = 'x5'""";

    @TempDir
    Path folder;

    @Test
    void aRepairedDatabaseEqualsTheCopy() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(DAMAGE);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped()).isEmpty();
        assertThat(report.verification()).isInstanceOf(Verification.Verified.class);
        assertEqual(databases);
        assertThat(Found.plan(databases, folder, Rules.plain(Found.NOW)).verdict())
                .isEqualTo(Verdict.EQUAL);
    }

    @Test
    void anUndoneRepairLeavesLiveAsItWas() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(DAMAGE);
        List<String> before = everything(databases.live);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        Repaired.by(databases, folder, plan);
        RepairReport undone = Repaired.undone(databases, folder, plan, Triggers.ASK);
        assertThat(undone.total().skipped()).isEmpty();
        assertThat(everything(databases.live)).isEqualTo(before);
    }

    @Test
    void aRowWrittenSinceTheComparisonIsSkippedAndReported() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive("UPDATE orders SET total = 0 WHERE id <= 3", "DELETE FROM customers WHERE id > 60");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        databases.inLive("UPDATE orders SET total = 77 WHERE id = 2");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(report.total().skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.key().toString()).isEqualTo("2");
            assertThat(skipped.why()).isEqualTo(Why.LIVE_CHANGED_SINCE);
        });
        assertThat(report.verification()).isEqualTo(new Verification.Verified(3, 1));
        assertThat(Databases.column(databases.live, "SELECT total FROM orders WHERE id = 2"))
                .containsExactly("77.00");
    }

    @Test
    void aCopyThatIsNoLongerWhatThePlanSawIsNotWritten() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive("UPDATE orders SET total = 0 WHERE id <= 2");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        databases.inCopy("UPDATE orders SET total = 5 WHERE id = 1");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.why()).isEqualTo(Why.COPY_CHANGED_SINCE));
        assertThat(Databases.column(databases.live, "SELECT total FROM orders WHERE id < 3 ORDER BY id"))
                .containsExactly("0.00", "2.20");
    }

    @Test
    void goodWritesSinceThePointInTimeSurvive() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(
                "UPDATE orders SET total = 0 WHERE id <= 10",
                "UPDATE orders SET total = 42, updated_at = '2026-11-19' WHERE id = 5",
                "INSERT INTO orders (customer, total, updated_at) VALUES (1, 9, '2026-11-19')",
                "INSERT INTO orders (customer, total, updated_at) VALUES (1, 8, '2026-10-19')");
        Rules rules = rules(Selection.ALL, ChangedOnBothSides.KEEP_LIVE);
        RepairPlan plan = Found.plan(databases, folder, rules);
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.WRITTEN_SINCE, 2L, Left.STAMPED_BEFORE, 1L));
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().written()).isEqualTo(9);
        assertThat(Databases.column(
                        databases.live, "SELECT total FROM orders WHERE id IN (4, 5) OR id > 400 ORDER BY id"))
                .containsExactly("4.40", "42.00", "9.00", "8.00");
        assertThat(Found.plan(databases, folder, rules).verdict()).isEqualTo(Verdict.DIFFERENT);
        Selection named =
                new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(), Set.of(TimeAnomaly.STAMPED_BEFORE));
        Repaired.by(databases, folder, Found.plan(databases, folder, rules(named, ChangedOnBothSides.KEEP_LIVE)));
        assertThat(Found.plan(databases, folder, rules).verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void aGoodChildKeepsItsUnexpectedParentWhereDeletingWouldCascade() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive("INSERT INTO orders (customer, total) VALUES (1, 1)");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        databases.inLive("INSERT INTO lines VALUES (401, 1, 'good')");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
        assertThat(Databases.column(databases.live, "SELECT what FROM lines WHERE order_id = 401"))
                .containsExactly("good");
    }

    @Test
    void onlyWhatIsSelectedIsRepaired() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(DAMAGE);
        Selection selection = new Selection(
                Set.of(new TableName("public", "orders")), Map.of(), Optional.empty(), Set.of(DifferenceClass.CHANGED));
        Rules rules = rules(selection, ChangedOnBothSides.KEEP_LIVE);
        RepairPlan plan = Found.plan(databases, folder, rules);
        Repaired.by(databases, folder, plan);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM orders WHERE total = 0"))
                .containsExactly("0");
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM lines WHERE what = 'evil'"))
                .containsExactly("1");
    }

    @Test
    void sequencesMoveForwardAndNeverBack() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(
                "ALTER SEQUENCE orders_id_seq RESTART WITH 5",
                "DELETE FROM lines",
                "DELETE FROM orders WHERE id > 300");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.settled()).anySatisfy(moved -> assertThat(moved).contains("orders_id_seq"));
        assertThat(Databases.column(databases.live, "SELECT nextval('orders_id_seq') > 400"))
                .containsExactly("t");
        assertThat(Databases.column(databases.live, "SELECT nextval('customers_id_seq')"))
                .containsExactly("51");
    }

    @Test
    void triggersAreAskedAboutBeforeAnythingIsWritten() throws Exception {
        Databases databases = Databases.with(SHOP, STAMP);
        databases.inLive(
                "ALTER TABLE orders DISABLE TRIGGER stamp; UPDATE orders SET total = 0 WHERE id < 9; ALTER TABLE orders ENABLE TRIGGER stamp");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(plan.notes()).anySatisfy(note -> assertThat(note).contains("stamp"));
        assertThatThrownBy(() -> Repaired.by(databases, folder, plan))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-424")
                .hasMessageContaining("stamp");
        RepairReport fired = Repaired.by(databases, folder, plan, Triggers.FIRE);
        assertThat(fired.total().written()).isZero();
        assertThat(fired.total().skipped())
                .hasSize(8)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REWRITTEN_BY_TRIGGER));
        assertThat(Repaired.by(databases, folder, plan, Triggers.OFF).total().written())
                .isEqualTo(8);
        assertEqual(databases);
    }

    @Test
    void withoutTriggersForeignKeysAreStillKept() throws Exception {
        Databases databases = Databases.with(SHOP, STAMP);
        databases.inLive(
                "DELETE FROM lines WHERE order_id = 8", "INSERT INTO customers (email) VALUES ('new@example.com')");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        databases.inLive("DELETE FROM orders WHERE id = 8", "INSERT INTO orders (customer, total) VALUES (51, 3)");
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.OFF);
        assertThat(report.total().skipped())
                .hasSize(4)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM lines WHERE order_id = 8"))
                .containsExactly("0");
    }

    @Test
    void missingRightsAreSaidBeforeTheFirstWrite() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive(DAMAGE);
        databases.inLive(
                "DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk; GRANT UPDATE ON orders TO clerk");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        List<String> before = everything(databases.live);
        assertThatThrownBy(() ->
                        Repaired.by(databases, folder, plan, databases.liveAs("clerk"), Triggers.FIRE, Progress.SILENT))
                .hasMessageContaining("LB-427")
                .hasMessageContaining("DELETE on public.orders");
        assertThat(everything(databases.live)).isEqualTo(before);
    }

    @Test
    void theSecondOfTwoRepairsIsToldWhoTheFirstIs() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive("UPDATE orders SET total = 0 WHERE id < 3");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        try (var first =
                PostgresRepairs.open(databases.copyEndpoint(), databases.liveEndpoint(), Set.of(), Triggers.ASK)) {
            assertThat(first.take("repair of plan 1 by ada@bastion")).isEmpty();
            assertThatThrownBy(() -> Repaired.by(databases, folder, plan))
                    .hasMessageContaining("LB-415")
                    .hasMessageContaining("ada@bastion");
        }
        assertThat(Repaired.by(databases, folder, plan).total().written()).isEqualTo(2);
    }

    @Test
    void aPlanOfAnotherCopyOrAnotherLiveIsRefused() throws Exception {
        Databases databases = Databases.with(SHOP);
        Databases others = Databases.with(SHOP);
        databases.inLive("UPDATE orders SET total = 0 WHERE id < 3");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThatThrownBy(() -> Repaired.by(others, folder, plan)).hasMessageContaining("LB-417");
        assertThat(refused(others.copyEndpoint(), databases.liveEndpoint(), plan))
                .contains("LB-417", "made for copy", others.copy);
        assertThat(refused(databases.copyEndpoint(), others.liveEndpoint(), plan))
                .contains("LB-417", "made for live", others.live);
    }

    @Test
    void aPlanIsRefusedOnceTheTablesOfEitherSideWereChanged() throws Exception {
        for (boolean inLive : new boolean[] {true, false}) {
            Databases databases = Databases.with(SHOP);
            databases.inLive("UPDATE orders SET total = 0 WHERE id < 3");
            RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
            Databases.run(inLive ? databases.live : databases.copy, "ALTER TABLE lines ADD COLUMN more int");
            assertThatThrownBy(() -> Repaired.by(databases, folder, plan)).hasMessageContaining("LB-418");
        }
    }

    private static String refused(Endpoint copy, Endpoint live, RepairPlan plan) {
        try (var store = PostgresRepairs.open(copy, live, Set.of(), Triggers.ASK)) {
            return store.refuses(plan).orElseThrow().toString();
        }
    }

    @Test
    void aPlanAboveTheCapIsRefused() throws Exception {
        Databases databases = Databases.with(SHOP);
        databases.inLive("UPDATE orders SET total = 0");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        try (var store =
                PostgresRepairs.open(databases.copyEndpoint(), databases.liveEndpoint(), Set.of(), Triggers.ASK)) {
            Repair repair = new Repair(store, new LocalArchive(folder), Progress.SILENT);
            assertThatThrownBy(() -> repair.run(Repaired.request(plan.id(), new Cap(5, false))))
                    .hasMessageContaining("LB-410");
        }
    }

    @Test
    void aPlanThatChangesEveryRowCanBeAllowed() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); INSERT INTO b VALUES (1), (2)");
        databases.inLive("TRUNCATE b; INSERT INTO a VALUES (1), (2)");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(new Cap(99, false).refuses(plan.counts())).isPresent();
        assertThat(new Cap(100, false).refuses(plan.counts())).isEmpty();
    }

    private static final String STAMP = """
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at := now(); RETURN NEW; END';
            CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE TRIGGER stamp_none BEFORE UPDATE ON lines FOR EACH STATEMENT EXECUTE FUNCTION stamp();
            CREATE TRIGGER stamp_none BEFORE UPDATE ON customers FOR EACH STATEMENT EXECUTE FUNCTION stamp()""";

    private static Rules rules(Selection selection, ChangedOnBothSides policy) {
        return new Rules(
                Optional.of(Instant.parse("2026-11-10T00:00:00Z")),
                Found.NOW,
                Rules.DEFAULT_GRACE,
                Optional.of("updated_at"),
                true,
                List.of(),
                selection,
                policy);
    }

    private static void assertEqual(Databases databases) throws Exception {
        assertThat(everything(databases.live)).isEqualTo(everything(databases.copy));
    }

    private static List<String> everything(String database) throws Exception {
        return Databases.column(database, """
                SELECT 'customers' || t FROM customers t UNION ALL SELECT 'orders' || t FROM orders t
                UNION ALL SELECT 'lines' || t FROM lines t UNION ALL SELECT 'log' || t FROM log t ORDER BY 1""");
    }
}
