package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Random schemas, data and damage, compared in small pieces, repaired by connections that are killed at any moment,
/// and judged by the bytes of every column.
class RandomDamageTest {
    private static final KeyCuts.Most SMALL = new KeyCuts.Most(150, 1L << 40);

    /// Type, and an expression that makes a value of it from the number `seq`.
    private static final List<List<String>> TYPES = List.of(
            List.of("TINYINT", "seq % 100 - 50"),
            List.of("INT UNSIGNED ZEROFILL", "seq * 7919"),
            List.of("BIGINT UNSIGNED", "18446744073709000000 + seq"),
            List.of("DECIMAL(30,7)", "seq / -7.0"),
            List.of("FLOAT", "seq / 3"),
            List.of("DOUBLE", "seq / 7e9"),
            List.of("BIT(13)", "seq % 8000"),
            List.of("DATE", "IF(seq % 5 = 0, '0000-00-00', '2020-02-29' + INTERVAL seq DAY)"),
            List.of("DATETIME(6)", "'2020-01-01' + INTERVAL seq * 11 MICROSECOND"),
            List.of("TIMESTAMP(3) NULL", "FROM_UNIXTIME(seq * 1000.125)"),
            List.of("TIME(2)", "SEC_TO_TIME(seq * 61 - 90000)"),
            List.of("YEAR", "1970 + seq % 100"),
            List.of("CHAR(20)", "CONCAT(' ', seq, '\\n''\"')"),
            List.of("VARCHAR(90) CHARACTER SET latin1", "CONCAT('äöü\\\\', seq)"),
            List.of("VARCHAR(50) CHARACTER SET cp932", "CONCAT(CONVERT(UNHEX('879A') USING cp932), seq)"),
            List.of("VARCHAR(50) CHARACTER SET utf16", "CONCAT(seq, '😀')"),
            List.of("TEXT COLLATE utf8mb4_unicode_ci", "REPEAT(CONCAT('añ😀''\"`\\n', seq, '~,'), 1 + seq % 9)"),
            List.of("BINARY(5)", "UNHEX(HEX(seq))"),
            List.of("VARBINARY(40)", "UNHEX(SHA1(seq))"),
            List.of("BLOB", "IF(seq % 7 = 0, '', UNHEX(REPEAT('00FF', seq % 50)))"),
            List.of("LONGTEXT", "REPEAT(CONCAT('é~,', seq), IF(seq % 50 = 1, 15000, 1))"),
            List.of("MEDIUMBLOB", "REPEAT(UNHEX('00FF275C'), IF(seq % 50 = 1, 20000, seq % 3))"),
            List.of("ENUM('a','b','é')", "ELT(1 + seq % 3, 'a', 'b', 'é')"),
            List.of("SET('x','y','z')", "ELT(1 + seq % 4, '', 'x', 'x,z', 'y')"),
            List.of("JSON", "JSON_OBJECT('k', seq, 'l', '\\\\\"')"),
            List.of("UUID", "CONCAT(LEFT(MD5(seq), 8), '-0000-4000-8000-', RIGHT(MD5(seq), 12))"),
            List.of("INET6", "CONCAT('fe80::', HEX(seq % 65000))"),
            List.of("POINT", "POINT(seq, 0 - seq)"));

