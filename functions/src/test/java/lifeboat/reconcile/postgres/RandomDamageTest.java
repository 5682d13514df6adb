package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random schemas, random data and random damage: what is found must be what an independent comparison of every row
/// finds, and what is repaired must be equal to the copy, row by row.
class RandomDamageTest {
    /// Type, and an expression that makes a value of it from the number `i`.
    private static final List<List<String>> TYPES = List.of(
            List.of("int", "i * 7919"),
            List.of("smallint", "i % 30000"),
            List.of("bigint", "i::bigint << 33"),
            List.of("numeric", "(i / 7.0)::numeric(20, 3)"),
            List.of("numeric(12,2)", "i * 1.01"),
            List.of("float8", "i / 3.0"),
            List.of("real", "-i / 9.0"),
            List.of("text", "repeat('añ😀' || i, 1 + i % 9)"),
            List.of("varchar(40)", "E'it''s\\n\"' || i"),
            List.of("char(9)", "'c' || i"),
            List.of("bytea", "sha256(i::text::bytea)"),
            List.of("boolean", "i % 3 = 0"),
            List.of("uuid", "md5(i::text)::uuid"),
            List.of("date", "'2020-01-01'::date + i % 999"),
            List.of("timestamp", "'2020-01-01'::timestamp + i * interval '1.000001 s'"),
            List.of("timestamptz", "'2020-01-01'::timestamptz + i * interval '1.000001 s'"),
            List.of("interval", "i * interval '1 hour'"),
            List.of("jsonb", "jsonb_build_object('k', i, 'l', array[i, null], 'x', NULL)"),
            List.of("json", "json_build_object('k', i)"),
            List.of("int[]", "array[i, NULL, -i]"),
            List.of("text[]", "array['{', NULL, 'NULL', E'\\\\', i::text]"),
            List.of("inet", "('10.0.0.0'::inet + i)"),
            List.of("int4range", "int4range(i, i + 5)"),
            List.of("point", "point(i, -i)"),
            List.of("bit(8)", "(i % 256)::bit(8)"));

    /// Keys: column definitions, key columns, values from the number `i`; no key at all at the end.
    private static final List<List<String>> KEYS = List.of(
            List.of("k1 int", "k1", "i"),
            List.of("k1 bigint", "k1", "-i::bigint * 5000000000"),
            List.of("k1 uuid", "k1", "md5('k' || i)::uuid"),
            List.of("k1 text", "k1", "chr(65 + i % 26) || chr(97 + i % 2) || 'é😀''\"' || i"),
            List.of("k1 text, k2 int", "k1, k2", "'g' || i % 10, i"),
            List.of("k1 numeric, k2 date", "k1, k2", "i / 4.0, '2020-01-01'::date + i % 5"),
            List.of(
                    "k1 timestamptz, k2 \"char\", k3 char(5)",
                    "k3, k1, k2",
                    "'2020-01-01'::timestamptz + i * interval '1 us', 'x', i::text"),
            List.of("k1 int", "", "i / 2"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyDifferenceIsFoundRepairedAndTakenBack(long seed) throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Sketch> sketches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sketches.add(Sketch.any(random, i));
        }
        Databases databases = Databases.with(all(sketches, Sketch::create), all(sketches, Sketch::fill));
        databases.inLive(all(sketches, sketch -> sketch.damage(random)));
        assertThat(Found.between(databases).differences()).isEqualTo(judged(databases, sketches));

        List<Map<String, String>> before = rows(databases.live, sketches);
        RepairPlan plan = Found.plan(databases, folder, Rules.plain(Found.NOW));
        RepairReport report = Repaired.by(databases, folder, plan);
        assertThat(report.total().skipped()).isEmpty();
        assertThat(rows(databases.live, sketches)).isEqualTo(rows(databases.copy, sketches));
        Repaired.undone(databases, folder, plan, Triggers.ASK);
        assertThat(rows(databases.live, sketches)).isEqualTo(before);
    }

    private static String all(List<Sketch> sketches, java.util.function.Function<Sketch, String> sql) {
        return sketches.stream().map(sql).collect(Collectors.joining(";\n"));
    }

