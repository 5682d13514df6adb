package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.reconcile.TableOutcome;
import org.junit.jupiter.api.Test;

/// Values that look equal to one comparison or another and are not; values that are equal and look different.
class ExactTypesTest {
    private static final String TYPES = """
            CREATE EXTENSION citext; CREATE DOMAIN ci AS citext; CREATE DOMAIN price AS numeric;
            CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE pair AS (a text, b int);
            CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)""";

    /// Type, value in the copy, value in live.
    static Stream<List<String>> differentValues() {
        return Stream.of(
                List.of("bigint", "4294967297", "0"),
                List.of("bigint", "9007199254740993", "9007199254740992"),
                List.of("bigint", "-4294967296", "4294967295"),
                List.of("numeric", "1.0", "1.00"),
                List.of("numeric", "-1.5", "1.5"),
                List.of("numeric", "'NaN'", "'Infinity'"),
                List.of("numeric", "'-Infinity'", "'Infinity'"),
                List.of("float8", "'-0'", "'0'"),
                List.of("float8", "'NaN'", "'0'"),
                List.of("float8", "0.1", "0.10000000000000002"),
                List.of("real", "'-0'", "'0'"),
                List.of("text", "''", "NULL"),
                List.of("text", "'a'", "'a '"),
                List.of("text", "E'a\\nb'", "E'a\\\\nb'"),
                List.of("text", "U&'\\00ef'", "U&'i\\0308'"),
                List.of("char(4)", "'a'", "'b'"),
                List.of("bpchar", "'a'", "'a '"),
                List.of("bytea", "'\\x00'", "'\\x0000'"),
                List.of("timestamptz", "'2026-01-01 00:00:00.000001Z'", "'2026-01-01 00:00:00.000002Z'"),
                List.of("timestamptz", "'infinity'", "'-infinity'"),
                List.of("timestamp", "'1999-12-31 23:59:59.999999'", "'2000-01-01'"),
                List.of("timetz", "'12:00:00+00'", "'13:00:00+01'"),
                List.of("date", "'infinity'", "'-infinity'"),
                List.of("interval", "'1 day'", "'24 hours'"),
                List.of("jsonb", "'{\"a\":1.0}'", "'{\"a\":1.00}'"),
                List.of("json", "'{\"a\":1}'", "'{\"a\": 1}'"),
                List.of("xml", "'<a/>'", "'<a></a>'"),
                List.of("int[]", "'{1,2}'", "'[2:3]={1,2}'"),
                List.of("int[]", "'{1,NULL}'", "'{1}'"),
                List.of("text[]", "'{\"NULL\"}'", "'{NULL}'"),
                List.of("point", "'(0,-0)'", "'(0,0)'"),
                List.of("bit(3)", "B'101'", "B'100'"),
                List.of("varbit", "B'1'", "B'10'"),
                List.of("inet", "'10.0.0.1/8'", "'10.0.0.1'"),
                List.of("boolean", "true", "NULL"),
                List.of("smallint", "0", "NULL"),
                List.of("uuid", "'00000000-0000-0000-0000-000000000000'", "NULL"),
                List.of("int4range", "'empty'", "NULL"),
                List.of("tsvector", "'a:1'", "'a:2'"),
                List.of("money", "1.00", "1.01"),
                List.of("ci", "'A'", "'a'"),
                List.of("mood", "'sad'", "'happy'"),
                List.of("price", "1.0", "1.00"),
                List.of("pair", "ROW('', 1)", "ROW(NULL, 1)"),
                List.of("text COLLATE nocase", "'A'", "'a'"));
    }

    @Test
    void differentValuesAreNeverTakenForEqual() throws Exception {
        List<List<String>> values = differentValues().toList();
        Databases databases = Databases.with(TYPES, tables(values));
        assertThat(Found.between(databases).differences()).isEmpty();
        databases.inLive(damage(values));
        String[] expected = IntStream.range(0, values.size())
                .mapToObj(i -> "CHANGED public.t%d 2".formatted(i))
                .toArray(String[]::new);
        assertThat(Found.between(databases).differences()).containsExactlyInAnyOrder(expected);
    }

    private static String tables(List<List<String>> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i ->
                        "CREATE TABLE t%1$d (id int PRIMARY KEY, v %2$s); INSERT INTO t%1$d VALUES (1, %3$s), (2, %3$s), (3, NULL)"
                                .formatted(
                                        i, values.get(i).get(0), values.get(i).get(1)))
                .collect(Collectors.joining(";"));
    }

    private static String damage(List<List<String>> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> "UPDATE t%d SET v = %s WHERE id = 2"
                        .formatted(i, values.get(i).get(2)))
                .collect(Collectors.joining(";"));
    }

    @Test
    void aRowThatWasWrittenAgainWithTheSameValuesIsEqual() throws Exception {
        Databases databases = databases("jsonb", "'{\"b\": 1, \"a\": [null, 2.50]}'");
        databases.inLive("UPDATE t SET v = v", "VACUUM FULL t");
        assertThat(Found.between(databases).differences()).isEmpty();
    }

    @Test
    void valuesSwappedBetweenRowsAreFound() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, a int, b int)",
                "INSERT INTO t SELECT i, i * 7, i * 11 FROM generate_series(1, 500) i");
        databases.inLive("UPDATE t SET a = (CASE id WHEN 3 THEN 4 ELSE 3 END) * 7 WHERE id IN (3, 4)");
        assertThat(Found.between(databases).differences()).containsExactly("CHANGED public.t 3", "CHANGED public.t 4");
    }

    @Test
    void rulesSayWhatIsComparedByItsText() throws Exception {
        Databases databases = databases("numeric(10,2)", "1");
        TableOutcome outcome = Found.between(databases).of("public.t").orElseThrow();
        assertThat(((TableOutcome.Compared) outcome).rules())
                .singleElement()
                .asString()
                .contains("numeric(10,2)");
    }

    private static Databases databases(String type, String value) throws Exception {
        return Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, v %s)".formatted(type),
                "INSERT INTO t VALUES (1, %1$s), (2, %1$s), (3, NULL)".formatted(value));
    }
}
