package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With `--triggers=fire` what triggers write besides is reported, and an undo says that it does not bring it back.
class TriggerReachTest {
    private static final String STOCK = """
            CREATE SCHEMA hidden; CREATE TABLE hidden.journal (n bigserial, what text);
            CREATE TABLE shelves (id int PRIMARY KEY, items int NOT NULL DEFAULT 0);
            CREATE TABLE items (id int PRIMARY KEY, shelf int, v text); CREATE TABLE labels (item int, v text);
            CREATE TABLE cache (v int);
            INSERT INTO shelves SELECT i, 10 FROM generate_series(1, 5) i;
            INSERT INTO items SELECT i, 1 + i % 5, 'v' || i FROM generate_series(1, 50) i;
            INSERT INTO labels SELECT i, 'l' FROM generate_series(1, 50) i; INSERT INTO cache VALUES (1);
            CREATE FUNCTION moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP <> 'INSERT' THEN DELETE FROM public.labels WHERE item = OLD.id; END IF;
              UPDATE public.shelves SET items = items + 1 WHERE id = coalesce(NEW.shelf, OLD.shelf);
              INSERT INTO hidden.journal (what) VALUES (TG_OP); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER moved AFTER INSERT OR UPDATE OR DELETE ON items DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION moved();
            CREATE FUNCTION emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              BEGIN TRUNCATE public.cache; EXCEPTION WHEN division_by_zero THEN NULL; END; RETURN NULL; END $$;
            CREATE TRIGGER emptied AFTER DELETE ON items FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION emptied();
            ALTER TABLE items DISABLE TRIGGER emptied""";

    private static final String DAMAGE = """
            ALTER TABLE items DISABLE TRIGGER moved; UPDATE items SET v = 'x' WHERE id IN (1, 2); DELETE FROM items WHERE id = 3;
            INSERT INTO items VALUES (99, 1, 'new'); ALTER TABLE items ENABLE TRIGGER moved""";

    @TempDir
    Path folder;

    @Test
    void rowsThatTriggersDeleteChangeAndInsertElsewhereAreReportedAndNotBroughtBack() throws Exception {
        Databases databases = Databases.with(STOCK);
        databases.inLive(DAMAGE);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(plan.notes())
                .anySatisfy(note -> assertThat(note).contains("moved", "What they write besides is reported"));
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.FIRE);
        assertThat(report.total().written()).isEqualTo(4);
        assertThat(report.total().sideEffects())
                .containsExactly(
                        new SideEffect(new TableName("hidden", "journal"), 4, 0, 0, false),
                        new SideEffect(new TableName("public", "labels"), 0, 0, 2, false),
                        new SideEffect(new TableName("public", "shelves"), 0, 4, 0, false));
        assertThat(ReportText.of(report, "repaired"))
                .contains("triggers of live wrote besides, which no undo brings back: public.labels: 2 rows deleted");
        RepairReport undone = Repaired.undone(databases, folder, plan, Triggers.OFF);
        assertThat(undone.total().sideEffects()).isEmpty();
        assertThat(undone.settled())
                .contains(
                        "NOT brought back, as triggers of live wrote it during the repair: public.labels: 2 rows deleted");
    }

    @Test
    void aTableThatATriggerEmptiesIsReported() throws Exception {
        Databases databases = Databases.with(STOCK, "ALTER TABLE items DISABLE TRIGGER moved, ENABLE TRIGGER emptied");
        databases.inLive("INSERT INTO items VALUES (99, 1, 'new')");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(Repaired.by(databases, folder, plan, Triggers.FIRE).total().sideEffects())
                .singleElement()
                .satisfies(
                        effect -> assertThat(effect.text()).isEqualTo("public.cache: emptied as a whole, or altered"));
    }

    @Test
    void otherRowsOfTheSameTableAndRowsWithoutAKeyAreToldFromTheRepairsOwn() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE bag (v text); INSERT INTO bag SELECT 'a' FROM generate_series(1, 5); INSERT INTO bag VALUES ('b'), ('c');
                CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN DELETE FROM public.bag WHERE v = 'c'; RETURN NULL; END $$;
                CREATE TRIGGER more AFTER INSERT ON bag FOR EACH STATEMENT EXECUTE FUNCTION more()""");
        databases.inLive("DELETE FROM bag WHERE v = 'a'");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.FIRE);
        assertThat(report.total().written()).isEqualTo(5);
        assertThat(report.total().sideEffects())
                .containsExactly(new SideEffect(new TableName("public", "bag"), 0, 0, 1, false));
    }

    @Test
    void triggersThatWriteNothingElseHaveNoSideEffects() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t SELECT i, 'v' FROM generate_series(1, 20) i",
                "CREATE FUNCTION same() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN coalesce(NEW, OLD); END'",
                "CREATE TRIGGER same BEFORE INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION same()");
        databases.inLive(
                "UPDATE t SET v = 'x' WHERE id < 4; DELETE FROM t WHERE id = 9; INSERT INTO t VALUES (70, 'y')");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.FIRE);
        assertThat(report.total().written()).isEqualTo(5);
        assertThat(report.total().sideEffects()).isEmpty();
    }

    @Test
    void aServerThatCountsNothingIsRefused() throws Exception {
        Databases databases = Databases.with(STOCK);
        databases.inLive(DAMAGE);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        databases.inLive("ALTER DATABASE %s SET track_counts = off".formatted(databases.live));
        assertThatThrownBy(() -> Repaired.by(databases, folder, plan, Triggers.FIRE))
                .hasMessageContaining("LB-491");
    }
}
