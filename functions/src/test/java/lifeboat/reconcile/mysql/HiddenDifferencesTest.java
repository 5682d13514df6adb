package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.TableOutcome.NotCompared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Differences that a server hides from the user, or by the text that it makes of a value.
class HiddenDifferencesTest {
    @TempDir
    Path folder;

    /// Columns that the user may not read are in no catalog, and an invisible one is not even in `*`.
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTableOfWhichAColumnIsOutOfSightIsNotEqual(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, v INT, h INT INVISIBLE)",
                "INSERT INTO t (id, v, h) VALUES (1, 1, 1)");
        databases.inLive("UPDATE t SET h = 2");
        String porter = engine == Engine.MARIADB ? "'porter'@'localhost'" : "'porter'@'127.0.0.1'";
        List<String> user = new ArrayList<>(List.of("DROP USER IF EXISTS " + porter, "CREATE USER " + porter));
        for (String database : List.of(databases.copy, databases.live)) {
            user.add("GRANT SELECT (id, v) ON %s.t TO %s".formatted(database, porter));
        }
        engine.run("test", user.toArray(String[]::new));
        Set<TableOutcome> outcomes = new java.util.HashSet<>();
        try (var comparison = MySqlComparison.open(
                new MySqlEndpoint(engine.url(databases.copy, "porter")),
                new MySqlEndpoint(engine.url(databases.live, "porter")),
                Set.of(TableName.of("t")),
                Optional.empty(),
                List.of())) {
            comparison.segments().forEach(segment -> outcomes.addAll(comparison.compare(segment, found -> {})));
        }
        assertThat(outcomes).singleElement().isInstanceOf(NotCompared.class);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void neighboursAmongTheNumbersDifferAndAreRepairedToTheBit(Engine engine) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        Databases databases =
                Databases.on(engine, "CREATE TABLE n (id INT PRIMARY KEY, d DOUBLE, f FLOAT, u DOUBLE UNSIGNED)");
        for (int id = 1; id <= 120; id++) {
            double d = finite(random.nextLong());
            float f = finite(random.nextInt());
            String row = "INSERT INTO n VALUES (%d, %s, %s, %s)";
            databases.inCopy(row.formatted(id, text(d), text(f), text(Math.abs(d))));
            databases.inLive(row.formatted(
                    id,
                    text(id % 3 == 0 ? Math.nextDown(d) : d),
                    text(id % 3 == 1 ? Math.nextDown(f) : f),
                    text(Math.abs(id % 3 == 2 ? Math.nextDown(d) : d))));
        }
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThat(databases.repaired(folder, plan, Set.of()).total().written()).isEqualTo(120);
        String differing =
                "SELECT COUNT(*) FROM %s.n a JOIN %s.n b ON a.id = b.id AND (a.d <> b.d OR a.f <> b.f OR a.u <> b.u)"
                        .formatted(databases.copy, databases.live);
        assertThat(databases.liveColumn(differing)).containsExactly("0");
    }

    private static double finite(long bits) {
        double value = Double.longBitsToDouble(bits);
        return Math.abs(value) > 1e-300 && Math.abs(value) < 1e300 ? value : bits / 7.0;
    }

    private static float finite(int bits) {
        float value = Float.intBitsToFloat(bits);
        return Math.abs(value) > 1e-37 && Math.abs(value) < 1e37 ? value : bits / 7f;
    }

    private static String text(double value) {
        String text = Double.toString(value);
        return text.contains("E") ? text : text + "e0";
    }

    @Test
    void rowsOfATableWithAHistoryAreFoundAndRepairedByTheirKey() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE fees (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
                """
                CREATE TABLE dues (id INT PRIMARY KEY, v INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
                  e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING""",
                "INSERT INTO fees SELECT seq, seq FROM seq_1_to_9",
                "INSERT INTO dues (id, v) SELECT seq, seq FROM seq_1_to_9");
        assertThat(differences(databases)).isEmpty();
        for (String table : List.of("fees", "dues")) {
            databases.inLive("UPDATE %s SET v = 0 WHERE id = 1".formatted(table));
            databases.inLive("DELETE FROM %s WHERE id = 2".formatted(table));
            databases.inLive("INSERT INTO %s (id, v) VALUES (77, 1)".formatted(table));
        }
        assertThat(differences(databases))
                .containsExactly(
                        "CHANGED dues 1",
                        "CHANGED fees 1",
                        "MISSING_IN_LIVE dues 2",
                        "MISSING_IN_LIVE fees 2",
                        "UNEXPECTED_IN_LIVE dues 77",
                        "UNEXPECTED_IN_LIVE fees 77");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThat(databases.repaired(folder, plan, Set.of()).total().written()).isEqualTo(6);
        assertThat(differences(databases)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTimeWithoutAZoneIsSaidToBeReadAsUtc(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE t (id INT PRIMARY KEY, at DATETIME)",
                "CREATE TABLE z (id INT PRIMARY KEY, at TIMESTAMP NULL)");
        try (var comparison = MySqlComparison.open(
                databases.copyEndpoint(), databases.liveEndpoint(), Set.of(), Optional.of("at"), List.of())) {
            assertThat(comparison.notes()).singleElement().asString().contains("\"at\" of table t", "UTC");
        }
    }

    private static Set<String> differences(Databases databases) {
        Set<String> found = new TreeSet<>();
        try (var comparison = databases.compare(KeyCuts.Most.A_PIECE)) {
            comparison
                    .segments()
                    .forEach(segment -> comparison.compare(
                            segment,
                            difference -> found.add(
                                    "%s %s %s".formatted(difference.kind(), difference.table(), difference.key()))));
        }
        return found;
    }
}
