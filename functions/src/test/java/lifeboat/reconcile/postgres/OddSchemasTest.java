package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schemas with triggers, keys, sequences and rights that are met in practice and easily forgotten.
class OddSchemasTest {
    private static final String T = """
            CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE other (id int, v text);
            INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 100) i""";

    @TempDir
    Path folder;

    @Test
    void aTriggerThatGivesARowAnotherKeyLeavesNothingBehind() throws Exception {
        Databases databases = Databases.with(T, trigger("NEW.id := NEW.id + 1000; RETURN NEW;", "BEFORE INSERT"));
        databases.inLive("DELETE FROM t WHERE id < 4");
        RepairReport report = Repaired.by(databases, folder, plan(databases), Triggers.FIRE);
        assertThat(report.total().written()).isZero();
        assertThat(report.total().skipped())
                .hasSize(3)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REWRITTEN_BY_TRIGGER));
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM t")).containsExactly("97");
    }

    @Test
    void aTriggerThatWritesElsewhereInsteadLeavesNothingBehind() throws Exception {
        Databases databases = Databases.with(
                T, trigger("INSERT INTO public.other VALUES (NEW.id, NEW.v); RETURN NULL;", "BEFORE INSERT"));
        databases.inLive("DELETE FROM t WHERE id < 4");
        RepairReport report = Repaired.by(databases, folder, plan(databases), Triggers.FIRE);
        assertThat(report.total().skipped())
                .hasSize(3)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.SUPPRESSED_BY_TRIGGER));
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM other"))
                .containsExactly("0");
    }

    @Test
    void aTriggerThatRewritesOneRowDoesNotKeepTheOthersFromBeingRepaired() throws Exception {
        Databases databases = Databases.with(
                T, trigger("NEW.v := CASE NEW.id WHEN 7 THEN 'seven' ELSE NEW.v END; RETURN NEW;", "BEFORE UPDATE"));
        databases.inLive("ALTER TABLE t DISABLE TRIGGER tr; UPDATE t SET v = 'x'; ALTER TABLE t ENABLE TRIGGER tr");
        RepairReport report = Repaired.by(databases, folder, plan(databases), Triggers.FIRE);
        assertThat(report.total().written()).isEqualTo(99);
        assertThat(report.total().skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.key().toString()).isEqualTo("7"));
    }

    @Test
    void triggersThatCannotBeSwitchedOffAreSaidBeforeTheFirstWrite() throws Exception {
        Databases databases =
                Databases.with(T, trigger("RETURN NEW;", "AFTER UPDATE"), "ALTER TABLE t ENABLE ALWAYS TRIGGER tr");
        databases.inLive("UPDATE t SET v = 'x' WHERE id = 1");
        RepairPlan plan = plan(databases);
        assertThatThrownBy(() -> Repaired.by(databases, folder, plan, Triggers.OFF))
                .hasMessageContaining("LB-436")
                .hasMessageContaining("public.t (tr)");
        assertThat(Repaired.by(databases, folder, plan, Triggers.FIRE).total().written())
                .isEqualTo(1);
    }

    @Test
    void aTriggerThatKeepsDeletesAndChangesFromHappeningIsNamedAsWhatItIs() throws Exception {
        Databases databases = Databases.with(T, trigger("RETURN NULL;", "BEFORE UPDATE OR DELETE"));
        databases.inLive(
                "ALTER TABLE t DISABLE TRIGGER tr; UPDATE t SET v = 'x' WHERE id < 4; ALTER TABLE t ENABLE TRIGGER tr",
                "INSERT INTO t VALUES (700, 'new')");
        RepairReport report = Repaired.by(databases, folder, plan(databases), Triggers.FIRE);
        assertThat(report.total().written()).isZero();
        assertThat(report.total().skipped())
                .hasSize(4)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.SUPPRESSED_BY_TRIGGER));
    }

    @Test
    void aTakenValueOfATableWithTriggersIsStillAConstraintsRefusal() throws Exception {
        Databases databases =
                Databases.with(T, "ALTER TABLE t ADD UNIQUE (v)", trigger("RETURN NEW;", "BEFORE INSERT"));
        databases.inLive("DELETE FROM t WHERE id < 4");
        RepairPlan plan = plan(databases);
        databases.inLive("INSERT INTO t VALUES (900, 'v2')");
        RepairReport report = Repaired.by(databases, folder, plan, Triggers.FIRE);
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(report.total().skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
    }

    @Test
    void keysOfExtensionTypesAreComparedAndRepaired() throws Exception {
        Databases databases = Databases.with("""
                CREATE EXTENSION ltree; CREATE EXTENSION hstore; CREATE EXTENSION citext;
                CREATE TABLE paths (p ltree PRIMARY KEY, v int); INSERT INTO paths VALUES ('a.b', 1), ('a.c', 2), ('x', 3);
                CREATE TABLE tags (h hstore PRIMARY KEY, v int); INSERT INTO tags VALUES ('a=>1', 1), ('b=>2', 2);
                CREATE TABLE names (n citext PRIMARY KEY, v int); INSERT INTO names VALUES ('Aa', 1), ('b', 2), ('c', 3)""");
        databases.inLive("""
                UPDATE paths SET v = 9 WHERE v = 1; DELETE FROM paths WHERE v = 3; UPDATE tags SET v = 7 WHERE v = 1;
                UPDATE names SET n = 'AA' WHERE v = 1; UPDATE names SET v = 8 WHERE v = 2""");
        RepairReport report = Repaired.by(databases, folder, plan(databases));
        assertThat(report.total().skipped()).isEmpty();
        for (String table : List.of("paths", "tags", "names")) {
            String all = "SELECT t::text FROM %s AS t ORDER BY 1".formatted(table);
            assertThat(Databases.column(databases.live, all)).isEqualTo(Databases.column(databases.copy, all));
        }
    }

    @Test
    void aChildThatRefersByCaseInsensitiveTextKeepsItsParent() throws Exception {
        Databases databases = Databases.with("""
                CREATE EXTENSION citext; CREATE TABLE p (n citext PRIMARY KEY);
                CREATE TABLE c (id int PRIMARY KEY, n citext REFERENCES p ON DELETE CASCADE)""");
        databases.inLive("INSERT INTO p VALUES ('AA')");
        RepairPlan plan = plan(databases);
        databases.inLive("INSERT INTO c VALUES (1, 'aa')");
        Repaired.by(databases, folder, plan);
        assertThat(Databases.column(databases.live, "SELECT n FROM c")).containsExactly("aa");
    }

    @Test
    void aRowIsRepairedThoughOthersReferToOneOfItsUnchangedValues() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE NOT NULL, price int);
                CREATE TABLE c (id int PRIMARY KEY, code text REFERENCES p (code) ON UPDATE CASCADE ON DELETE CASCADE);
                INSERT INTO p SELECT i, 'c' || i, i FROM generate_series(1, 20) i;
                INSERT INTO c SELECT i, 'c' || i FROM generate_series(1, 20) i""");
        databases.inLive("UPDATE p SET price = 0 WHERE id < 4");
        assertThat(Repaired.by(databases, folder, plan(databases)).total().written())
                .isEqualTo(3);
    }

    @Test
    void sequencesOfPartitionsAndOfDefaultsMoveAndThoseOfTextsAreTold() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE parts (id bigserial, d int, PRIMARY KEY (id, d)) PARTITION BY LIST (d);
                CREATE TABLE part1 PARTITION OF parts FOR VALUES IN (1);
                CREATE SEQUENCE numbers; CREATE TABLE drawn (id int PRIMARY KEY DEFAULT nextval('numbers'));
                CREATE SEQUENCE codes; CREATE TABLE coded (id text PRIMARY KEY DEFAULT 'A' || nextval('codes'));
                INSERT INTO parts (d) SELECT 1 FROM generate_series(1, 20);
                INSERT INTO drawn SELECT nextval('numbers') FROM generate_series(1, 30);
                INSERT INTO coded SELECT 'A' || nextval('codes') FROM generate_series(1, 5)""");
        databases.inLive("""
                TRUNCATE parts RESTART IDENTITY; DELETE FROM drawn WHERE id > 9; SELECT setval('numbers', 9);
                DELETE FROM coded WHERE id = 'A3'""");
        RepairReport report = Repaired.by(databases, folder, plan(databases));
        assertThat(report.settled()).anySatisfy(done -> assertThat(done).contains("public.codes", "no number"));
        assertThat(Databases.column(databases.live, "SELECT nextval('parts_id_seq') > 20 AND nextval('numbers') > 30"))
                .containsExactly("t");
    }

    @Test
    void rightsOnSequencesAndOnTablesThatAreOnlyLookedAtAreAskedForToo() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE p (id serial PRIMARY KEY); CREATE TABLE c (p int REFERENCES p ON DELETE CASCADE)",
                "DO $$ BEGIN CREATE ROLE porter LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "GRANT ALL ON p TO porter");
        databases.inCopy("INSERT INTO p VALUES (DEFAULT)");
        databases.inLive("INSERT INTO p VALUES (7)");
        RepairPlan plan = plan(databases);
        assertThatThrownBy(() -> Repaired.by(
                        databases, folder, plan, databases.liveAs("porter"), Triggers.FIRE, Progress.SILENT))
                .hasMessageContaining("LB-427")
                .hasMessageContaining("SELECT on public.c")
                .hasMessageContaining("USAGE on sequence public.p_id_seq");
    }

    @Test
    void rightsOnSequencesAreAskedForOnlyWhereOneHasToBeMoved() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE p (id serial PRIMARY KEY, v int); INSERT INTO p (v) SELECT i FROM generate_series(1, 9) i",
                "DO $$ BEGIN CREATE ROLE usher LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "GRANT ALL ON p TO usher");
        databases.inLive("INSERT INTO p VALUES (70)");
        assertThat(as(databases, "usher").total().written())
                .as("a deletion needs none")
                .isEqualTo(1);
        databases.inLive("DELETE FROM p WHERE id = 2", "GRANT USAGE ON SEQUENCE p_id_seq TO usher");
        assertThat(as(databases, "usher").total().written()).isEqualTo(1);
        databases.inLive("DELETE FROM p WHERE id = 3", "SELECT setval('p_id_seq', 1)");
        assertThat(as(databases, "usher").settled())
                .singleElement()
                .satisfies(moved -> assertThat(moved).isEqualTo("sequence public.p_id_seq moved from 1 beyond 9"));
        databases.inLive("DELETE FROM p WHERE id = 4");
        databases.inCopy("SELECT setval('p_id_seq', 5000000)");
        assertThatThrownBy(() -> as(databases, "usher"))
                .hasMessageContaining("LB-427")
                .hasMessageContaining("UPDATE on sequence public.p_id_seq");
    }

    private RepairReport as(Databases databases, String user) throws Exception {
        return Repaired.by(databases, folder, plan(databases), databases.liveAs(user), Triggers.FIRE, Progress.SILENT);
    }

    @Test
    void longValuesAreCutWhereTheyLieAndStillToldApart() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE big (id int PRIMARY KEY, v text)", "INSERT INTO big VALUES (1, repeat('x', 10000))");
        databases.inLive("UPDATE big SET v = repeat('x', 9999) || 'y'");
        try (var comparison =
                PostgresComparison.open(databases.copyEndpoint(), databases.liveEndpoint(), Scope.ALL, 7)) {
            List<Difference> differences = new ArrayList<>();
            comparison.segments().forEach(segment -> comparison.compare(segment, differences::add));
            assertThat(comparison.explain(differences)).singleElement().satisfies(sample -> {
                var field = sample.fields().getFirst();
                assertThat(field.copy().orElseThrow())
                        .startsWith("xxx")
                        .contains("10000 characters, SHA-256 ")
                        .hasSizeLessThan(300);
                assertThat(field.live()).isNotEqualTo(field.copy());
            });
        }
    }

    @Test
    void timeoutsOfTheRoleDoNotEndTheComparison() throws Exception {
        Databases databases = Databases.with(
                T,
                "DO $$ BEGIN CREATE ROLE hasty LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "ALTER ROLE hasty SET idle_in_transaction_session_timeout = 1; ALTER ROLE hasty SET statement_timeout = 1");
        try (var connection = databases.liveAs("hasty").connect()) {
            assertThat(Side.one(connection, "SHOW idle_in_transaction_session_timeout"))
                    .isEqualTo("0");
            assertThat(Side.one(connection, "SHOW statement_timeout")).isEqualTo("0");
        }
    }

    private RepairPlan plan(Databases databases) {
        return Found.plan(databases, folder, Rules.plain(Found.NOW));
    }

    private static String trigger(String body, String when) {
        return "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s END $$; CREATE TRIGGER tr %s ON t FOR EACH ROW EXECUTE FUNCTION f()"
                .formatted(body, when);
    }
}
