package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.ExampleRules;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With `--triggers=off` no user trigger fires, and every constraint holds as if they did.
class TriggersOffTest {
    /// A trigger on each named table that leaves a trace.
    private static final String TRACES = """
            CREATE TABLE traces (n bigserial PRIMARY KEY, tab text);
            CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN INSERT INTO public.traces (tab) VALUES (TG_TABLE_NAME); RETURN NULL; END'""";

    @TempDir
    Path folder;

    @Test
    void aDeferrableUniqueValueIsNeverWrittenTwice() throws Exception {
        keeps(
                """
                CREATE TABLE seats (id int PRIMARY KEY, row_no text, no int, UNIQUE NULLS NOT DISTINCT (row_no, no) DEFERRABLE);
                INSERT INTO seats SELECT i, 'r' || i / 4, i % 4 FROM generate_series(1, 20) i; INSERT INTO seats VALUES (40, NULL, 3)""",
                "DELETE FROM seats WHERE id IN (3, 5, 40)",
                "INSERT INTO seats VALUES (88, 'r0', 3), (89, NULL, 3)",
                "seats",
                1,
                "SELECT count(*) FROM (SELECT 1 FROM seats GROUP BY row_no, no HAVING count(*) > 1) d");
    }

    @Test
    void aDeferrableExclusionIsNeverViolated() throws Exception {
        keeps(
                """
                CREATE TABLE bookings (id int PRIMARY KEY, during int4range,
                  EXCLUDE USING gist (during WITH &&) DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO bookings SELECT i, int4range(i * 10, i * 10 + 5) FROM generate_series(1, 20) i""",
                "DELETE FROM bookings WHERE id IN (3, 5)",
                "INSERT INTO bookings VALUES (99, int4range(28, 33))",
                "bookings",
                1,
                "SELECT count(*) FROM bookings a JOIN bookings b ON a.id < b.id AND a.during && b.during");
    }

    @Test
    void aChildWithoutAKeyNeverRefersToNothing() throws Exception {
        keeps(
                """
                CREATE TABLE guests (id int PRIMARY KEY); INSERT INTO guests SELECT generate_series(1, 9);
                CREATE TABLE visits (guest int REFERENCES guests, at date);
                INSERT INTO visits SELECT i, '2026-01-01' FROM generate_series(1, 9) i""",
                "DELETE FROM visits WHERE guest IN (4, 5)",
                "DELETE FROM guests WHERE id = 4",
                "visits",
                1,
                "SELECT count(*) FROM visits v WHERE NOT EXISTS (SELECT 1 FROM guests g WHERE g.id = v.guest)");
    }

    @Test
    void aParentWithoutAKeyNeverLeavesItsChildren() throws Exception {
        keeps(
                """
                CREATE TABLE codes (code text UNIQUE, what text);
                CREATE TABLE uses (id int PRIMARY KEY, code text REFERENCES codes (code))""",
                "INSERT INTO codes VALUES ('a', 'x'), ('b', 'y')",
                "INSERT INTO uses VALUES (1, 'a')",
                "codes",
                1,
                "SELECT count(*) FROM uses u WHERE NOT EXISTS (SELECT 1 FROM codes c WHERE c.code = u.code)");
    }

    @Test
    void aChildIsWrittenWithAllOfAFullMatchOrNotAtAll() throws Exception {
        keeps(
                """
                CREATE TABLE places (town text, street text, PRIMARY KEY (town, street)); INSERT INTO places VALUES ('a', 'b');
                CREATE TABLE homes (id int PRIMARY KEY, town text, street text);
                INSERT INTO homes VALUES (1, 'a', 'b'), (2, 'a', NULL), (3, NULL, NULL)""",
                "DELETE FROM homes WHERE id < 3",
                "ALTER TABLE homes ADD FOREIGN KEY (town, street) REFERENCES places MATCH FULL",
                "homes",
                1,
                "SELECT count(*) FROM homes WHERE town IS NULL AND street IS NOT NULL OR town IS NOT NULL AND street IS NULL");
    }

