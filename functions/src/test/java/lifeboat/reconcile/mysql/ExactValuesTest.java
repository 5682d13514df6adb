package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.TableOutcome.Compared;
import lifeboat.reconcile.TableOutcome.NotCompared;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Two values are equal only where nothing that the server keeps of them differs.
class ExactValuesTest {
    private static final String LAX = "SET sql_mode = ''";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "MARIADB, ascii, 80, 81",
        "MARIADB, ascii, 80, 3F",
        "MARIADB, ucs2, D800, D801",
        "MYSQL, ucs2, D800, D801",
        "MARIADB, latin1, 81, 8D",
        "MYSQL, latin1, 81, 8D",
        "MARIADB, utf8mb3, 61, 41",
        "MYSQL, utf8mb3, 61, 41",
    })
    void textsThatReadAlikeInUnicodeDiffer(Engine engine, String charset, String one, String other) throws Exception {
        Databases databases = Databases.on(
                engine,
                LAX,
                "CREATE TABLE codes (id INT PRIMARY KEY, c VARCHAR(9) CHARACTER SET %s)".formatted(charset),
                "INSERT INTO codes VALUES (1, X'%1$s'), (2, X'%1$s')".formatted(one));
        databases.inLive(LAX, "UPDATE codes SET c = X'%s' WHERE id = 1".formatted(other));
        assertThat(differences(databases)).containsExactly("CHANGED codes 1");
        databases.repaired(folder, databases.plan(folder, Databases.NOW), Set.of());
        assertThat(databases.liveColumn("SELECT HEX(c) FROM codes")).containsExactly(one, one);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyByteOfLatin1IsItself(Engine engine) throws Exception {
        Databases databases =
                Databases.on(engine, LAX, "CREATE TABLE bytes (id INT PRIMARY KEY, c CHAR(1) CHARACTER SET latin1)");
        for (int value = 0; value < 256; value++) {
            String digits = HexFormat.of().toHexDigits((byte) value);
            databases.inCopy(LAX, "INSERT INTO bytes VALUES (%d, X'%s')".formatted(value, digits));
            databases.inLive(LAX, "INSERT INTO bytes VALUES (%d, '?')".formatted(value));
        }
        databases.repaired(folder, databases.plan(folder, Databases.NOW), Set.of());
        assertThat(databases.liveRows("bytes")).isEqualTo(databases.copyRows("bytes"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anEnumThatHoldsNoMemberIsNotOneWhoseMemberIsEmpty(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                LAX,
                "CREATE TABLE lamps (id INT PRIMARY KEY, e ENUM('on', '', 'it''s, off'), s SET('', 'a', 'b'), c ENUM('', 'x') CHARACTER SET cp1251)",
                "INSERT INTO lamps VALUES (1, '', '', ''), (2, 0, 0, 0), (3, 3, 7, 2), (4, 1, 2, 1), (5, NULL, NULL, NULL)",
                "CREATE TABLE bag (e ENUM('', 'x'))",
                "INSERT INTO bag VALUES (0), (1), (1)");
        String numbers = "SELECT CONCAT_WS(' ', id, e + 0, s + 0, c + 0) FROM lamps ORDER BY id";
        List<String> before = databases.copyColumn(numbers);
        assertThat(before).contains("2 0 0 0", "3 3 7 2", "5");
        databases.inLive(
                LAX,
                "UPDATE lamps SET e = 0 WHERE id = 1",
                "UPDATE lamps SET s = 1 WHERE id = 2",
                "UPDATE lamps SET c = 1 WHERE id = 3",
                "UPDATE lamps SET c = 0 WHERE id = 4",
                "DELETE FROM bag",
                "INSERT INTO bag VALUES (0), (0), (1)");
        List<String> damaged = databases.liveColumn(numbers);
        assertThat(differences(databases))
                .hasSize(6)
                .contains("CHANGED lamps 1", "CHANGED lamps 2", "CHANGED lamps 3", "CHANGED lamps 4");
        RepairPlan plan = databases.plan(folder, Databases.NOW);
        assertThat(plan.tables().toString())
                .contains("copy=Optional[], live=Optional[(no member)]", "copy=Optional[(no member)], live=Optional[]");
        databases.repaired(folder, plan, Set.of());
        assertThat(databases.liveColumn(numbers)).isEqualTo(before);
        assertThat(databases.liveColumn("SELECT e + 0 FROM bag ORDER BY 1")).containsExactly("0", "1", "1");
        databases.undone(folder, plan, Set.of());
        assertThat(databases.liveColumn(numbers)).isEqualTo(damaged);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "CAST('2020-01-01' AS DATE); '2020-01-01'",
                "CAST('10:11:12.5' AS TIME(6)); '10:11:12.500000'",
                "CAST('2020-01-01 01:02:03' AS DATETIME); '2020-01-01 01:02:03.000000'",
                "1.10; 1.10e0",
                "1.5; 1.5e0",
                "CAST(5 AS UNSIGNED); CAST(5 AS SIGNED)",
                "CAST('a' AS BINARY); 'base64:type15:YQ=='",
                "b'101'; 'base64:type16:BQ=='",
                "true; 'true'",
                "1; 1e0",
                "0e0; -0e0",
                "'a'; 'A'",
                "CONVERT(X'C3A9' USING utf8mb4); CONVERT(X'65CC81' USING utf8mb4)",
            })
    void jsonOfOtherTypesDiffersWhereverItLiesInTheDocument(String one, String other) throws Exception {
        Databases databases = Databases.on(
                Engine.MYSQL,
                "CREATE TABLE events (id INT PRIMARY KEY, v JSON, position JSON)",
                "CREATE TABLE heap (entry JSON, v JSON)",
                insert("events", 1, DOCUMENTS.get(0), one),
                insert("events", 2, DOCUMENTS.get(1), one),
                insert("events", 3, DOCUMENTS.get(2), one),
                insert("events", 4, DOCUMENTS.get(3), one),
                insert("events", 5, "JSON_ARRAY(%s, 'same')", one),
                insert("events", 6, "NULL", one),
                insert("events", 7, "CAST('null' AS JSON)", one),
                "INSERT INTO heap SELECT v, position FROM events WHERE id < 3");
        for (int id = 1; id < 5; id++) {
            // An UPDATE to a value that is equal in the eyes of the server writes nothing.
            databases.inLive("DELETE FROM events WHERE id = " + id, insert("events", id, DOCUMENTS.get(id - 1), other));
        }
        databases.inLive("DELETE FROM heap", "INSERT INTO heap SELECT v, position FROM events WHERE id < 3");
        databases.inLive("UPDATE events SET v = CAST('null' AS JSON) WHERE id = 6");
        databases.inLive("UPDATE events SET v = NULL WHERE id = 7");
        assertThat(differences(databases))
                .hasSize(10)
                .contains(
                        "CHANGED events 1",
                        "CHANGED events 2",
                        "CHANGED events 3",
                        "CHANGED events 4",
                        "CHANGED events 6",
                        "CHANGED events 7");
    }

    private static final List<String> DOCUMENTS = List.of(
            "JSON_ARRAY(%s)",
            "JSON_OBJECT('k', %s, 'b', true)",
            "JSON_OBJECT('a', JSON_ARRAY(1, JSON_OBJECT('z', JSON_ARRAY(JSON_ARRAY(%s)))))",
            "JSON_EXTRACT(JSON_ARRAY(%s), '$[0]')");

    private static String insert(String table, int id, String document, String value) {
        return "INSERT INTO %s VALUES (%d, %s, JSON_ARRAY(1, '%d'))"
                .formatted(table, id, document.replace("%s", value), id);
    }

    /// Neighbours among the doubles, and documents deep, wide and empty.
    @Test
    void jsonThatIsTheSameIsEqualAndTheNearestOtherIsNot() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Databases databases = Databases.on(
                Engine.MYSQL,
                "CREATE TABLE numbers (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO numbers VALUES (1001, '{}'), (1002, '[]'), (1003, '\"\"'), (1004, CONCAT(REPEAT('[', 98), REPEAT(']', 98)))",
                "INSERT INTO numbers SELECT 1005, JSON_ARRAYAGG(seq) FROM seq_1_to_20000");
        for (int id = 1; id <= 200; id++) {
            double value = Double.longBitsToDouble(random.nextLong() & ~(1L << 62) | (random.nextLong() & 1L) << 53);
            for (String side : List.of(databases.copy, databases.live)) {
                double there = side.equals(databases.copy) || id % 2 == 0 ? value : Math.nextUp(value);
                databases.engine.run(side, "INSERT INTO numbers VALUES (%d, JSON_ARRAY(%s))".formatted(id, sql(there)));
            }
        }
        assertThat(differences(databases)).hasSize(100).allMatch(row -> row.matches("CHANGED numbers [0-9]*[13579]"));
    }

    private static String sql(double value) {
        String text = Double.toString(value);
        return text.contains("E") ? text : text + "e0";
    }

    @Test
    void jsonIsComparedAtItsGreatestDepth() throws Exception {
        String deepest = "JSON_SET(CONCAT(REPEAT('[', 100), REPEAT(']', 100)), '$%s', %%s)".formatted("[0]".repeat(99));
        Databases databases = Databases.on(
                Engine.MYSQL,
                "CREATE TABLE deep (id INT PRIMARY KEY, j JSON)",
                "INSERT INTO deep VALUES (1, %s)".formatted(deepest.formatted("CAST('2020-01-01' AS DATE)")));
        assertThat(differences(databases)).isEmpty();
        databases.inLive(
                "DELETE FROM deep", "INSERT INTO deep VALUES (1, %s)".formatted(deepest.formatted("'2020-01-01'")));
        assertThat(differences(databases)).containsExactly("CHANGED deep 1");
    }

    /// A text taken for a number: a cast answers NULL for what is longer than a packet.
    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatTheServerTurnsIntoNullDoesNotPassForNull(Engine engine) throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE raw (id INT PRIMARY KEY, v LONGTEXT, w INT)",
                "INSERT INTO raw VALUES (1, REPEAT('1', 1100000), 1), (2, '1', 2), (3, NULL, NULL)");
        List<Column> columns = Stream.of("id", "v", "w")
                .map(name -> new Column(name, "int", "int", false, Column.Generation.PLAIN))
                .toList();
        TablePair pair = new TablePair(TableName.of("raw"), columns, columns, columns.subList(0, 1), 1, false);
        engine.under(
                "max_allowed_packet",
                "1048576",
                () -> assertThat(databases.copyColumn(
                                "SELECT id FROM raw AS t WHERE %s IS NULL".formatted(new RowText(pair).digest())))
                        .containsExactly("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, LONGTEXT, 600000",
        "MARIADB, LONGBLOB, 1048577",
        "MARIADB, LONGTEXT CHARACTER SET cp932, 600000",
        "MARIADB, LONGTEXT CHARACTER SET utf16, 300000",
        "MARIADB, LONGTEXT COLLATE utf8mb4_bin, 3000000",
        "MARIADB, VARCHAR(16000) CHARACTER SET utf8mb4, 16000",
        "MYSQL, LONGTEXT, 600000",
        "MYSQL, LONGBLOB, 1048577",
        "MYSQL, LONGTEXT CHARACTER SET cp932, 600000",
        "MYSQL, LONGTEXT CHARACTER SET utf16, 300000",
        "MYSQL, LONGTEXT COLLATE utf8mb4_bin, 3000000",
        "MYSQL, VARCHAR(16000) CHARACTER SET utf8mb4, 16000",
        "MYSQL, JSON, 600000",
    })
    void aLongValueIsComparedOrItsTableIsIncomplete(Engine engine, String type, int length) throws Exception {
        String value = type.equals("JSON") ? "JSON_QUOTE(REPEAT('%s', %d))" : "REPEAT('%s', %d)";
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE letters (id INT PRIMARY KEY, w INT, v %s)".formatted(type),
                "CREATE TABLE pile (w INT, v %s)".formatted(type),
                "INSERT INTO letters SELECT seq, seq, %s FROM seq_1_to_3".formatted(value.formatted("ア", length)),
                "INSERT INTO pile SELECT w, v FROM letters");
        databases.inLive(
                "UPDATE letters SET v = %s WHERE id = 2".formatted(value.formatted("イ", length)),
                "UPDATE pile SET v = %s WHERE w = 2".formatted(value.formatted("イ", length)));
        for (String packet : List.of("1048576", "131072")) {
            engine.under("max_allowed_packet", packet, () -> {
                assertThat(isCompared(databases, "letters") ? count(databases, "letters") : 1)
                        .isEqualTo(1);
                assertThat(isCompared(databases, "pile") ? count(databases, "pile") : 2)
                        .isEqualTo(2);
            });
        }
    }

    private static boolean isCompared(Databases databases, String table) {
        TableOutcome outcome = databases.outcomes().get(TableName.of(table));
        if (outcome instanceof NotCompared not) {
            assertThat(not.detail()).contains("max_allowed_packet");
        }
        return outcome instanceof Compared;
    }

    private static long count(Databases databases, String table) {
        return differences(databases).stream()
                .filter(row -> row.contains(" " + table + " "))
                .count();
    }

    private static Set<String> differences(Databases databases) {
        Set<String> found = new TreeSet<>();
        try (var comparison = databases.compare(KeyCuts.Most.A_PIECE)) {
            for (var segment : comparison.segments()) {
                assertThat(comparison.compare(
                                segment,
                                (Difference one) ->
                                        found.add("%s %s %s".formatted(one.kind(), one.table(), one.key()))))
                        .allMatch(Compared.class::isInstance);
            }
        }
        return found;
    }
}
