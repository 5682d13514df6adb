package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import lifeboat.engines.LocalPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One object of every kind on both sides; whatever the copy loses or has otherwise is a difference.
class StructureKindsTest {
    /// What `pg_dump` of PostgreSQL 18 tells apart.
    private static final List<String> DUMPABLE =
            """
            DO_NAMESPACE DO_EXTENSION DO_TYPE DO_SHELL_TYPE DO_FUNC DO_AGG DO_OPERATOR DO_ACCESS_METHOD DO_OPCLASS DO_OPFAMILY
            DO_COLLATION DO_CONVERSION DO_TABLE DO_TABLE_ATTACH DO_ATTRDEF DO_INDEX DO_INDEX_ATTACH DO_STATSEXT DO_RULE DO_TRIGGER
            DO_CONSTRAINT DO_FK_CONSTRAINT DO_PROCLANG DO_CAST DO_TABLE_DATA DO_SEQUENCE_SET DO_DUMMY_TYPE DO_TSPARSER DO_TSDICT
            DO_TSTEMPLATE DO_TSCONFIG DO_FDW DO_FOREIGN_SERVER DO_DEFAULT_ACL DO_TRANSFORM DO_LARGE_OBJECT DO_LARGE_OBJECT_DATA
            DO_PRE_DATA_BOUNDARY DO_POST_DATA_BOUNDARY DO_EVENT_TRIGGER DO_REFRESH_MATVIEW DO_POLICY DO_PUBLICATION
            DO_PUBLICATION_REL DO_PUBLICATION_TABLE_IN_SCHEMA DO_REL_STATS DO_SUBSCRIPTION DO_SUBSCRIPTION_REL""".lines().flatMap(line -> Stream.of(line.split(" "))).toList();

    private static final String FUNCTIONS = """
            create function plus(int, int) returns int language sql immutable as 'select $1 + $2';
            create function larger(int, int) returns int language sql immutable as 'select greatest($1, $2)';
            create function touch() returns trigger language plpgsql as 'begin return new; end';
            create function on_ddl() returns event_trigger language plpgsql as 'begin end';
            create type pair as (a int, b text);
            create function to_pair(text) returns pair language sql immutable as 'select 1, $1';
            create function cmp(pair, pair) returns int language sql immutable as 'select ($1).a - ($2).a';
            create function cmp2(pair, pair) returns int language sql immutable as 'select ($1).a - ($2).a';
            create function less(pair, pair) returns bool language sql immutable as 'select ($1).a < ($2).a'""";

    /// @param kind the kind, and the beginning of its object's name, of the difference
    /// @param before what both sides hold
    /// @param inCopy what happens to the copy
    private record Change(String kind, String before, String inCopy) {}

    private static final List<Change> CHANGES = changes();

    private static List<String> differences = List.of();
    private static List<String> same = List.of();

    @BeforeAll
    static void everythingOnBothSidesAndThenChangedInTheCopy() {
        role("structure_owner");
        tablespace("structure_space");
        tablespace("structure_other_space");
        var databases = new CopyAndLive();
        databases.inLive("create table to_shift_the_numbers (a int)", "drop table to_shift_the_numbers");
        databases.both(FUNCTIONS);
        CHANGES.forEach(change -> databases.both(change.before));
        same = databases.structureDifferences();
        CHANGES.forEach(change -> databases.inCopy(change.inCopy));
        differences = databases.structureDifferences();
    }

    @Test
    void whatIsTheSameOnBothSidesIsNoDifferenceWhateverItsNumbers() {
        assertThat(same).isEmpty();
    }

    @Test
    void everyChangeIsTold() {
        assertThat(CHANGES.stream()
                        .map(Change::kind)
                        .filter(kind -> differences.stream().noneMatch(told -> told.startsWith(kind + " is "))))
                .isEmpty();
    }

    @Test
    void nothingSecretIsTold() {
        assertThat(differences).noneMatch(told -> told.contains("hush") || told.contains("other'"));
    }

    @Test
    void noKindIsComparedWithoutAProof() {
        var proven = new TreeSet<String>();
        StructureKinds.COMPARED.forEach(kind -> CHANGES.stream()
                .filter(change -> change.kind.startsWith(kind.name() + " "))
                .forEach(_ -> proven.add(kind.name())));
        proven.addAll(List.of("role", "membership", "tablespace")); // of the whole server: below
        assertThat(StructureKinds.COMPARED.stream().map(ObjectKind::name)).allMatch(proven::contains);
    }

    @Test
    void whatTheWholeServerHasIsTold() {
        var database = LocalPostgres.newDatabase();
        role("structure_member");
        var before = schema(database);
        LocalPostgres.execute(
                "postgres",
                "alter role structure_member connection limit 3",
                "grant structure_owner to structure_member",
                "comment on role structure_member is 'guest'",
                "alter role structure_member set \"app.password\" = 'hush'");
        var changed = schema(database).differencesTo(before);
        LocalPostgres.execute("postgres", "drop role structure_member");

        assertThat(changed)
                .anyMatch(told -> told.startsWith("role structure_member is "))
                .anyMatch(
                        told -> told.startsWith("membership of structure_member in structure_owner by postgres is not"))
                .anyMatch(told -> told.startsWith("comment on role structure_member is not"))
                .anyMatch(told -> told.startsWith("settings of role structure_member is not"))
                .noneMatch(told -> told.contains("hush"));
    }

