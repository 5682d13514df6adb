package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

/// A repair writes the rows of its plan. What a foreign key would delete or change besides stays as it is.
class CascadesTest {
    @TempDir
    Path folder;

    /// A foreign key may refer to unique values that can be NULL, by which rows cannot be told apart.
    @ParameterizedTest
    @ValueSource(strings = {"CASCADE", "SET NULL", "SET DEFAULT"})
    void aParentWithoutAKeyIsNotDeletedFromUnderItsChildren(String action) throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE codes (code text UNIQUE, what text);
                CREATE TABLE uses (id int PRIMARY KEY, code text DEFAULT 'b' REFERENCES codes (code) ON DELETE %s);
                INSERT INTO codes VALUES ('a', 'x'), ('b', 'y'), (NULL, 'z'); INSERT INTO uses VALUES (1, 'a'), (2, 'b')""".formatted(action));
        databases.inLive(
                "UPDATE codes SET what = 'damaged' WHERE code = 'a'",
                "INSERT INTO codes VALUES ('c', 'x'), (NULL, 'w')");
        RepairReport report = repaired(databases, plan(databases));
        assertThat(Databases.column(databases.live, "SELECT u::text FROM uses u ORDER BY 1"))
                .containsExactly("(1,a)", "(2,b)");
        assertThat(Databases.column(databases.live, "SELECT c::text FROM codes c ORDER BY 1"))
                .as("what nobody refers to is repaired")
                .containsExactly("(,z)", "(a,damaged)", "(b,y)");
        assertThat(report.total().skipped())
                .hasSize(2)
                .allSatisfy(skipped -> assertThat(skipped.why()).isEqualTo(Why.REFUSED_BY_CONSTRAINT));
    }

    @Test
    void anUndoDoesNotDeleteAParentThatHasGotChildren() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE codes (code text UNIQUE, what text);
                CREATE TABLE uses (id int PRIMARY KEY, code text REFERENCES codes (code) ON DELETE CASCADE);
                INSERT INTO codes VALUES ('a', 'x'), ('b', 'y')""");
        databases.inLive("DELETE FROM codes");
        RepairPlan plan = plan(databases);
        assertThat(repaired(databases, plan).total().written()).isEqualTo(2);
        databases.inLive("INSERT INTO uses VALUES (1, 'a')");
        Repaired.undone(databases, folder, plan, Triggers.ASK);
        assertThat(Databases.column(databases.live, "SELECT u::text FROM uses u"))
                .containsExactly("(1,a)");
        assertThat(Databases.column(databases.live, "SELECT code FROM codes")).containsExactly("a");
    }

    /// The scale of a number is no part of a key, and still is what a foreign key passes on.
    @Test
    void childrenDoNotFollowTheScaleOfTheirParentsKey() throws Exception {
        Databases databases = Databases.with("""
                CREATE TABLE p (id numeric PRIMARY KEY, v text);
                CREATE TABLE c (id int PRIMARY KEY, p numeric REFERENCES p ON UPDATE CASCADE);
                INSERT INTO p VALUES (1.0, 'a'), (2.0, 'b'); INSERT INTO c VALUES (1, 1.000)""");
        databases.inLive("SET session_replication_role = replica; UPDATE p SET id = id * 1.00");
        repaired(databases, plan(databases));
        assertThat(Databases.column(databases.live, "SELECT p::text FROM c")).containsExactly("1.000");
        assertThat(Databases.column(databases.live, "SELECT id::text FROM p ORDER BY id"))
                .isEqualTo(List.of("1.000", "2.0"));
    }

    private RepairPlan plan(Databases databases) {
        return Found.plan(databases, folder, Rules.plain(Found.NOW));
    }

    private RepairReport repaired(Databases databases, RepairPlan plan) throws Exception {
        return Repaired.by(databases, folder, plan);
    }
}
