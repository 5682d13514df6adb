package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of more than 20 MB are repaired and undone, and keep no other table from it.
class LargeRowTest {
    private static final String FILMS = """
            CREATE TABLE films (id int PRIMARY KEY, w int, script text, frames bytea);
            INSERT INTO films SELECT i, i, repeat(md5(i::text), 700000), decode(repeat(md5(i::text), 100000), 'hex')
              FROM generate_series(1, 2) i;
            CREATE TABLE actors (id int PRIMARY KEY, name text); INSERT INTO actors SELECT i, 'a' || i FROM generate_series(1, 20) i""";

    @TempDir
    Path folder;

    @Test
    void rowsOfMoreThan20MegabytesAreRepairedAndUndone() throws Exception {
        Databases databases = Databases.with(FILMS);
        databases.inLive(
                "UPDATE films SET w = -1, script = script || 'x' WHERE id = 1; DELETE FROM films WHERE id = 2",
                "INSERT INTO films SELECT 3, 3, repeat('long', 6000000), NULL; UPDATE actors SET name = 'x'");
        List<String> damaged = everything(databases.live);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped()).isEmpty();
        assertThat(everything(databases.live)).isEqualTo(everything(databases.copy));
        RepairReport undone = Repaired.undone(databases, folder, plan, Triggers.ASK);
        assertThat(undone.whole()).isTrue();
        assertThat(undone.total().written()).isEqualTo(23);
        assertThat(everything(databases.live)).isEqualTo(damaged);
    }

    private static List<String> everything(String database) throws Exception {
        return Databases.column(database, """
                SELECT concat_ws(' ', id, w, length(script), md5(script), length(frames), md5(frames)) FROM films
                UNION ALL SELECT concat_ws(' ', id, name) FROM actors ORDER BY 1""");
    }
}
