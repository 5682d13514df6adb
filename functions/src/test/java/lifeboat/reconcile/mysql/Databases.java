package lifeboat.reconcile.mysql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
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
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.sql.Triggers;

/// A copy and a live database of the same content on a real server; each test has its own.
final class Databases {
    static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final EnvironmentName HERE = new EnvironmentName("local");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Engine engine;
    final String copy;
    final String live;

    private Databases(Engine engine, int number) {
        this.engine = engine;
        this.copy = "copy" + number;
        this.live = "live" + number;
    }

    /// On MariaDB.
    static Databases with(String... sql) throws SQLException {
        return on(Engine.MARIADB, sql);
    }

    static Databases on(Engine engine, String... sql) throws SQLException {
        Databases databases = new Databases(engine, NUMBER.incrementAndGet());
        for (String database : List.of(databases.copy, databases.live)) {
            engine.run("test", "CREATE DATABASE " + database + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
            engine.run(database, sql);
        }
        return databases;
    }

    void inCopy(String... sql) throws SQLException {
        engine.run(copy, sql);
    }

    void inLive(String... sql) throws SQLException {
        engine.run(live, sql);
    }

    List<String> copyColumn(String query) throws SQLException {
        return engine.column(copy, query);
    }

    List<String> liveColumn(String query) throws SQLException {
        return engine.column(live, query);
    }

    Map<String, Integer> copyRows(String table) throws SQLException {
        return engine.rows(copy, table);
    }

    Map<String, Integer> liveRows(String table) throws SQLException {
        return engine.rows(live, table);
    }

    MySqlEndpoint copyEndpoint() {
        return new MySqlEndpoint(engine.url(copy));
    }

    MySqlEndpoint liveEndpoint() {
        return new MySqlEndpoint(engine.url(live));
    }

    MySqlComparison compare(KeyCuts.Most most) {
        return compare(most, MySqlTimes.of(Optional.empty(), List.of()), Set.of());
    }

    private MySqlComparison compare(KeyCuts.Most most, MySqlTimes times, Set<TableName> tables) {
        return MySqlComparison.open(copyEndpoint(), liveEndpoint(), tables, times, most);
    }

    /// What a comparison of all tables says of each.
    Map<TableName, TableOutcome> outcomes() {
        Map<TableName, TableOutcome> outcomes = new TreeMap<>();
        try (var comparison = compare(KeyCuts.Most.A_PIECE)) {
            for (var segment : comparison.segments()) {
                comparison.compare(segment, found -> {}).forEach(outcome -> outcomes.put(outcome.table(), outcome));
            }
        }
        return outcomes;
    }

    RepairPlan plan(Path folder, Instant createdAt) {
        return plan(folder, KeyCuts.Most.A_PIECE, Rules.plain(createdAt), Set.of());
    }

    RepairPlan plan(Path folder, KeyCuts.Most most, Rules rules, Set<TableName> tables) {
        try (var comparison = compare(most, MySqlTimes.of(rules.explainedBy(), rules.purges()), tables)) {
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
