package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.PlanText;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Equal rows of a table without a key are counted each: by the plan, its cap and the report.
class EqualRowsTest {
    private static final String CLICKS = """
            CREATE TABLE clicks (page text, what text);
            INSERT INTO clicks SELECT '/', 'view' FROM generate_series(1, 10000); INSERT INTO clicks VALUES ('/x', 'once');
            INSERT INTO clicks SELECT '/p' || i, 'view' FROM generate_series(1, 99) i""";

    @TempDir
    Path folder;

    @Test
    void theCapCountsEveryOneOfManyEqualRowsThatWouldBeDeleted() throws Exception {
        Databases databases = Databases.with(CLICKS);
        databases.inCopy("DELETE FROM clicks WHERE page IN ('/', '/x')");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(plan.counts().toRepair()).containsEntry(DifferenceClass.UNEXPECTED_IN_LIVE, 10_001L);
        assertThat(Cap.DEFAULT.refuses(plan.counts())).isPresent();
        assertThat(PlanText.of(plan)).contains("10,001 rows, 99.020 % of live");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().written()).isEqualTo(10_001);
        assertThat(report.verification())
                .isEqualTo(new lifeboat.reconcile.RepairReport.Verification.Verified(10_001, 0));
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM clicks"))
                .containsExactly("99");
        assertThat(Repaired.by(databases, folder, plan).total().alreadyDone()).isEqualTo(10_001);
        assertThat(Repaired.undone(databases, folder, plan, Triggers.ASK)
                        .total()
                        .written())
                .isEqualTo(10_001);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM clicks"))
                .containsExactly("10100");
    }

    @Test
    void rowsThatOccurMoreOrLessOftenAreCountedByHowManyOfThemAreWritten() throws Exception {
        Databases databases = Databases.with(CLICKS);
        databases.inLive(
                "DELETE FROM clicks WHERE ctid IN (SELECT ctid FROM clicks WHERE page = '/' LIMIT 4000)",
                "INSERT INTO clicks SELECT '/x', 'once' FROM generate_series(1, 20)");
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(plan.counts().toRepair()).containsEntry(DifferenceClass.CHANGED, 4_020L);
        assertThat(plan.tables())
                .singleElement()
                .satisfies(table -> assertThat(((lifeboat.reconcile.TableOutcome.Compared) table).samples())
                        .hasSize(2));
        assertThat(Cap.DEFAULT.refuses(plan.counts())).isPresent();
    }
}
