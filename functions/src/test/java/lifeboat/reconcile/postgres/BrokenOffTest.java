package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport.Verification;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repair that dies between any two steps, and is asked for again.
class BrokenOffTest {
    private static final String SCHEMA = """
            CREATE TABLE parents (id int PRIMARY KEY, v text);
            CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents, v text);
            CREATE TABLE bag (v text);
            INSERT INTO parents SELECT i, 'p' || i FROM generate_series(1, 60) i;
            INSERT INTO children SELECT i, 1 + i % 60, 'c' || i FROM generate_series(1, 200) i;
            INSERT INTO bag SELECT 'b' || i % 3 FROM generate_series(1, 30) i""";

    private static final String DAMAGE = """
            DELETE FROM children WHERE parent IN (7, 8); DELETE FROM parents WHERE id IN (7, 8);
            UPDATE parents SET v = 'x' WHERE id < 5; INSERT INTO parents VALUES (99, 'new');
            INSERT INTO children VALUES (999, 99, 'new'); DELETE FROM bag WHERE v = 'b1'; INSERT INTO bag VALUES ('z')""";

    @TempDir
    Path folder;

    @Test
    void aRepairBrokenOffAnywhereIsFinishedByTheNextAndCanStillBeTakenBack() throws Exception {
        Databases databases = Databases.with(SCHEMA);
        databases.inLive(DAMAGE);
        List<String> before = everything(databases.live);
        int brokenOff = 0;
        for (int step = 1; ; step += 3) {
            RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW), Found.NOW.minusSeconds(step));
            if (!breaksOff(databases, plan, step)) {
                break;
            }
            brokenOff++;
            var report = Repaired.by(databases, folder, plan);
            assertThat(report.total().skipped()).as("step %d", step).isEmpty();
            assertThat(report.verification()).isInstanceOf(Verification.Verified.class);
            assertThat(everything(databases.live)).isEqualTo(everything(databases.copy));
            Repaired.undone(databases, folder, plan, Triggers.ASK);
            assertThat(everything(databases.live))
                    .as("undone after step %d", step)
                    .isEqualTo(before);
        }
        assertThat(brokenOff).isGreaterThan(8);
    }

    /// Lets the connection to live die at one of its `BEGIN`, statements and `COMMIT`.
    private boolean breaksOff(Databases databases, RepairPlan plan, int step) throws Exception {
        Archive archive = new LocalArchive(folder);
        Connection mortal = DyingConnection.of(
                databases.liveEndpoint().connect(),
                Set.of("setAutoCommit", "commit", "prepareStatement"),
                step,
                DyingConnection.Death.at(step));
        try (var store = PostgresRepairs.over(databases.copyEndpoint().connect(), mortal, Set.of(), Triggers.ASK)) {
            new Repair(store, archive, Progress.SILENT).run(Repaired.request(plan.id(), new Cap(100, true)));
            return false;
        } catch (StoreFailed died) {
            return true;
        }
    }

    private static List<String> everything(String database) throws Exception {
        return Databases.column(
                database,
                "SELECT 'p' || t FROM parents t UNION ALL SELECT 'c' || t FROM children t UNION ALL SELECT 'b' || t FROM bag t ORDER BY 1");
    }
}
