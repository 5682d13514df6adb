package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that no order of writing repairs, because each waits for another.
class WaitingRowsTest {
    private static final String PEOPLE = """
            CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE NOT NULL);
            INSERT INTO people SELECT i, 'e' || i FROM generate_series(1, 50) i;
            CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people %s);
            INSERT INTO orders SELECT i, 1 + i %% 50 FROM generate_series(1, 100) i""";

    private static final String SWAP = """
            UPDATE people SET email = 'x' WHERE id = 1; UPDATE people SET email = 'e1' WHERE id = 2;
            UPDATE people SET email = 'e2' WHERE id = 1""";

    private static final String CIRCLE = """
            CREATE TABLE teams (id int PRIMARY KEY, head int);
            CREATE TABLE staff (id int PRIMARY KEY, team int NOT NULL REFERENCES teams);
            INSERT INTO teams SELECT i FROM generate_series(1, 5) i;
            INSERT INTO staff SELECT i, 1 + i % 5 FROM generate_series(1, 20) i;
            UPDATE teams SET head = (SELECT min(id) FROM staff WHERE team = teams.id);
            ALTER TABLE teams ADD FOREIGN KEY (head) REFERENCES staff""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "ON UPDATE CASCADE"})
    void valuesThatChangedPlacesAreRepairedAndTakenBack(String action) throws Exception {
        repairsAndUndoes(PEOPLE.formatted(action), SWAP, "people", "orders");
    }

    @Test
    void valuesThatMovedThroughAWholeTableAreRepairedAndTakenBack() throws Exception {
        repairsAndUndoes(
                "CREATE TABLE ranks (id int PRIMARY KEY, rank int NOT NULL UNIQUE); INSERT INTO ranks SELECT i, i FROM generate_series(1, 2500) i",
                "UPDATE ranks SET rank = rank + 100000; UPDATE ranks SET rank = rank - 100001",
                "ranks");
    }

    @Test
    void rowsThatReferToEachOtherAreInsertedAndDeletedTogether() throws Exception {
        repairsAndUndoes(CIRCLE, """
                UPDATE teams SET head = NULL WHERE id = 3; DELETE FROM staff WHERE team = 3; DELETE FROM teams WHERE id = 3;
                INSERT INTO teams VALUES (9); INSERT INTO staff VALUES (99, 9); UPDATE teams SET head = 99 WHERE id = 9""", "teams", "staff");
    }

    @Test
    void missingRowsAndMovedValuesOfADeferrableConstraintAreRepairedAndTakenBack() throws Exception {
        repairsAndUndoes(
                "CREATE TABLE ranks (id int PRIMARY KEY, rank int NOT NULL UNIQUE DEFERRABLE); INSERT INTO ranks SELECT i, i FROM generate_series(1, 60) i",
                "BEGIN; SET CONSTRAINTS ALL DEFERRED; UPDATE ranks SET rank = 61 - rank; DELETE FROM ranks WHERE id = 7; COMMIT",
                "ranks");
    }

    @Test
    void aParentUnderANewKeyGetsItsOldOneBackAndKeepsItsChildren() throws Exception {
        repairsAndUndoes(
                PEOPLE.formatted("ON UPDATE CASCADE ON DELETE CASCADE"),
                "UPDATE people SET id = id + 1000 WHERE id < 5",
                "people",
                "orders");
    }

    @Test
    void aTreeOfUnexpectedRowsIsDeletedThoughDeletingWouldCascade() throws Exception {
        repairsAndUndoes(
                "CREATE TABLE nodes (id int PRIMARY KEY, parent int REFERENCES nodes ON DELETE CASCADE); INSERT INTO nodes VALUES (1, NULL), (2, 1)",
                "INSERT INTO nodes VALUES (10, NULL), (11, 10), (12, 11); UPDATE nodes SET parent = 12 WHERE id = 10",
                "nodes");
    }

    @Test
    void valuesThatChangedPlacesStayWhereChildrenWouldBeDeletedOnTheWay() throws Exception {
        Databases databases = Databases.with(PEOPLE.formatted("ON DELETE CASCADE"));
        databases.inLive(SWAP);
        List<String> orders = rows(databases.live, "orders");
        RepairReport report = Repaired.by(databases, folder, plan(databases));
        assertThat(report.total().written()).isZero();
        assertThat(report.total().skipped())
                .hasSize(2)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
        assertThat(rows(databases.live, "orders")).isEqualTo(orders);
    }

    @Test
    void aGoodRowThatHoldsAValueKeepsOnlyTheRowThatWantsIt() throws Exception {
        Databases databases = Databases.with(PEOPLE.formatted(""), "DROP TABLE orders");
        databases.inLive(SWAP, "UPDATE people SET email = 'y' WHERE id = 3");
        RepairPlan plan = plan(databases);
        databases.inLive("INSERT INTO people VALUES (77, 'e3')");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(Databases.column(databases.live, "SELECT email FROM people WHERE id IN (1, 2, 3, 77) ORDER BY id"))
                .containsExactly("e1", "e2", "y", "e3");
    }

    @Test
    void aGoodRowThatRefersKeepsTheWholeCircle() throws Exception {
        Databases databases = Databases.with(CIRCLE);
        databases.inLive(
                "INSERT INTO teams VALUES (9); INSERT INTO staff VALUES (99, 9); UPDATE teams SET head = 99 WHERE id = 9");
        RepairPlan plan = plan(databases);
        databases.inLive("INSERT INTO staff VALUES (100, 9)");
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().written()).isZero();
        assertThat(report.total().skipped()).hasSize(2);
        assertThat(Databases.column(databases.live, "SELECT count(*) FROM staff WHERE team = 9"))
                .containsExactly("2");
    }

    @Test
    void withoutTriggersAChildOfAPartitionedParentFindsIt() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
                CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
                CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p); INSERT INTO p VALUES (1), (11);
                INSERT INTO c VALUES (1, 1), (2, 11)""");
        databases.inLive("DELETE FROM c");
        RepairReport report = Repaired.by(databases, folder, plan(databases), Triggers.OFF);
        assertThat(report.total().written()).isEqualTo(2);
        assertThat(report.total().skipped()).isEmpty();
    }

    private void repairsAndUndoes(String schema, String damage, String... tables) throws Exception {
        Databases databases = Databases.with(schema);
        databases.inLive(damage);
        List<List<String>> before = all(databases.live, tables);
        RepairPlan plan = plan(databases);
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped()).isEmpty();
        assertThat(all(databases.live, tables)).isEqualTo(all(databases.copy, tables));
        assertThat(Repaired.undone(databases, folder, plan, Triggers.ASK)
                        .total()
                        .skipped())
                .isEmpty();
        assertThat(all(databases.live, tables)).isEqualTo(before);
    }

    private RepairPlan plan(Databases databases) {
        return Found.plan(databases, folder, Rules.plain(Found.NOW));
    }

    private static List<List<String>> all(String database, String... tables) throws Exception {
        List<List<String>> all = new ArrayList<>();
        for (String table : tables) {
            all.add(rows(database, table));
        }
        return all;
    }

    private static List<String> rows(String database, String table) throws Exception {
        return Databases.column(database, "SELECT t::text FROM %s AS t ORDER BY 1".formatted(table));
    }
}