    /// Keys: column definitions, key columns, values from the number `seq`; no key at all at the end.
    private static final List<List<String>> KEYS = List.of(
            List.of("k1 INT", "k1", "CAST(seq AS SIGNED) * -3"),
            List.of("k1 VARCHAR(700) COLLATE utf8mb4_bin", "k1", "CONCAT(REPEAT('p', 600), seq, ' ')"),
            List.of(
                    "k1 VARCHAR(40) COLLATE utf8mb4_general_ci",
                    "k1",
                    "CONCAT(ELT(1 + seq % 4, 'A', 'b', 'É', 'ß'), seq, '''\"\\n😀')"),
            List.of("k1 VARCHAR(40) COLLATE utf8mb4_unicode_ci, k2 INT", "k2, k1", "CONCAT('ö', seq), seq % 10"),
            List.of("k1 BINARY(16)", "k1", "UNHEX(MD5(seq))"),
            List.of("k1 VARBINARY(9), k2 BIGINT UNSIGNED", "k1, k2", "UNHEX(HEX(seq % 7)), 18446744073709000000 + seq"),
            List.of("k1 UUID", "k1", "CONCAT(LEFT(MD5(seq), 8), '-0000-4000-8000-', RIGHT(MD5(seq), 12))"),
            List.of(
                    "k1 VARCHAR(30) CHARACTER SET cp932 COLLATE cp932_japanese_ci",
                    "k1",
                    "CONCAT(CONVERT(UNHEX('81E6') USING cp932), seq)"),
            List.of(
                    "k1 CHAR(30) CHARACTER SET latin1 COLLATE latin1_german2_ci, k2 DATE",
                    "k1, k2",
                    "CONCAT('ß', seq), '2020-01-01' + INTERVAL seq % 5 DAY"),
            List.of("k1 DATETIME(6), k2 ENUM('x','y')", "k1, k2", "'2020-01-01' + INTERVAL seq MICROSECOND, 'y'"),
            List.of("k1 DOUBLE", "k1", "seq / 7"),
            List.of("k1 DECIMAL(12,3), k2 BIT(40)", "k1, k2", "seq / 4, seq * 1000000"),
            List.of("k1 INT", "", "seq DIV 2"));

    @TempDir
    Path folder;