    @Test
    void aChildOfAPeriodIsWrittenOnlyWhereItsParentsCoverIt() throws Exception {
        keeps(
                """
                CREATE TABLE prices (item int4range, valid int4range, PRIMARY KEY (item, valid WITHOUT OVERLAPS));
                INSERT INTO prices VALUES ('[1,2)', '[0,10)'), ('[1,2)', '[10,20)'), ('[2,3)', '[0,10)');
                CREATE TABLE sales (id int PRIMARY KEY, item int4range, valid int4range,
                  FOREIGN KEY (item, PERIOD valid) REFERENCES prices (item, PERIOD valid));
                INSERT INTO sales VALUES (1, '[1,2)', '[5,15)'), (2, '[2,3)', '[3,4)')""",
                "DELETE FROM sales",
                "DELETE FROM prices WHERE item = '[2,3)'",
                "sales",
                1,
                "SELECT count(*) FROM sales WHERE item = '[2,3)'");
    }

    @Test
    void aPartOfAPartitionedParentNeverLeavesItsChildren() throws Exception {
        keeps(
                """
                CREATE TABLE lots (id int PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE lots1 PARTITION OF lots FOR VALUES FROM (0) TO (10);
                CREATE TABLE lots2 PARTITION OF lots FOR VALUES FROM (10) TO (20); INSERT INTO lots VALUES (1), (11);
                CREATE TABLE bids (lot int REFERENCES lots ON DELETE CASCADE)""",
                "INSERT INTO lots VALUES (2), (3)",
                "INSERT INTO bids VALUES (2)",
                "lots1",
                1,
                "SELECT count(*) FROM bids WHERE lot NOT IN (SELECT id FROM lots)");
    }

    @Test
    void everyTriggerIsAfterwardsWhatItWas() throws Exception {
        Databases databases =
                Databases.with(DOORS, TRACES, "CREATE TRIGGER \"off \"\"1\" " + ON_DOORS, """
                CREATE TRIGGER on1 %1$s; CREATE TRIGGER replica1 %1$s; CREATE CONSTRAINT TRIGGER late1
                  AFTER INSERT OR UPDATE ON doors DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace();
                ALTER TABLE doors DISABLE TRIGGER "off ""1"; ALTER TABLE doors ENABLE REPLICA TRIGGER replica1""".formatted(ON_DOORS));
        List<String> before = states(databases);
        databases.inLive("DELETE FROM doors WHERE id = 2; TRUNCATE traces");
        RepairPlan plan = plan(databases, "doors");
        assertThat(Repaired.by(databases, folder, plan, Triggers.OFF).total().written())
                .isEqualTo(1);
        assertThat(states(databases)).isEqualTo(before);
        assertThat(Repaired.undone(databases, folder, plan, Triggers.OFF)
                        .total()
                        .written())
                .isEqualTo(1);
        assertThat(states(databases)).isEqualTo(before);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM traces"))
                .containsExactly("0");
    }

