package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A row of any size is repaired and undone, and so is what comes after it in the undo log.
class LargeValuesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {21_000_000, 60_000_000})
    void aLargeValueIsRepairedAndUndoneAndSoAreTheTablesAfterIt(int size) throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE a (id int PRIMARY KEY, w int, v text)",
                "CREATE TABLE b (id int PRIMARY KEY, w int)",
                "INSERT INTO a VALUES (1, 1, repeat('x', %d))".formatted(size),
                "INSERT INTO b VALUES (1, 1)");
        databases.inLive("UPDATE a SET v = 'y' || v", "UPDATE b SET w = 2");
        String damaged = digests(databases);
        var plan = Found.plan(databases, folder, Rules.plain(Found.NOW));

        Repaired.by(databases, folder, plan);
        assertThat(digests(databases)).isNotEqualTo(damaged);
        RepairReport report = Repaired.undone(databases, folder, plan, Triggers.ASK);

        assertThat(report.whole()).isTrue();
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(digests(databases)).isEqualTo(damaged);
    }

    private static String digests(Databases databases) throws Exception {
        return Databases.column(databases.live, "SELECT (SELECT md5(v) FROM a) || (SELECT w FROM b)")
                .getFirst();
    }
}
