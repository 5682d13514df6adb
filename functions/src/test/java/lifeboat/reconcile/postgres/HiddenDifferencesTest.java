package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.TableOutcome.NotCompared;
import lifeboat.reconcile.sql.StoreUnreachable;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Differences that a database hides by what its owner defined, or by what is broken in it.
class HiddenDifferencesTest {
    private static final String FIND_NO_MORE_THAN_THE_HEAP = "SET enable_indexscan = off; SET enable_bitmapscan = off";

    @TempDir
    Path folder;

    /// A cast to text can be anybody's, and leave out what differs.
    @Test
    void whatACastOfTheOwnersLeavesOutDiffersStill() throws Exception {
        Databases databases = Databases.with("""
                CREATE TYPE address AS (street text, town text); CREATE TYPE size AS ENUM ('s', 'm', 'l');
                CREATE FUNCTION label(address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).town';
                CREATE FUNCTION label(size) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''a size''';
                CREATE CAST (address AS text) WITH FUNCTION label(address);
                CREATE CAST (size AS text) WITH FUNCTION label(size);
                CREATE DOMAIN home AS address;
                CREATE TABLE homes (id int PRIMARY KEY, a address, h home);
                INSERT INTO homes VALUES (1, ('a', 't'), ('a', 't')), (2, ('b', 't'), ('b', 't')), (3, ('c', 't'), ('c', 't')), (4, NULL, NULL);
                CREATE TABLE pile (a address); INSERT INTO pile SELECT a FROM homes;
                CREATE TABLE shirts (s size PRIMARY KEY, n int); INSERT INTO shirts VALUES ('s', 1), ('m', 2), ('l', 3)""");
        assertThat(Found.between(databases).differences()).isEmpty();
        databases.inLive(
                "UPDATE homes SET a.street = 'x' WHERE id = 1; UPDATE homes SET h.street = 'x' WHERE id = 2",
                "UPDATE homes SET a = (NULL, NULL) WHERE id = 4; UPDATE pile SET a.street = 'x' WHERE (a).street = 'c'",
                "UPDATE shirts SET n = n + 7 WHERE s IN ('s', 'l')");
        assertThat(Found.between(databases).differences())
                .hasSize(7)
                .contains(
                        "CHANGED public.homes 1",
                        "CHANGED public.homes 2",
                        "CHANGED public.homes 4",
                        "CHANGED public.shirts s",
                        "CHANGED public.shirts l");
        var plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(Repaired.by(databases, folder, plan).total().skipped()).isEmpty();
        assertThat(Found.between(databases).differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void twoRowsOfOneKeyAreNeverTakenForOne(String lost) throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, 'x')",
                index("indisunique = false"),
                "INSERT INTO t VALUES (1, 'b')",
                index("indisunique = true"));
        databases.inLive("DELETE FROM t WHERE v = '%s'".formatted(lost), "UPDATE t SET v = v WHERE id = 1");
        assertThat(outcome(databases))
                .isInstanceOfSatisfying(
                        NotCompared.class, not -> assertThat(not.detail()).contains("two rows"));
    }

    /// Of a table that lies differently on both sides the rows come by its index, and one that is broken leaves out
    /// some.
    @Test
    void aRowThatTheIndexHasLostIsNotTakenForEqual() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, repeat('v', 100) FROM generate_series(1, 60000) i",
                index("indisready = false"),
                "INSERT INTO t VALUES (70000, 'lost')",
                index("indisready = true"),
                "ANALYZE t");
        databases.inLive(
                "UPDATE t SET v = v WHERE id <= 60000",
                index("indisready = false"),
                FIND_NO_MORE_THAN_THE_HEAP + "; UPDATE t SET v = 'damaged' WHERE id = 70000",
                index("indisready = true"),
                "VACUUM ANALYZE t");
        assertThat(Databases.column(databases.live, "SELECT v FROM t WHERE v = 'damaged'"))
                .hasSize(1);
        assertThat(outcome(databases))
                .isInstanceOfSatisfying(
                        NotCompared.class, not -> assertThat(not.detail()).contains("index"));
    }

    @Test
    void aColumnThatMayStillHoldNullIsNoKey() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE t (k int, v text); CREATE UNIQUE INDEX ON t (k);
                INSERT INTO t VALUES (NULL, 'a'), (NULL, 'b'), (1, 'c');
                ALTER TABLE t ADD CONSTRAINT later NOT NULL k NOT VALID""");
        databases.inLive("DELETE FROM t WHERE v IN ('b', 'c')");
        assertThat(Found.between(databases).differences()).hasSize(2);
    }

    @Test
    void triggersOfTablesWithoutAKeyFindWhatTheyName() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE t (v text); CREATE TABLE seen (v text); INSERT INTO t VALUES ('a'), ('b');
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (NEW.v); RETURN NEW; END $$;
                CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()""");
        databases.inLive("DELETE FROM t WHERE v = 'a'");
        var plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        assertThat(Repaired.by(databases, folder, plan, Triggers.FIRE).total().written())
                .isEqualTo(1);
    }

    @Test
    void aTimeWithoutAZoneIsSaidToBeReadAsUtc() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, at timestamp)",
                "CREATE TABLE z (id int PRIMARY KEY, at timestamptz)");
        Scope scope = new Scope(Set.of(), Optional.of("at"), List.of());
        try (var comparison = PostgresComparison.open(databases.copyEndpoint(), databases.liveEndpoint(), scope, 7)) {
            assertThat(comparison.notes()).singleElement().asString().contains("\"at\" of table public.t", "UTC");
        }
    }

    /// By another of its addresses a server is still the same.
    @Test
    void liveIsNotComparedWithItselfByAnotherAddress() throws Exception {
        Databases databases = Databases.with("CREATE TABLE t (id int PRIMARY KEY)");
        Endpoint here = new Endpoint(databases.liveEndpoint().url().replace("localhost", "127.0.0.1"));
        Endpoint there = new Endpoint(databases.liveEndpoint().url().replace("localhost", "[::1]"));
        assumeTrue(answers(there), "this machine has no IPv6");
        assertThatThrownBy(() -> PostgresComparison.open(here, there, Scope.ALL, 7))
                .hasMessageContaining("LB-421");
    }

    private static boolean answers(Endpoint endpoint) throws SQLException {
        try {
            endpoint.connect().close();
            return true;
        } catch (StoreUnreachable _) {
            return false;
        }
    }

    private static TableOutcome outcome(Databases databases) {
        return Found.between(databases).of("public.t").orElseThrow();
    }

    private static String index(String set) {
        return "UPDATE pg_index SET %s WHERE indexrelid = 't_pkey'::regclass".formatted(set);
    }
}
