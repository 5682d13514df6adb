package lifeboat.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands as they are typed: what they print and how they end.
class CommandsTest {
    private static EmbeddedPostgres server;
    private static int number;

    @TempDir
    Path plans;

    private String copy;
    private String live;
    private String printed = "";

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void twoDatabases() throws Exception {
        copy = "copy" + ++number;
        live = "live" + number;
        sql("postgres", "CREATE DATABASE " + copy);
        sql(
                copy,
                "CREATE TABLE orders (id int PRIMARY KEY, total numeric); INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i");
        sql("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(live, copy));
    }

    @Test
    void equalDatabasesEndWithZero() {
        assertThat(run("diff")).isZero();
        assertThat(printed).contains("EQUAL");
    }

    @Test
    void damageIsShownRepairedByTheCommandThatIsPrintedAndTakenBack() throws Exception {
        sql(live, "UPDATE orders SET total = 0 WHERE id = 7; DELETE FROM orders WHERE id = 9");
        assertThat(run("diff")).isEqualTo(1);
        assertThat(printed)
                .contains("total: \"7\" in the copy, \"0\" in live", "DIFFERENT", "./lifeboat repair --plan");
        var id = Pattern.compile("--plan ([0-9a-f]{32})").matcher(printed);
        assertThat(id.find()).isTrue();
        assertThat(run("repair", "--plan", id.group(1))).as(printed).isZero();
        assertThat(run("diff")).isZero();
        assertThat(run("undo", "--plan", id.group(1))).as(printed).isZero();
        assertThat(run("diff", "--json")).isEqualTo(1);
        assertThat(printed).contains("\"verdict\" : \"DIFFERENT\"");
    }

    @Test
    void damageStampedBeforeThePointInTimeIsADifferenceOfItsOwn() throws Exception {
        sql(copy, "ALTER TABLE orders ADD COLUMN updated_at timestamptz DEFAULT '2026-11-19T00:00:00Z'");
        sql(live, "ALTER TABLE orders ADD COLUMN updated_at timestamptz DEFAULT '2026-11-19T00:00:00Z'");
        sql(live, "UPDATE orders SET total = 0, updated_at = '2026-11-20T01:00:00Z' WHERE id <= 9");
        String[] diff = {"diff", "--explained-by", "updated_at", "--at", "2026-11-20T02:00:00Z"};
        assertThat(run(diff)).isEqualTo(1);
        assertThat(printed)
                .contains("a repair would write 0 rows", "stamped before the point in time", "stamped-before")
                .contains("changed     stamped-before  public.orders  1", "total: \"1\" in the copy, \"0\" in live")
                .doesNotContain("EQUAL:");
        List<String> named = new ArrayList<>(List.of(diff));
        named.addAll(List.of("--classes", "stamped-before"));
        assertThat(run(named.toArray(String[]::new))).isEqualTo(1);
        assertThat(printed).contains("a repair would write 9 rows");
    }

    @Test
    void whatCannotBeComparedEndsWithTwo() throws Exception {
        sql(live, "CREATE TABLE more (id int)");
        assertThat(run("diff")).isEqualTo(2);
        assertThat(printed).contains("NOT COMPARED  public.more", "INCOMPLETE");
    }

    @Test
    void wrongInputEndsWithTwoAndNamesWhatIsAllowed() {
        assertThat(run("diff", "--classes", "wrong")).isEqualTo(2);
        assertThat(printed)
                .contains(
                        "LB-400",
                        "--classes",
                        "\"wrong\"",
                        "missing, changed, unexpected, stamped-before, stamped-ahead");
        assertThat(run("diff", "--tables", "nowhere")).isEqualTo(2);
        assertThat(printed).contains("LB-423", "public.nowhere");
        assertThat(run("diff", "--explained-by", "nothing")).isEqualTo(2);
        assertThat(printed).contains("LB-409");
        assertThat(run("repair", "--plan", "12")).isEqualTo(2);
        assertThat(printed).contains("LB-404");
    }

    @Test
    void aNameThatSelectsNothingIsRefusedAndNeverWidensThePlan() throws Exception {
        sql(live, "UPDATE orders SET total = 0");
        assertThat(run("diff", "--keys", "order=1..10")).as(printed).isEqualTo(2);
        assertThat(printed).contains("LB-468", "--keys \"public.order\"", "public.orders");
        assertThat(run("diff", "--keys", "orders=a..b")).isEqualTo(2);
        assertThat(printed).contains("LB-468", "numbers");
        assertThat(run("diff", "--keys", "orders=1...10")).isEqualTo(2);
        assertThat(run("diff", "--purged", "orders.nothing<2026-11-20T00:00:00Z"))
                .isEqualTo(2);
        assertThat(printed).contains("LB-468", "--purged \"public.orders.nothing\"");
        assertThat(run("diff", "--purged", "nowhere.id<2026-11-20T00:00:00Z")).isEqualTo(2);
        assertThat(run("diff", "--explained-by", "nothing", "--at", "2026-11-20T00:00:00Z"))
                .isEqualTo(2);
        assertThat(printed).contains("LB-409", "nothing");
        assertThat(run("diff", "--tables=")).isEqualTo(2);
        assertThat(run("diff", "--classes=")).isEqualTo(2);
        assertThat(run("diff", "--keys=")).isEqualTo(2);
        assertThat(run("diff", "--keys", "orders=1..3")).isEqualTo(1);
        assertThat(printed)
                .contains("selected  of public.orders only rows whose first key part lies in 1..3")
                .contains("a repair would write 3 rows")
                .containsPattern("not touched  \\d+ rows: not selected");
    }

    @Test
    void tablesWhoseNamesHoldCommasAndDotsAreSelectedInQuotes() throws Exception {
        for (String database : List.of(copy, live)) {
            sql(database, "CREATE TABLE \"odd, na.me\" (id int PRIMARY KEY, v text)");
        }
        sql(copy, "INSERT INTO \"odd, na.me\" VALUES (1, 'a'), (2, 'b')");
        sql(live, "UPDATE orders SET total = 0 WHERE id = 7");
        assertThat(run("diff", "--tables", "\"odd, na.me\",orders")).isEqualTo(1);
        assertThat(printed).contains("a repair would write 3 rows");
        assertThat(run("diff", "--tables", "public.\"odd, na.me\"", "--keys", "\"odd, na.me\"=2..2"))
                .isEqualTo(1);
        assertThat(printed).contains("a repair would write 1 rows");
    }

    @Test
    void whatOfAConnectionFailedIsSaidAndNothingOfRollbacks() throws Exception {
        String good = url(copy);
        assertConnectionFails(good.replaceFirst("//[^/]*/", "//no.such.host.invalid:5432/"), "the host is unknown");
        assertConnectionFails(good.replaceFirst("//[^/]*/", "//localhost:1/"), "nothing listens there");
        assertConnectionFails(good.replace("/" + copy, "/nowhere"), "there is no such database");
        assertConnectionFails(good + "&sslmode=require", "the encrypted connection failed");
        sql("postgres", "CREATE ROLE nobody NOLOGIN");
        assertConnectionFails(good.replace("user=postgres", "user=nobody"), "the login was refused");
    }

    private void assertConnectionFails(String endpoint, String what) {
        assertThat(runFrom(endpoint, "diff")).isEqualTo(2);
        assertThat(printed)
                .contains("failed: no connection to jdbc:postgresql:", what, "hint: check")
                .doesNotContain("rolled back", "password=");
    }

    @Test
    void aRefusalIsJsonWhereJsonIsAskedFor() {
        assertThat(run("diff", "--json", "--tables", "nowhere")).isEqualTo(2);
        assertThat(printed).startsWith("{").contains("\"code\" : \"LB-423\"");
        assertThat(run("repair", "--json", "--plan", "00000000000000000000000000000000"))
                .isEqualTo(2);
        assertThat(printed).startsWith("{").contains("\"code\" : \"LB-413\"", "\"hint\"");
    }

    @Test
    void helpNamesEveryStore() {
        assertThat(run("diff", "--help")).isZero();
        assertThat(printed).contains("jdbc:postgresql:", "jdbc:mysql:", "jdbc:mariadb:", "dynamodb:");
    }

    private int run(String... arguments) {
        return runFrom(url(copy), arguments);
    }

    private int runFrom(String from, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--copy", from, "--live", url(live), "--plans", plans.toString()));
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

    private static String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    private static void sql(String database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(database));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
