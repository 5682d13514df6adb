package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A repair never deletes or changes a row that its plan does not name, in whatever database it is, seen or not.
class OtherDatabasesTest {
    @TempDir
    Path folder;

    /// Live has a row too many, to which a row of another database refers.
    private static Databases referredTo(Engine engine, String rule) throws Exception {
        Databases databases = Databases.on(
                engine, "CREATE TABLE p (id INT PRIMARY KEY, v INT)", "INSERT INTO p VALUES (1, 1), (2, 2)");
        databases.inLive("INSERT INTO p VALUES (9, 9)", "UPDATE p SET v = 0 WHERE id = 1");
        String other = other(databases);
        engine.run("test", "CREATE DATABASE `%s`".formatted(other));
        engine.run(
                "test",
                "CREATE TABLE `%1$s`.`c d` (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES `%2$s`.p (id) %3$s)"
                        .formatted(other, databases.live, rule),
                "INSERT INTO `%s`.`c d` VALUES (5, 9)".formatted(other));
        return databases;
    }

    private static String other(Databases databases) {
        return "other of-é " + databases.live;
    }

    private static void user(Databases databases, String... grants) throws Exception {
        for (String host : List.of("localhost", "127.0.0.1")) {
            String user = "clerk@'%s'".formatted(host);
            databases.engine.run("test", "DROP USER IF EXISTS " + user, "CREATE USER " + user);
            databases.engine.run("test", "GRANT ALL ON `%s`.* TO %s".formatted(databases.live, user));
            databases.engine.run("test", "GRANT CREATE, SELECT, INSERT ON lifeboat.* TO " + user);
            for (String grant : grants) {
                databases.engine.run("test", "GRANT %s TO %s".formatted(grant, user));
            }
        }
    }

    private Optional<Refusal> refused(Databases databases, RepairPlan plan) {
        try (var store = clerk(databases)) {
            return store.refuses(plan);
        }
    }

    private static MySqlRepairs clerk(Databases databases) {
        return MySqlRepairs.open(
                databases.copyEndpoint(),
                new MySqlEndpoint(databases.engine.url(databases.live, "clerk")),
                Set.of(),
                Triggers.ASK);
    }

    @ParameterizedTest
    @EnumSource
    void aRepairIsRefusedWhereItsUserWouldNotSeeWhatItsDeletesCascadeTo(Engine engine) throws Exception {
        Databases databases = referredTo(engine, "ON DELETE CASCADE");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        user(databases);
        assertThat(refused(databases, plan))
                .hasValueSatisfying(refusal -> assertThat(refusal.toString()).contains("LB-486"));
        user(databases, "PROCESS ON *.*");
        assertThat(refused(databases, plan))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.toString()).contains("LB-486", "c d", "GRANT SELECT"));
        user(databases, "PROCESS ON *.*", "SELECT ON `%s`.* ".formatted(other(databases)));
        assertThat(refused(databases, plan)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRepairIsNotRefusedForForeignKeysBetweenOtherDatabases(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, "CREATE TABLE p (id INT PRIMARY KEY)", "INSERT INTO p VALUES (1)");
        databases.inLive("INSERT INTO p VALUES (9)");
        referredTo(engine, "");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        user(databases, "PROCESS ON *.*");
        assertThat(refused(databases, plan)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noRuleOfAForeignKeyReachesRowsOutsideThePlan(Engine engine) throws Exception {
        for (String rule : List.of("ON DELETE CASCADE", "ON DELETE SET NULL", "ON DELETE RESTRICT")) {
            Databases databases = referredTo(engine, rule);
            String other = other(databases);
            // One that refers to the one that refers.
            engine.run(
                    "test",
                    "CREATE TABLE `%1$s`.e (c INT, FOREIGN KEY (c) REFERENCES `%1$s`.`c d` (id) ON DELETE CASCADE)"
                            .formatted(other),
                    "INSERT INTO `%s`.e VALUES (5)".formatted(other));
            user(databases, "PROCESS ON *.*", "SELECT ON `%s`.* ".formatted(other));
            RepairPlan plan = databases.plan(folder, Databases.NOW);
            RepairReport report;
            try (var store = clerk(databases)) {
                report = Databases.repaired(folder, plan, store, Progress.SILENT);
            }
            assertThat(report.total().skipped())
                    .as(rule)
                    .containsExactly(new Skipped(RowKey.of("9"), Why.REFUSED_BY_CONSTRAINT));
            assertThat(report.total().written()).isEqualTo(1);
            assertThat(engine.column(other, "SELECT CONCAT(id, p) FROM `c d`")).containsExactly("59");
            assertThat(engine.column(other, "SELECT c FROM e")).containsExactly("5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfATableWithoutAKeyIsNotDeletedWhereThatCascades(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE p (n INT, v INT, UNIQUE (n))",
                "INSERT INTO p VALUES (1, 1), (2, 2)",
                "CREATE TABLE c (id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES p (n) ON DELETE CASCADE)");
        databases.inLive("INSERT INTO p VALUES (9, 9), (8, 8)", "INSERT INTO c VALUES (5, 9)");
        Set<TableName> only = Set.of(TableName.of("p"));
        RepairPlan plan = databases.plan(folder, KeyCuts.Most.A_PIECE, Rules.plain(Databases.NOW), only);
        RepairReport report = databases.repaired(folder, plan, only);
        assertThat(databases.liveColumn("SELECT CONCAT(id, p) FROM c ORDER BY id"))
                .containsExactly("59");
        assertThat(databases.liveColumn("SELECT n FROM p ORDER BY n")).containsExactly("1", "2", "9");
        assertThat(report.total().skipped()).extracting(Skipped::why).containsExactly(Why.REFUSED_BY_CONSTRAINT);
    }
}