    @Test
    void aPartitionsTriggersFromItsParentAreOffToo() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE days (id int, v text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
                CREATE TABLE days1 PARTITION OF days FOR VALUES FROM (0) TO (100); INSERT INTO days VALUES (1, 'a'), (2, 'b')""", TRACES, traced("days"));
        databases.inLive("DELETE FROM days; TRUNCATE traces");
        List<String> before = states(databases);
        RepairReport report = Repaired.by(databases, folder, plan(databases, "days1"), Triggers.OFF);
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(states(databases)).isEqualTo(before);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM traces"))
                .containsExactly("0");
    }

    @Test
    void rowsOfATableThatOthersWorkWithAreReportedAsLockedAndTheirWritesFireTheirTriggers() throws Exception {
        Databases databases = Databases.with(DOORS, TRACES, traced("doors"));
        databases.inLive("DELETE FROM doors WHERE id = 2; TRUNCATE traces");
        RepairPlan plan = plan(databases, "doors");
        try (Connection other = Databases.connect(databases.live);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO doors VALUES (77, 'good')");
            RepairReport report = Repaired.by(databases, folder, plan, Triggers.OFF);
            assertThat(report.total().skipped())
                    .singleElement()
                    .satisfies(skipped -> assertThat(skipped.why()).isEqualTo(Why.LOCKED));
            other.commit();
        }
        assertThat(Databases.column(databases.live, "SELECT tab FROM traces")).containsExactly("doors");
        assertThat(Repaired.by(databases, folder, plan, Triggers.OFF).total().written())
                .isEqualTo(1);
    }

    @Test
    void onlyTheOwnerMayRepairWithoutTriggersAndIsToldSoBeforeTheFirstWrite() throws Exception {
        Databases databases = Databases.with(
                DOORS,
                TRACES,
                traced("doors"),
                "DO $$ BEGIN CREATE ROLE janitor LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO janitor");
        databases.inLive("DELETE FROM doors WHERE id = 2");
        RepairPlan plan = plan(databases, "doors");
        assertThatThrownBy(() -> Repaired.by(
                        databases, folder, plan, databases.liveAs("janitor"), Triggers.OFF, Progress.SILENT))
                .hasMessageContaining("LB-428")
                .hasMessageContaining("must be owner of table doors");
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM doors"))
                .containsExactly("8");
    }

    @Test
    void aSessionThatChecksNoForeignKeysIsRefused() throws Exception {
        Databases databases = Databases.with(DOORS);
        databases.inLive("DELETE FROM doors WHERE id = 2");
        RepairPlan plan = plan(databases, "doors");
        databases.inLive("ALTER DATABASE %s SET session_replication_role = replica".formatted(databases.live));
        for (Triggers triggers : Triggers.values()) {
            assertThatThrownBy(() -> Repaired.by(databases, folder, plan, triggers))
                    .hasMessageContaining("LB-490");
        }
    }

    private static final String DOORS =
            "CREATE TABLE doors (id int PRIMARY KEY, v text); INSERT INTO doors SELECT i, 'd' || i FROM generate_series(1, 9) i";

    private static final String ON_DOORS =
            "AFTER INSERT OR UPDATE OR DELETE ON doors FOR EACH ROW EXECUTE FUNCTION trace()";

    private static List<String> states(Databases databases) throws Exception {
        return Databases.column(
                databases.live,
                "SELECT tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger ORDER BY 1");
    }

    /// Damages live, plans the repair of one table, lets live move on, and repairs without triggers.
    ///
    /// @param written how many rows can be repaired all the same
    /// @param broken counts what violates a constraint
    private void keeps(String schema, String damage, String since, String table, int written, String broken)
            throws Exception {
        Databases databases = Databases.with(schema, TRACES, traced(table));
        databases.inLive("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table), damage);
        databases.inLive("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table));
        RepairPlan plan = plan(databases, table);
        databases.inLive("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table), since);
        databases.inLive("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table));
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.OFF);
        assertThat(Databases.column(databases.live, broken)).containsExactly("0");
        assertThat(report.total().skipped())
                .isNotEmpty()
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
        assertThat(report.total().written()).isEqualTo(written);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM traces"))
                .containsExactly("0");
    }

    private static String traced(String table) {
        return "CREATE TRIGGER trace_%1$s AFTER INSERT OR UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION trace()"
                .formatted(table);
    }

    private RepairPlan plan(Databases databases, String table) {
        Selection selection = new Selection(
                Set.of(new lifeboat.reconcile.TableName("public", table)),
                Map.of(),
                Optional.empty(),
                EnumSet.allOf(DifferenceClass.class));
        return Found.plan(databases, folder, ExampleRules.selecting(selection, Rules.plain(Found.NOW)));
    }
}