    @Test
    void aTablespaceThatIsOtherwiseIsTold() {
        role("structure_owner");
        role("structure_guest");
        for (var change : List.of(
                "alter tablespace structure_changed set (random_page_cost = 3)",
                "alter tablespace structure_changed owner to structure_owner",
                "grant create on tablespace structure_changed to structure_guest")) {
            tablespace("structure_changed");
            var before = schema("postgres");
            LocalPostgres.execute("postgres", change);
            assertThat(schema("postgres").differencesTo(before))
                    .as(change)
                    .singleElement()
                    .asString()
                    .startsWith("tablespace structure_changed is ");
            LocalPostgres.execute("postgres", "drop tablespace structure_changed");
        }
    }

    @Test
    void aTablespaceThatOneSideLacksIsTold() {
        var before = schema("postgres");
        tablespace("structure_gained");
        LocalPostgres.execute("postgres", "comment on tablespace structure_gained is 'fast'");
        var changed = schema("postgres");
        assertThat(changed.differencesTo(before))
                .contains(
                        "tablespace structure_gained is not in live",
                        "comment on tablespace structure_gained is not in live");
        assertThat(before.differencesTo(changed)).contains("tablespace structure_gained is missing");
        LocalPostgres.execute("postgres", "drop tablespace structure_gained");
    }

    @Test
    void privilegesOnATablespaceThatAreGivenByDefaultAreNoDifference() {
        tablespace("structure_default");
        var before = schema("postgres");
        LocalPostgres.execute("postgres", "grant create on tablespace structure_default to postgres");
        assertThat(schema("postgres").differencesTo(before)).isEmpty();
        LocalPostgres.execute("postgres", "drop tablespace structure_default");
    }

    @Test
    void aDatabaseThatLiesInAnotherTablespaceIsTold() {
        tablespace("structure_space");
        var live = LocalPostgres.newDatabase();
        var copy = LocalPostgres.newDatabase("template0 tablespace structure_space");
        assertThat(schema(copy).differencesTo(schema(live)))
                .singleElement()
                .asString()
                .startsWith("database as a whole is ")
                .contains("structure_space", "pg_default");
        LocalPostgres.execute("postgres", "drop database " + copy);
    }

    @Test
    void everyKindThatIsDumpedIsComparedOrNamedAsNotCompared() {
        var spokenFor = new ArrayList<>(StructureKinds.NO_OBJECTS);
        StructureKinds.COMPARED.forEach(kind -> spokenFor.addAll(kind.dumped()));
        spokenFor.addAll(SequencePositions.KIND.dumped());
        StructureKinds.NOT_COMPARED.forEach(kind -> spokenFor.addAll(kind.dumped()));

        assertThat(new TreeSet<>(spokenFor)).isEqualTo(new TreeSet<>(DUMPABLE));
    }

    @Test
    void theAnswerNamesWhatWasNotCompared() {
        assertThat(schema(LocalPostgres.newDatabase()).toString())
                .contains("schema 1")
                .contains("not compared: rows, large objects, positions of sequences, planner statistics");
    }

    @Test
    void aSequenceThatMayNotBeReadIsSaidAndKeepsNothingElseFromBeingCompared() {
        var database = LocalPostgres.newDatabase();
        role("structure_reader");
        LocalPostgres.execute(database, "create table t (id serial)", "alter sequence t_id_seq owned by t.id");
        try (var snapshot =
                Snapshot.open(() -> LocalPostgres.connect(database, "structure_reader"), Duration.ofMinutes(1))) {
            assertThat(Schema.of(snapshot).toString()).contains("positions of 1 sequences at all");
        }
    }

    @Test
    void aSequenceThatIsBehindInLiveTooIsNoDifference() {
        var databases = new CopyAndLive();
        databases.both("create table t (id serial)", "insert into t values (7)");
        assertThat(databases.structureDifferences()).isEmpty();
        databases.inLive("select setval('t_id_seq', 7)");
        assertThat(databases.structureDifferences())
                .containsExactly("sequence position public.t_id_seq of public.t.id is behind the values of the column,"
                        + " in live not behind the values of the column");
    }

    @Test
    void aDifferenceFarIntoALongDefinitionIsShown() {
        var databases = new CopyAndLive();
        var body = "select 1 as " + "a".repeat(60) + ", 2 as " + "b".repeat(60) + ", ";
        databases.inLive("create view v as " + body + "3 as c");
        databases.inCopy("create view v as " + body + "4 as c");
        assertThat(databases.structureDifferences()).singleElement().asString().contains("4 AS c", "3 AS c");
    }

    private static List<Change> changes() {
        try (var file = StructureKindsTest.class.getResourceAsStream("/structure-changes.txt")) {
            return Stream.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1))
                    .map(block -> block.strip().split("\n    (both|copy): ", -1))
                    .map(parts -> new Change(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Schema schema(String database) {
        try (var snapshot = Snapshot.open(() -> LocalPostgres.connect(database), Duration.ofMinutes(1))) {
            return Schema.of(snapshot);
        }
    }

    private static void role(String name) {
        LocalPostgres.execute(
                "postgres",
                "do $$ begin create role %s login; exception when duplicate_object then null; end $$".formatted(name));
    }

    /// In a folder of the server's own.
    private static void tablespace(String name) {
        try (var connection = LocalPostgres.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("set allow_in_place_tablespaces = on");
            statement.execute("create tablespace %s location ''".formatted(name));
        } catch (SQLException e) {
            if (!"42710".equals(e.getSQLState())) { // it is there already
                throw new IllegalStateException(e);
            }
        }
    }
}