    /// One on each server in a build; `-Dseeds=50` for a long evening.
    static Stream<Arguments> seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("seeds", 1))
                .boxed()
                .flatMap(seed -> Stream.of(Engine.values()).map(engine -> Arguments.of(engine, seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRepairedByConnectionsThatAreKilledAndTakenBackToTheLastByte(Engine engine, long seed)
            throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Sketch> sketches = sketches(engine, random);
        Databases databases = databases(engine, sketches);
        damage(databases, sketches, random);
        Map<String, Map<String, Integer>> before = rows(databases.engine, databases.live, sketches);
        RepairPlan plan = databases.plan(folder, SMALL, rules(Optional.empty()), names(sketches));
        RepairReport report = repaired(databases, plan, sketches, random);
        report.tables()
                .forEach((table, outcome) -> assertThat(outcome.skipped())
                        .as(table + " of " + sketches)
                        .isEmpty());
        assertThat(report.verification()).isInstanceOf(RepairReport.Verification.Verified.class);
        assertSame(rows(databases.engine, databases.live, sketches), rows(databases.engine, databases.copy, sketches));
        // The damage broke foreign keys, which the way back does not: such rows stay, and their tables are not judged.
        RepairReport undo = databases.undone(folder, plan, names(sketches));
        assertThat(undo.total().skipped()).extracting(Skipped::why).allMatch(why -> why == Why.REFUSED_BY_CONSTRAINT);
        undo.tables().forEach((table, outcome) -> {
            if (!outcome.skipped().isEmpty()) {
                before.remove(table.name());
            }
        });
        assertThat(before).hasSizeGreaterThan(4);
        assertSame(before, rows(databases.engine, databases.live, sketches));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatAWriterWroteMeanwhileStaysAndAllElseIsRepaired(Engine engine, long seed) throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Sketch> sketches = sketches(engine, random);
        Databases databases = databases(engine, sketches);
        damage(databases, sketches, random);
        Map<String, Long> written = new ConcurrentHashMap<>();
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Long> writer = new FutureTask<>(() -> write(databases, sketches, written, ended, seed));
        Thread.ofPlatform().start(writer);
        try {
            RepairPlan plan = databases.plan(folder, SMALL, rules(Optional.of("w")), names(sketches));
            RepairReport report = repaired(databases, plan, sketches, random);
            assertThat(report.total().written() + report.total().alreadyDone()).isPositive();
            assertThat(report.total().skipped())
                    .extracting(Skipped::why)
                    .allMatch(why -> why == Why.LIVE_CHANGED_SINCE);
        } finally {
            ended.set(true);
        }
        assertThat(writer.get()).isGreaterThan(50);
        for (Sketch sketch : sketches) {
            Map<String, String> live = sketch.byNumber(databases.engine, databases.live);
            Map<String, String> copy = sketch.byNumber(databases.engine, databases.copy);
            Map<String, String> marks = sketch.marks(databases.engine, databases.live);
            written.keySet().stream()
                    .filter(row -> row.startsWith(sketch.name() + "/"))
                    .forEach(row -> {
                        String number = row.substring(sketch.name().length() + 1);
                        assertThat(marks.get(number)).as(row).isEqualTo(Long.toString(written.get(row)));
                        live.remove(number);
                        copy.remove(number);
                    });
            assertThat(live).as(sketch.name()).isEqualTo(copy);
        }
    }

    /// Again and again by connections that somebody kills, at last by one that lives.
    private RepairReport repaired(Databases databases, RepairPlan plan, List<Sketch> sketches, RandomGenerator random)
            throws Exception {
        for (int kill = 0; kill < 5; kill++) {
            Connection live = databases.liveEndpoint().connect();
            String id = MySqlEndpoint.one(live, "SELECT CONNECTION_ID()");
            long after = 5 + random.nextInt(150) * (kill + 1L);
            Thread killer = Thread.ofVirtual().start(() -> kill(databases.engine, id, after));
            try (var store =
                    MySqlRepairs.over(databases.copyEndpoint().connect(), live, names(sketches), Triggers.FIRE)) {
                Databases.repaired(folder, plan, store, Progress.SILENT);
            } catch (StoreFailed | SQLException died) {
                assertThat(died).isNotNull();
            }
            killer.join();
        }
        return databases.repaired(folder, plan, names(sketches));
    }

    private static void kill(Engine engine, String id, long afterMillis) {
        try {
            Thread.sleep(Duration.ofMillis(afterMillis));
            engine.run("test", "KILL " + id);
        } catch (SQLException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Changes rows as an application does, of those that the copy has too, and leaves its mark.
    private static long write(
            Databases databases, List<Sketch> sketches, Map<String, Long> written, AtomicBoolean ended, long seed)
            throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Sketch> open = sketches.stream().filter(Sketch::isWritten).toList();
        long mark = 1_000_000;
        try (Connection connection = databases.engine.connect(databases.live)) {
            while (!ended.get()) {
                Sketch sketch = open.get(random.nextInt(open.size()));
                int number = 1 + random.nextInt(sketch.rows());
                String sql = "UPDATE %s SET mark = ?, w = '2026-11-19' WHERE n = ?".formatted(sketch.quoted());
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    update.setLong(1, ++mark);
                    update.setInt(2, number);
                    if (update.executeUpdate() == 1) {
                        written.put(sketch.name() + "/" + number, mark);
                    }
                } catch (SQLException busy) {
                    if (!MySqlErrors.isBusy(busy)) {
                        throw busy;
                    }
                }
            }
        }
        return written.size();
    }

    /// The damage adds rows that bear a time before the point in time, and no writer does.
    private static final Selection DAMAGE_OF_ANY_TIME = new Selection(
            Set.of(), Map.of(), Optional.empty(), Set.of(DifferenceClass.values()), Set.of(TimeAnomaly.STAMPED_BEFORE));

    private static Rules rules(Optional<String> explainedBy) {
        return new Rules(
                explainedBy.map(column -> Instant.parse("2026-11-15T00:00:00Z")),
                Databases.NOW,
                Duration.ZERO,
                explainedBy,
                true,
                List.of(),
                DAMAGE_OF_ANY_TIME,
                ChangedOnBothSides.KEEP_LIVE);
    }

    private static List<Sketch> sketches(Engine engine, RandomGenerator random) {
        List<Sketch> sketches = new ArrayList<>();
        for (List<String> key : KEYS) {
            if (engine.knows(key.getFirst())) {
                sketches.add(Sketch.any(engine, random, key, sketches));
            }
        }
        return sketches;
    }

    private static Databases databases(Engine engine, List<Sketch> sketches) throws SQLException {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TABLE audit (what TEXT)");
        for (Sketch sketch : sketches) {
            sql.add(sketch.create());
            sql.add(sketch.fill(1, sketch.rows(), "2026-11-01"));
            sql.add("ANALYZE TABLE " + sketch.quoted());
            sql.addAll(sketch.triggers());
        }
        return Databases.on(engine, sql.toArray(String[]::new));
    }

    private static void damage(Databases databases, List<Sketch> sketches, RandomGenerator random) throws SQLException {
        try (Connection connection = databases.engine.connect(databases.live);
                Statement statement = connection.createStatement()) {
            statement.execute("SET foreign_key_checks = 0");
            for (Sketch sketch : sketches) {
                for (String sql : sketch.damage(random)) {
                    statement.execute(databases.engine.spelled(sql));
                }
            }
        }
    }

    private static Set<TableName> names(List<Sketch> sketches) {
        return sketches.stream().map(sketch -> TableName.of(sketch.name())).collect(Collectors.toSet());
    }

    private static Map<String, Map<String, Integer>> rows(Engine engine, String database, List<Sketch> sketches)
            throws SQLException {
        Map<String, Map<String, Integer>> rows = new TreeMap<>();
        for (Sketch sketch : sketches) {
            rows.put(sketch.name(), engine.rows(database, sketch.name()));
        }
        return rows;
    }

    private static void assertSame(Map<String, Map<String, Integer>> one, Map<String, Map<String, Integer>> other) {
        one.forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(other.get(table)));
    }

    /// A table that chance drew.
    ///
    /// @param parent another one that it refers to, or itself; empty: none
    private record Sketch(
            String name,
            List<String> key,
            List<List<String>> columns,
            int rows,
            Optional<String> parent,
            String onDelete,
            boolean triggered) {
        static Sketch any(Engine engine, RandomGenerator random, List<String> key, List<Sketch> before) {
            List<List<String>> types =
                    TYPES.stream().filter(type -> engine.knows(type.getFirst())).toList();
            List<List<String>> columns = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(7); i++) {
                columns.add(types.get(random.nextInt(types.size())));
            }
            String name = "t" + before.size() + (random.nextBoolean() ? " `odd` '\"\n é" : "");
            List<String> parents =
                    new ArrayList<>(before.stream().map(Sketch::name).toList());
            parents.add(name);
            boolean hasKey = !key.get(1).isEmpty();
            Optional<String> parent = hasKey && random.nextInt(3) > 0
                    ? Optional.of(parents.get(random.nextInt(parents.size())))
                    : Optional.empty();
            String onDelete = List.of("RESTRICT", "CASCADE", "SET NULL").get(random.nextInt(3));
            return new Sketch(name, key, columns, 200 + random.nextInt(700), parent, onDelete, random.nextInt(3) == 0);
        }

        boolean hasKey() {
            return !key.get(1).isEmpty();
        }

        boolean isWritten() {
            return hasKey();
        }

        String quoted() {
            return RowText.name(name);
        }

        private String column(int i) {
            return RowText.name("v '\"`" + i);
        }

        String create() {
            StringBuilder sql = new StringBuilder("CREATE TABLE %s (%s, n INT%s, mark BIGINT, w DATETIME(6), p INT"
                    .formatted(quoted(), key.getFirst(), hasKey() ? " NOT NULL UNIQUE" : ""));
            for (int i = 0; i < columns.size(); i++) {
                sql.append(", %s %s".formatted(column(i), columns.get(i).getFirst()));
            }
            sql.append(", g1 INT AS (n * 2) STORED, g2 VARCHAR(40) AS (CONCAT(n, '!')) VIRTUAL");
            if (hasKey()) {
                sql.append(", PRIMARY KEY (%s)".formatted(key.get(1)));
            }
            parent.ifPresent(table -> sql.append(
                    ", FOREIGN KEY (p) REFERENCES %s (n) ON DELETE %s".formatted(RowText.name(table), onDelete)));
            return sql.append(") DEFAULT CHARACTER SET utf8mb4").toString();
        }

        List<String> triggers() {
            List<String> sql = new ArrayList<>();
            for (String event : triggered ? List.of("INSERT", "UPDATE", "DELETE") : List.<String>of()) {
                sql.add("CREATE TRIGGER %s AFTER %s ON %s FOR EACH ROW INSERT INTO audit VALUES ('%s')"
                        .formatted(RowText.name(name + event), event, quoted(), event));
            }
            return sql;
        }

        /// Rows of some numbers; each refers to the number before, or to the first.
        String fill(int from, int to, String at) {
            String values = columns.stream()
                    .map(column -> ", IF(seq %% 11 = 0, NULL, %s)".formatted(column.get(1)))
                    .collect(Collectors.joining());
            String names = IntStream.range(0, columns.size())
                    .mapToObj(i -> ", " + column(i))
                    .collect(Collectors.joining());
            String parentOf =
                    parent.isEmpty() ? "seq" : parent.get().equals(name) ? "NULLIF(seq - 1, 0)" : "1 + seq % 150";
            return "INSERT INTO %s (%s, n, mark, w, p%s) SELECT %s, seq, seq, '%s', %s%s FROM seq_%d_to_%d"
                    .formatted(
                            quoted(), keys() == 2 ? "k1, k2" : "k1", names, key.get(2), at, parentOf, values, from, to);
        }

        List<String> damage(RandomGenerator random) {
            List<String> sql = new ArrayList<>();
            int at = random.nextInt(columns.size());
            sql.add("UPDATE %s SET %s = (SELECT %s FROM (SELECT %d AS seq) AS s), mark = -mark WHERE n %% %d = %d"
                    .formatted(
                            quoted(),
                            column(at),
                            columns.get(at).get(1),
                            random.nextInt(90, 5000),
                            3 + random.nextInt(40),
                            random.nextInt(3)));
            sql.add("DELETE FROM %s WHERE n %% %d = %d"
                    .formatted(quoted(), 4 + random.nextInt(40), 1 + random.nextInt(3)));
            sql.add(fill(rows + 1, rows + 1 + random.nextInt(60), "2026-11-02"));
            if (!hasKey()) {
                sql.add("INSERT INTO %1$s (k1, n, mark) SELECT k1, n, mark FROM %1$s WHERE n < 40".formatted(quoted()));
                return sql;
            }
            sql.add("UPDATE %s SET p = IF(p IS NULL, NULL, 1 + p %% 90) WHERE n %% 17 = 5".formatted(quoted()));
            if (!triggered && key.get(1).equals("k1")) {
                // Some rows got another key: they are missing by the old one, and in the way by the new one.
                sql.add(
                        "UPDATE %s AS t JOIN (SELECT seq AS i, %s AS k FROM (SELECT seq + 100000 AS seq FROM seq_1_to_50) AS s) AS x ON t.n = x.i SET t.k1 = x.k WHERE t.n %% 7 = 3"
                                .formatted(quoted(), key.get(2)));
            }
            return sql;
        }

        /// Bytes of each row by its number.
        Map<String, String> byNumber(Engine engine, String database) throws SQLException {
            Map<String, String> rows = new TreeMap<>();
            for (Map.Entry<String, Integer> row : engine.rows(database, name).entrySet()) {
                rows.put(number(row.getKey()) + (hasKey() ? "" : row.getKey()), row.getKey() + row.getValue());
            }
            return rows;
        }

        private String number(String row) {
            String hex = row.split("\\|", -1)[keys()];
            return hex.equals("NULL") ? hex : new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
        }

        private int keys() {
            return key.getFirst().contains("k2 ") ? 2 : 1;
        }

        Map<String, String> marks(Engine engine, String database) throws SQLException {
            Map<String, String> marks = new TreeMap<>();
            engine.column(database, "SELECT CONCAT(n, ' ', mark) FROM " + quoted())
                    .forEach(row -> marks.put(row.split(" ", -1)[0], row.split(" ", -1)[1]));
            return marks;
        }
    }
}
