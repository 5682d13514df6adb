package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.StructureDifference;
import lifeboat.reconcile.Verdict;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Equal rows are not the whole: what is beside them is compared, or named.
class MySqlStructureTest {
    private static final String[] GARAGE = {
        "CREATE TABLE owners (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(30) NOT NULL DEFAULT 'nobody')",
        "CREATE TABLE cars (id INT PRIMARY KEY, owner BIGINT, net INT, gross INT AS (net * 2) STORED, tax INT AS (net + 1) VIRTUAL,"
                + " CONSTRAINT net_ok CHECK (net < 1000), KEY by_net (net),"
                + " CONSTRAINT belongs FOREIGN KEY (owner) REFERENCES owners (id) ON DELETE CASCADE)",
        "CREATE TRIGGER seen BEFORE INSERT ON cars FOR EACH ROW SET NEW.net = NEW.net",
        "INSERT INTO owners (name) VALUES ('a'), ('b'), ('c')",
        "DELETE FROM owners WHERE name = 'c'",
        "INSERT INTO cars (id, owner, net) VALUES (1, 1, 0), (2, 2, 0)",
    };

    @TempDir
    Path folder;

    static Stream<Arguments> changes() {
        return Stream.of(
                        List.of("column", "cars.gross", "ALTER TABLE cars MODIFY gross INT AS (net * 3) STORED"),
                        List.of("column", "cars.tax", "ALTER TABLE cars MODIFY tax INT AS (net + 2) VIRTUAL"),
                        List.of("column", "owners.name", "ALTER TABLE owners ALTER name SET DEFAULT 'x'"),
                        List.of("column", "owners.name", "ALTER TABLE owners MODIFY name VARCHAR(30) DEFAULT 'nobody'"),
                        List.of("index", "cars.by_net", "ALTER TABLE cars DROP KEY by_net"),
                        List.of("index", "cars.by_id", "CREATE UNIQUE INDEX by_id ON cars (id, net)"),
                        List.of("check constraint", "cars.net_ok", "ALTER TABLE cars DROP CONSTRAINT net_ok"),
                        List.of("foreign key", "cars.belongs", "ALTER TABLE cars DROP FOREIGN KEY belongs"),
                        List.of("trigger", "cars.seen", "DROP TRIGGER seen"),
                        List.of("position", "owners.AUTO_INCREMENT", "ALTER TABLE owners AUTO_INCREMENT = 1"))
                .flatMap(change -> Stream.of(Engine.values())
                        .map(engine -> Arguments.of(engine, change.get(0), change.get(1), change.get(2))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatDiffersBesideTheRowsIsNamedAndTheWholeIsNotEqual(Engine engine, String kind, String object, String change)
            throws Exception {
        Databases databases = Databases.on(engine, GARAGE);
        databases.inLive(change);
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThat(plan.counts().repairs()).isZero();
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.findings().differences())
                .extracting(difference -> difference.kind() + " " + difference.object())
                .containsExactly(kind + " " + object);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsTheSameIsEqualAndWhatWasNotComparedIsSaid(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, GARAGE);
        databases.inLive("ALTER TABLE owners AUTO_INCREMENT = 5000"); // it goes on after the point in time
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThat(plan.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(plan.findings().notCompared())
                .anyMatch(text -> text.contains("views, routines and events"))
                .anyMatch(text -> text.contains("grants"))
                .noneMatch(text -> text.contains("triggers"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void triggersThatTheUserDoesNotSeeAreNotCalledEqual(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, GARAGE);
        String host = engine == Engine.MARIADB ? "localhost" : "127.0.0.1";
        engine.run(
                "test",
                "CREATE USER IF NOT EXISTS visitor@'%s'".formatted(host),
                "GRANT SELECT ON *.* TO visitor@'%s'".formatted(host));
        databases.inLive("DROP TRIGGER seen");
        try (var comparison = MySqlComparison.open(
                new MySqlEndpoint(engine.url(databases.copy, "visitor")),
                new MySqlEndpoint(engine.url(databases.live, "visitor")),
                java.util.Set.of(),
                Optional.empty(),
                List.of())) {
            assertThat(comparison.structureFindings().notCompared()).anyMatch(text -> text.contains("TRIGGER"));
            assertThat(comparison.structureFindings().differences())
                    .extracting(StructureDifference::kind)
                    .isEmpty();
        }
    }
}
