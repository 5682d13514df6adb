package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repair dies at any step between what it noted and what it committed, a person puts the rest right by hand, and the
/// repair is undone: the person's rows stay.
class DeathBetweenNoteAndCommitTest {
    private static final String CLINIC = """
            CREATE TABLE wards (code text PRIMARY KEY, beds int NOT NULL);
            CREATE TABLE patients (ward text REFERENCES wards, no int, name text UNIQUE, PRIMARY KEY (ward, no));
            CREATE TABLE readings (patient text, value numeric);
            INSERT INTO wards SELECT 'w' || i, i FROM generate_series(1, 12) i;
            INSERT INTO patients SELECT 'w' || 1 + i % 12, i, 'p' || i FROM generate_series(1, 90) i;
            INSERT INTO readings SELECT 'p' || i % 9, 0.5 FROM generate_series(1, 40) i""";

    private static final String DAMAGE = """
            UPDATE wards SET beds = -1 WHERE code < 'w12'; INSERT INTO wards VALUES ('bad', 0);
            DELETE FROM patients WHERE no % 7 = 1; INSERT INTO patients VALUES ('w4', 500, 'x1'), ('w3', 501, 'x2');
            DELETE FROM readings WHERE patient = 'p3'; INSERT INTO readings VALUES ('x', 1), ('x', 1)""";

    @TempDir
    Path folder;

    @Test
    void whatAPersonPutRightStaysAndWhatTheRepairWroteIsUndone() throws Exception {
        int deaths = 0;
        Databases databases = Databases.with(CLINIC);
        for (int step = 1; ; step += 3) {
            databases.inLive("DROP TABLE wards, patients, readings", CLINIC, DAMAGE);
            Map<String, String> damaged = everything(databases.live);
            RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW), Found.NOW.minusSeconds(step));
            boolean died = dies(databases, plan, step);
            Map<String, String> written = everything(databases.live);
            repairByHand(databases);
            undo(databases, plan);
            assertThat(everything(databases.live))
                    .as("undone after a death at step %d", step)
                    .isEqualTo(undone(damaged, written, everything(databases.copy)));
            if (!died) {
                break;
            }
            deaths++;
        }
        assertThat(deaths).isGreaterThan(20);
    }

    /// Where it died before its first note there is nothing to undo.
    private void undo(Databases databases, RepairPlan plan) throws Exception {
        try {
            Repaired.undone(databases, folder, plan, Triggers.ASK);
        } catch (Refused nothing) {
            assertThat(nothing).hasMessageContaining("LB-416");
        }
    }

    /// What the repair had not written is what the person made it.
    private static Map<String, String> undone(
            Map<String, String> damaged, Map<String, String> written, Map<String, String> good) {
        Map<String, String> undone = new TreeMap<>();
        var keys = new TreeSet<>(damaged.keySet());
        keys.addAll(written.keySet());
        keys.addAll(good.keySet());
        for (String key : keys) {
            boolean byRepair = !Objects.equals(damaged.get(key), written.get(key));
            String now = byRepair ? damaged.get(key) : good.get(key);
            if (now != null) {
                undone.put(key, now);
            }
        }
        return undone;
    }

    /// A person works with the copy at hand and leaves live as it should be.
    private static void repairByHand(Databases databases) throws Exception {
        List<String> sql = new ArrayList<>();
        for (String table : List.of("wards", "patients", "readings")) {
            String rows = Databases.column(databases.copy, "SELECT t::text FROM %s t".formatted(table)).stream()
                    .map(Quote::literal)
                    .collect(Collectors.joining(", "));
            sql.add("CREATE TEMP TABLE good_%1$s AS SELECT (v::%1$s).* FROM unnest(ARRAY[%2$s]) v"
                    .formatted(table, rows));
        }
        sql.add("""
                DELETE FROM patients t WHERE NOT EXISTS (SELECT 1 FROM good_patients g WHERE (g.ward, g.no) = (t.ward, t.no));
                DELETE FROM wards t WHERE NOT EXISTS (SELECT 1 FROM good_wards g WHERE g.code = t.code);
                UPDATE wards t SET beds = g.beds FROM good_wards g WHERE g.code = t.code AND g.beds <> t.beds;
                INSERT INTO wards SELECT * FROM good_wards ON CONFLICT DO NOTHING;
                INSERT INTO patients SELECT * FROM good_patients ON CONFLICT DO NOTHING;
                DELETE FROM readings; INSERT INTO readings SELECT * FROM good_readings""");
        databases.inLive(sql.toArray(String[]::new));
    }

    /// Lets the connection to live die at each step twice: before it and after it.
    private boolean dies(Databases databases, RepairPlan plan, int step) throws Exception {
        Connection mortal = DyingConnection.of(
                databases.liveEndpoint().connect(),
                Set.of("commit", "prepareStatement", "createStatement"),
                (step + 1) / 2,
                DyingConnection.Death.at(step));
        try (var store = PostgresRepairs.over(databases.copyEndpoint().connect(), mortal, Set.of(), Triggers.ASK)) {
            new Repair(store, new LocalArchive(folder), Progress.SILENT)
                    .run(Repaired.request(plan.id(), new Cap(100, true)));
            return false;
        } catch (StoreFailed died) {
            return true;
        }
    }

    /// Rows by their key, equal ones of the table without a key with their number.
    private static Map<String, String> everything(String database) throws Exception {
        Map<String, String> rows = new TreeMap<>();
        for (String row : Databases.column(database, """
                SELECT 'ward ' || code || '=' || beds FROM wards
                UNION ALL SELECT 'patient ' || ward || '/' || no || '=' || name FROM patients
                UNION ALL SELECT 'reading ' || t || '=' || count(*) FROM readings t GROUP BY t""")) {
            rows.put(row.substring(0, row.lastIndexOf('=')), row);
        }
        return rows;
    }
}
