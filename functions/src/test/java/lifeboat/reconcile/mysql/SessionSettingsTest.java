package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome.Compared;
import lifeboat.reconcile.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a server begins a session with, a comparison sees every row as it is.
class SessionSettingsTest {
    private static final String[] SHELVES = {
        "CREATE TABLE shelves (room INT, shelf VARCHAR(9), books INT UNSIGNED, label CHAR(6), weight DECIMAL(9, 4), PRIMARY KEY (room, shelf))",
        "INSERT INTO shelves SELECT seq, CONCAT('s', seq), seq, 'a ', seq / 7 FROM seq_1_to_60",
        "CREATE TABLE dust (n INT)",
        "INSERT INTO dust SELECT seq % 20 FROM seq_1_to_60",
    };

    private static final String INIT = "init_connect";

    @TempDir
    Path folder;

    static Stream<Arguments> settings() {
        List<Arguments> both = Stream.of(
                        "sql_select_limit = 7",
                        "sql_select_limit = 0",
                        "max_join_size = 1",
                        "sql_safe_updates = 1",
                        "div_precision_increment = 0",
                        "group_concat_max_len = 4",
                        "max_sort_length = 64",
                        "autocommit = 0",
                        "completion_type = 'CHAIN'",
                        "completion_type = 'RELEASE'",
                        "time_zone = '-07:00'",
                        "transaction_isolation = 'READ-UNCOMMITTED'",
                        "character_set_results = 'latin1'",
                        "character_set_connection = 'utf16'",
                        "collation_connection = 'latin1_swedish_ci'",
                        "sql_auto_is_null = 1",
                        "sql_mode = 'ANSI,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION'")
                .flatMap(setting -> Stream.of(Engine.values()).map(engine -> Arguments.of(engine, setting)))
                .toList();
        return Stream.concat(
                both.stream(),
                Stream.of(
                        Arguments.of(Engine.MARIADB, "max_statement_time = 0.000001"),
                        Arguments.of(Engine.MARIADB, "check_constraint_checks = 0"),
                        Arguments.of(Engine.MYSQL, "max_execution_time = 1"),
                        Arguments.of(Engine.MYSQL, "information_schema_stats_expiry = 86400")));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyRowIsComparedWhateverASessionBeginsWith(Engine engine, String setting) throws Exception {
        Databases databases = Databases.on(engine, SHELVES);
        databases.inLive(
                "UPDATE shelves SET books = 0 WHERE room = 50",
                "DELETE FROM shelves WHERE room = 51",
                "DELETE FROM dust WHERE n = 19");
        // init_connect is not run for those who may do everything.
        String reader = reader(engine);
        engine.under(INIT, "'SET SESSION " + setting.replace("'", "''") + "'", () -> {
            try (var comparison = open(databases, reader)) {
                assertThat(comparison.tables())
                        .containsExactlyInAnyOrder(TableName.of("shelves"), TableName.of("dust"));
                long[] found = {0};
                for (var segment : comparison.segments()) {
                    for (var outcome : comparison.compare(segment, difference -> found[0]++)) {
                        assertThat(outcome).isInstanceOfSatisfying(Compared.class, compared -> {
                            assertThat(compared.counts().copyRows()).isEqualTo(60);
                            assertThat(compared.counts().liveRows())
                                    .isEqualTo(compared.table().name().equals("dust") ? 57 : 59);
                        });
                    }
                }
                assertThat(found[0]).isEqualTo(3);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, sql_select_limit, 5",
        "MYSQL, sql_select_limit, 5",
        "MARIADB, tx_read_only, 1",
        "MYSQL, show_gipk_in_create_table_and_information_schema, 0",
        "MARIADB, sql_select_limit, 1",
        "MYSQL, sql_select_limit, 1",
    })
    void everyRowIsComparedUnderASettingOfTheWholeServer(Engine engine, String setting, String value) throws Exception {
        Databases databases = Databases.on(engine, SHELVES);
        databases.inLive("DELETE FROM shelves WHERE room > 57", "UPDATE dust SET n = 100 WHERE n = 3");
        engine.under(setting, value, () -> {
            RepairPlan plan = databases.plan(folder, Databases.NOW);
            assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
            assertThat(plan.counts().copyRows()).isEqualTo(120);
            assertThat(plan.counts().liveRows()).isEqualTo(117);
            assertThat(plan.counts().repairs()).isEqualTo(3 + 2 * 3);
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void noOrphanIsWrittenWhereTheServerChecksNoForeignKeys(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE rooms (n INT PRIMARY KEY)",
                "CREATE TABLE doors (n INT PRIMARY KEY, room INT, FOREIGN KEY (room) REFERENCES rooms (n))",
                "INSERT INTO rooms VALUES (1), (2)",
                "INSERT INTO doors VALUES (1, 1), (2, 2)");
        databases.inLive("DELETE FROM doors WHERE n = 2", "DELETE FROM rooms WHERE n = 2");
        Set<TableName> doors = Set.of(TableName.of("doors"));
        RepairPlan plan =
                databases.plan(folder, KeyCuts.Most.A_PIECE, lifeboat.reconcile.Rules.plain(Databases.NOW), doors);
        engine.under("foreign_key_checks", "0", () -> {
            assertThat(databases.repaired(folder, plan, doors).total().written())
                    .isZero();
            assertThat(databases.liveColumn("SELECT n FROM doors")).containsExactly("1");
        });
    }

    @Test
    void aGeneratedKeyThatTheServerHidesIsAKeyAllTheSame() throws Exception {
        Engine engine = Engine.MYSQL;
        Databases databases = Databases.on(
                engine,
                "SET sql_generate_invisible_primary_key = 1",
                "CREATE TABLE notes (v INT)",
                "INSERT INTO notes VALUES (1), (2), (3)");
        databases.inLive("UPDATE notes SET my_row_id = 9 WHERE v = 3");
        engine.under("show_gipk_in_create_table_and_information_schema", "0", () -> {
            assertThat(databases.plan(folder, Databases.NOW).counts().repairs()).isEqualTo(2);
        });
    }

    @Test
    void rowsOfASystemVersionedTableAreThoseOfNowWhateverTheServerShows() throws Exception {
        Engine engine = Engine.MARIADB;
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE fees (n INT PRIMARY KEY) WITH SYSTEM VERSIONING",
                "INSERT INTO fees VALUES (1), (2)");
        databases.inLive("DELETE FROM fees WHERE n = 2");
        engine.under(
                "system_versioning_asof",
                "'2020-01-01'",
                () -> assertThat(databases.plan(folder, Databases.NOW).counts().copyRows())
                        .isEqualTo(2));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSessionThatCannotBeSetIsRefused(Engine engine) throws Exception {
        try (Connection connection = engine.connect("test")) {
            MySqlEndpoint endpoint = new MySqlEndpoint("jdbc:mysql://db.example.com/shop?user=u&password=secret");
            assertThatThrownBy(() -> SessionSettings.apply(connection, endpoint, Map.of("max_sort_length", "1")))
                    .isInstanceOf(Invalid.class)
                    .hasMessageMatching("LB-480 .*db.example.com/shop.*max_sort_length is \"[0-9]+\", not \"1\".*")
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> SessionSettings.apply(connection, endpoint, Map.of("version", "4")))
                    .isInstanceOf(Invalid.class)
                    .hasMessageMatching("LB-480 .*version.*");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anAnswerThatIsCutOffIsNoAnswer(Engine engine) throws Exception {
        Databases databases = Databases.on(engine, SHELVES);
        databases.inLive("UPDATE shelves SET books = 0");
        try (var comparison = databases.compare(KeyCuts.Most.A_PIECE)) {
            // Behind its back, as some proxy or a bug could.
            for (Connection side : comparison.sides()) {
                limit(side);
            }
            for (var segment : comparison.segments().subList(1, 3)) {
                assertThat(comparison.compare(segment, difference -> {}))
                        .singleElement()
                        .extracting("detail")
                        .asString()
                        .contains("the server counts 60 rows and handed out");
            }
        }
    }

    private static void limit(Connection side) throws SQLException {
        try (Statement statement = side.createStatement()) {
            statement.execute("SET sql_select_limit = 5");
        }
    }

    private static MySqlComparison open(Databases databases, String user) {
        return MySqlComparison.open(
                new MySqlEndpoint(databases.engine.url(databases.copy, user)),
                new MySqlEndpoint(databases.engine.url(databases.live, user)),
                Set.of(),
                java.util.Optional.empty(),
                List.of());
    }

    private static String reader(Engine engine) throws SQLException {
        String host = engine == Engine.MARIADB ? "localhost" : "127.0.0.1";
        engine.run(
                "test",
                "CREATE USER IF NOT EXISTS reader@'%s'".formatted(host),
                "GRANT SELECT, UPDATE, INSERT, DELETE, TRIGGER ON *.* TO reader@'%s'".formatted(host));
        return "reader";
    }
}
