package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is compared, recorded or repaired as far as a policy shows it.
class RowLevelSecurityTest {
    private static final String T = """
            CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t SELECT i, 'v' FROM generate_series(1, 100) i;
            CREATE POLICY own ON t USING (id <= 10); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
            GRANT SELECT, INSERT, UPDATE, DELETE ON t TO seer""";

    @TempDir
    Path folder;

    @BeforeEach
    void aUserWhomAPolicyConcerns() throws SQLException {
        Databases.run(
                "postgres",
                "DO $$ BEGIN CREATE ROLE seer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "ALTER ROLE seer SET row_security = on");
    }

    @Test
    void aTableOfWhichAPolicyHidesRowsIsNotCalledEqual() throws SQLException {
        Databases databases = Databases.with(T);
        databases.inLive("DELETE FROM t WHERE id > 10");
        databases.inCopy("DELETE FROM t WHERE id > 11");
        List<TableOutcome> outcomes = new ArrayList<>();
        try (var comparison = PostgresComparison.open(as(databases.copy), databases.liveAs("seer"), Scope.ALL, 7)) {
            for (var segment : comparison.segments()) {
                outcomes.addAll(comparison.compare(segment, _ -> {}));
            }
        } catch (StoreFailed e) {
            assertThat(e).hasMessageContaining("row-level security");
            return;
        }
        assertThat(outcomes).noneMatch(TableOutcome.Compared.class::isInstance);
        assertThat(outcomes.toString()).contains("row-level security");
    }

    @Test
    void nothingIsRecordedOfATableOfWhichAPolicyHidesRows() throws SQLException {
        Databases databases = Databases.with(T);
        assertThatThrownBy(() -> {
                    try (var contents = TableContents.open(databases.liveAs("seer"), Optional.empty())) {
                        contents.of(new TableName("public", "t"), Optional.empty());
                    }
                })
                .hasMessageContaining("row-level security");
    }

    @Test
    void nothingIsRepairedAsFarAsAPolicyAllows() throws Exception {
        Databases databases = Databases.with(T);
        databases.inLive("UPDATE t SET v = 'x'");
        var plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        try (var store =
                PostgresRepairs.open(databases.copyEndpoint(), databases.liveAs("seer"), Set.of(), Triggers.ASK)) {
            assertThatThrownBy(() -> new Repair(store, new LocalArchive(folder), Progress.SILENT)
                            .run(Repaired.request(plan.id(), new Cap(100, true))))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("BYPASSRLS");
        }
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM t WHERE v = 'x'"))
                .containsExactly("100");
    }

    private static Endpoint as(String database) {
        return new Endpoint(Databases.url(database, "seer"));
    }
}
