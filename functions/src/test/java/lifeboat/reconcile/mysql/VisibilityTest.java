package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome.NotCompared;
import lifeboat.reconcile.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A server does not tell of tables that the user may not see: the whole is equal only where none can be hidden.
class VisibilityTest {
    @TempDir
    Path folder;

    private Engine engine = Engine.MARIADB;

    static Stream<Arguments> grants() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, "SELECT ON D.*", true),
                        Arguments.of(engine, "SELECT, INSERT ON *.*", true),
                        Arguments.of(engine, "ALL PRIVILEGES ON D.*", true),
                        Arguments.of(engine, "SELECT ON `D%`.*", true),
                        Arguments.of(engine, "SELECT ON `%`.*", true),
                        Arguments.of(engine, "INSERT ON D.*; SELECT ON D.seen", false),
                        Arguments.of(engine, "INSERT ON *.*; SELECT ON D.seen", false),
                        Arguments.of(engine, "SELECT (id) ON D.hidden; SELECT ON D.seen", false),
                        Arguments.of(engine, "SELECT ON `%`.*; INSERT ON D.*; SELECT ON D.seen", false),
                        Arguments.of(engine, "SELECT ON other.*; SELECT ON D.seen", false),
                        Arguments.of(engine, "LOCK TABLES, SHOW VIEW ON D.*; SELECT ON D.seen", false)));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void aHiddenTableKeepsTheWholeFromBeingEqual(Engine engine, String grants, boolean sees) throws Exception {
        this.engine = engine;
        Databases databases = shelves();
        List<String> user = user();
        for (String database : List.of(databases.copy, databases.live)) {
            for (String grant : grants.split("; ", -1)) {
                user.add("GRANT " + grant.replaceAll("\\bD\\b", database).replace("`D", "`" + database) + " TO "
                        + clerk());
            }
        }
        engine.run("test", user.toArray(String[]::new));
        RepairPlan plan = plan(databases, Set.of());
        assertThat(plan.verdict()).isEqualTo(sees ? Verdict.DIFFERENT : Verdict.INCOMPLETE);
        if (!sees) {
            assertThat(plan.tables())
                    .filteredOn(NotCompared.class::isInstance)
                    .extracting(table -> ((NotCompared) table).detail())
                    .anyMatch(text -> text.contains("GRANT SELECT ON `%s`.* TO %s".formatted(databases.live, clerk())))
                    .anyMatch(text -> text.contains("GRANT SELECT ON `%s`.* TO %s".formatted(databases.copy, clerk())));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void tablesThatAreNamedNeedNoMoreThanThemselves(Engine engine) throws Exception {
        this.engine = engine;
        Databases databases = shelves();
        List<String> user = user();
        user.add("GRANT SELECT ON %s.seen TO %s".formatted(databases.copy, clerk()));
        user.add("GRANT SELECT ON %s.seen TO %s".formatted(databases.live, clerk()));
        engine.run("test", user.toArray(String[]::new));
        assertThat(plan(databases, Set.of(TableName.of("seen"))).verdict()).isEqualTo(Verdict.EQUAL);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRoleCountsOnlyWhileItIsInUse(Engine engine) throws Exception {
        this.engine = engine;
        Databases databases = shelves();
        List<String> user = user();
        user.addAll(List.of("DROP ROLE IF EXISTS readers", "CREATE ROLE readers"));
        for (String database : List.of(databases.copy, databases.live)) {
            user.add("GRANT SELECT ON %s.* TO readers".formatted(database));
            user.add("GRANT SELECT ON %s.seen TO %s".formatted(database, clerk()));
        }
        user.add("GRANT readers TO " + clerk());
        engine.run("test", user.toArray(String[]::new));
        assertThat(plan(databases, Set.of()).verdict()).isEqualTo(Verdict.INCOMPLETE);
        engine.run(
                "test",
                engine == Engine.MARIADB
                        ? "SET DEFAULT ROLE readers FOR " + clerk()
                        : "ALTER USER %s DEFAULT ROLE readers".formatted(clerk()));
        assertThat(plan(databases, Set.of()).verdict()).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void whatIsRevokedInPartIsNotSeen() throws Exception {
        engine = Engine.MYSQL;
        Databases databases = shelves();
        engine.under("partial_revokes", "1", () -> {
            List<String> user = user();
            user.add("GRANT SELECT ON *.* TO " + clerk());
            for (String database : List.of(databases.copy, databases.live)) {
                user.add("REVOKE SELECT ON %s.* FROM %s".formatted(database, clerk()));
                user.add("GRANT SELECT ON %s.seen TO %s".formatted(database, clerk()));
            }
            engine.run("test", user.toArray(String[]::new));
            assertThat(plan(databases, Set.of()).verdict()).isEqualTo(Verdict.INCOMPLETE);
            engine.run("test", "DROP USER " + clerk());
        });
    }

    private Databases shelves() throws SQLException {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE seen (id INT PRIMARY KEY)",
                "INSERT INTO seen VALUES (1)",
                "CREATE TABLE hidden (id INT PRIMARY KEY, v INT)",
                "INSERT INTO hidden VALUES (1, 1)");
        databases.inLive("UPDATE hidden SET v = 2");
        return databases;
    }

    private List<String> user() {
        return new java.util.ArrayList<>(List.of("DROP USER IF EXISTS " + clerk(), "CREATE USER " + clerk()));
    }

    private String clerk() {
        return engine == Engine.MARIADB ? "'clerk'@'localhost'" : "'clerk'@'127.0.0.1'";
    }

    private RepairPlan plan(Databases databases, Set<TableName> tables) {
        try (var comparison = MySqlComparison.open(
                new MySqlEndpoint(engine.url(databases.copy, "clerk")),
                new MySqlEndpoint(engine.url(databases.live, "clerk")),
                tables,
                Optional.empty(),
                List.of())) {
            return new Diff(comparison, new LocalArchive(folder), Progress.SILENT)
                    .plan(
                            new EnvironmentName("local"),
                            Rules.plain(Databases.NOW),
                            "d" + System.nanoTime(),
                            2,
                            Databases.NOW);
        }
    }
}