    private static List<Map<String, String>> rows(String database, List<Sketch> sketches) throws Exception {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Sketch sketch : sketches) {
            rows.add(sketch.rows(database));
        }
        return rows;
    }

    /// What differs by a comparison of every row's text in Java.
    private static Set<String> judged(Databases databases, List<Sketch> sketches) throws Exception {
        TreeSet<String> differences = new TreeSet<>();
        for (Sketch sketch : sketches) {
            Map<String, String> copy = sketch.rows(databases.copy);
            Map<String, String> live = sketch.rows(databases.live);
            for (String key : union(copy, live)) {
                String kind = !live.containsKey(key)
                        ? "MISSING_IN_LIVE"
                        : !copy.containsKey(key)
                                ? "UNEXPECTED_IN_LIVE"
                                : copy.get(key).equals(live.get(key)) ? "" : "CHANGED";
                if (!kind.isEmpty()) {
                    differences.add("%s public.%s %s".formatted(kind, sketch.name(), key));
                }
            }
        }
        return differences;
    }

    private static Set<String> union(Map<String, String> copy, Map<String, String> live) {
        TreeSet<String> keys = new TreeSet<>(copy.keySet());
        keys.addAll(live.keySet());
        return keys;
    }

    /// A table that chance drew.
    private record Sketch(String name, List<String> key, List<List<String>> columns, int rows) {
        static Sketch any(RandomGenerator random, int number) {
            List<List<String>> columns = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                columns.add(TYPES.get(random.nextInt(TYPES.size())));
            }
            String name = "t" + number + (random.nextBoolean() ? " \"odd\"\n😀" : "");
            return new Sketch(name, KEYS.get(number % KEYS.size()), columns, random.nextInt(2500));
        }

        String quoted() {
            return '"' + name.replace("\"", "\"\"") + '"';
        }

        String create() {
            StringBuilder sql = new StringBuilder("CREATE TABLE " + quoted() + " (" + key.getFirst());
            for (int i = 0; i < columns.size(); i++) {
                sql.append(", \"v '")
                        .append(i)
                        .append("\" ")
                        .append(columns.get(i).getFirst());
            }
            return sql.append(key.get(1).isEmpty() ? ")" : ", PRIMARY KEY (" + key.get(1) + "))")
                    .toString();
        }

        String fill() {
            return "INSERT INTO %s SELECT %s%s FROM generate_series(1, %d) i"
                    .formatted(quoted(), key.get(2), values(), rows);
        }

        private String values() {
            return columns.stream()
                    .map(column -> ", CASE WHEN i %% 11 = 0 THEN NULL ELSE %s END".formatted(column.get(1)))
                    .collect(Collectors.joining());
        }

        String damage(RandomGenerator random) {
            int every = 2 + random.nextInt(200);
            int column = random.nextInt(columns.size());
            String change =
                    "UPDATE %1$s SET \"v '%2$d\" = (SELECT %3$s FROM (VALUES (%4$d)) AS x(i)) WHERE ctid IN (SELECT ctid FROM %1$s TABLESAMPLE bernoulli (%5$d) REPEATABLE (%4$d))"
                            .formatted(
                                    quoted(),
                                    column,
                                    columns.get(column).get(1),
                                    random.nextInt(9999),
                                    random.nextInt(30));
            String delete =
                    "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s TABLESAMPLE bernoulli (%2$d) REPEATABLE (%2$d))"
                            .formatted(quoted(), random.nextInt(1 + 100 / every));
            String add = "INSERT INTO %s SELECT %s%s FROM generate_series(%d, %d) i"
                    .formatted(quoted(), key.get(2), values(), rows + 1, rows + random.nextInt(40));
            String vacuum = random.nextInt(3) == 0
                    ? "; ALTER TABLE %s SET (fillfactor = 60); ALTER TABLE %1$s ADD COLUMN x int; ALTER TABLE %1$s DROP COLUMN x; ALTER TABLE %1$s ALTER k1 TYPE %2$s USING k1"
                            .formatted(
                                    quoted(),
                                    key.getFirst().replaceFirst("k1 ", "").replaceFirst(",.*", ""))
                    : "";
            return change + ";" + delete + ";" + add + vacuum;
        }

        Map<String, String> rows(String database) throws Exception {
            return key.get(1).isEmpty() ? contents(database) : Databases.rows(database, quoted(), keyText());
        }

        private String keyText() {
            return java.util.Arrays.stream(key.get(1).split(", "))
                    .map(part -> key.getFirst().contains(part + " numeric") ? "trim_scale(" + part + ")" : part)
                    .map(part -> "(" + part + ")::text")
                    .collect(Collectors.joining(" || ', ' || "));
        }

        private Map<String, String> contents(String database) throws Exception {
            return Databases.rows(database, quoted(), "left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 32)");
        }
    }
}
