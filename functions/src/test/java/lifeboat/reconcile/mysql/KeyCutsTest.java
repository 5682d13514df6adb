package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.TableOutcome.Compared;
import lifeboat.reconcile.TableOutcome.NotCompared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranges of keys: every row of both sides in just one of them, whatever the key is, however unevenly its values lie,
/// and whatever is written meanwhile.
class KeyCutsTest {
    private static final KeyCuts.Most SMALL = new KeyCuts.Most(400, 1L << 40);
    private static final int ROWS = 3_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "a BIGINT; a; CAST(seq AS SIGNED) * 7919 - 90000",
                "a BIGINT UNSIGNED; a; 18446744073709000000 + seq",
                "a BIGINT; a; IF(seq < 2990, seq, seq * 3000000000000000)",
                "a INT, b INT; a, b; seq % 3, seq",
                "a INT, b VARBINARY(20); a, b; 1, UNHEX(SHA1(seq))",
                "a DECIMAL(20,3); a; seq / 7 - 100",
                "a VARCHAR(60) COLLATE utf8mb4_general_ci; a; CONCAT(ELT(1 + seq % 4, 'Order-', 'order_', 'ÖRDER.', 'o, '), seq)",
                "a VARCHAR(60) COLLATE utf8mb4_unicode_ci; a; CONCAT(CHAR(0x1F600 + seq % 50 USING utf32), seq, '''\"\\n\\\\')",
                "a VARCHAR(60) COLLATE utf8mb4_bin; a; CONCAT(REPEAT('p', 40), seq)",
                "a VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_german2_ci; a; CONCAT('ß', seq, 'é')",
                "a VARCHAR(60) CHARACTER SET cp932 COLLATE cp932_japanese_ci; a; CONCAT(seq, CONVERT(UNHEX('81E6') USING cp932))",
                "a CHAR(40) CHARACTER SET utf16; a; MD5(seq)",
                "a BINARY(16); a; UNHEX(MD5(seq))",
                "a BINARY(4); a; UNHEX(LPAD(HEX(seq * 256), 8, '0'))",
                "a UUID; a; CONCAT(LEFT(MD5(seq), 8), '-0000-4000-8000-', RIGHT(MD5(seq), 12))",
                "a DATETIME(6); a; '2026-01-01' + INTERVAL seq * 11 MICROSECOND",
                "a DATE, b INT; b, a; '2020-01-01' + INTERVAL seq % 300 DAY, seq % 13 * 1000 + seq DIV 13",
                "a TIMESTAMP(3); a; FROM_UNIXTIME(seq * 1000.125)",
                "a INT, b ENUM('x','y'); a, b; seq, 'x'",
            })
    void everyRowIsInOnePiece(String columns, String key, String values) throws Exception {
        for (Engine engine : Engine.values()) {
            if (engine.knows(columns)) {
                everyRowIsInOnePiece(engine, columns, key, values);
            }
        }
    }

    private static void everyRowIsInOnePiece(Engine engine, String columns, String key, String values)
            throws Exception {
        Databases databases = Databases.on(
                engine,
                "CREATE TABLE `a keys b` (%s, v INT, PRIMARY KEY (%s))".formatted(columns, key),
                "INSERT INTO `a keys b` SELECT %s, seq FROM seq_1_to_%d".formatted(values, ROWS),
                "ANALYZE TABLE `a keys b`");
        databases.inLive(
                "UPDATE `a keys b` SET v = -v WHERE v % 97 = 5",
                "DELETE FROM `a keys b` WHERE v % 89 = 3 OR v = 1 OR v = " + ROWS);
        databases.inCopy("DELETE FROM `a keys b` WHERE v % 83 = 2 OR v = 2 OR v = " + (ROWS - 1));
        List<Segment> cut;
        try (var comparison = databases.compare(SMALL)) {
            cut = comparison.segments().stream().skip(1).toList();
            assertThat(cut).as("pieces").hasSizeBetween(5, 40);
        }
        // Another snapshot than the one that was cut.
        databases.inLive("DELETE FROM `a keys b` WHERE v = 777");
        try (var comparison = databases.compare(KeyCuts.Most.A_PIECE)) {
            List<String> whole = differences(comparison, comparison.segments());
            assertThat(whole).hasSizeGreaterThan(90);
            long[] rows = rows(comparison, comparison.segments());
            assertThat(differences(comparison, cut)).isEqualTo(whole).doesNotHaveDuplicates();
            assertThat(rows(comparison, cut)).isEqualTo(rows);
        }
    }

    @Test
    void rowsBelowTheFirstBoundAndAboveTheLastAreCompared() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (k VARCHAR(30) PRIMARY KEY, v INT)",
                "INSERT INTO t SELECT CONCAT('m', seq), seq FROM seq_1_to_2000",
                "ANALYZE TABLE t");
        try (var comparison = databases.compare(SMALL)) {
            List<Segment> cut = comparison.segments();
            assertThat(cut).hasSizeGreaterThan(4);
            databases.inLive("INSERT INTO t VALUES ('', 1), ('zzz', 2), ('😀', 3), ('a', 4)");
            try (var later = databases.compare(SMALL)) {
                assertThat(differences(later, cut)).hasSize(4).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aTableIsWholeWhereTheSidesOrderItsKeysDifferently() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (k VARCHAR(30) COLLATE utf8mb4_bin PRIMARY KEY, v INT)",
                "INSERT INTO t SELECT CONCAT('m', seq), seq FROM seq_1_to_2000",
                "ANALYZE TABLE t");
        List<Segment> cut;
        try (var comparison = databases.compare(SMALL)) {
            cut = comparison.segments();
        }
        databases.inLive("ALTER TABLE t MODIFY k VARCHAR(30) COLLATE utf8mb4_general_ci");
        try (var comparison = databases.compare(SMALL)) {
            assertThat(comparison.segments()).hasSize(2);
            assertThat(comparison.compare(cut.getLast(), ignored -> {}))
                    .singleElement()
                    .isInstanceOf(NotCompared.class);
        }
    }

    @Test
    void aTableThatIsNamedLikeAnotherPieceIsCompared() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE structure (k INT PRIMARY KEY)", "CREATE TABLE `t keys 1..2` (k INT PRIMARY KEY)");
        databases.inLive("INSERT INTO structure VALUES (1)", "INSERT INTO `t keys 1..2` VALUES (1)");
        try (var comparison = databases.compare(SMALL)) {
            assertThat(differences(comparison, comparison.segments())).hasSize(2);
            assertThatThrownBy(() -> comparison.compare(new Segment("t keys 1..2"), ignored -> {}))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("LB-422");
        }
    }

    @Test
    void aLabelCannotCarryAnythingButBounds() throws Exception {
        Databases databases = Databases.with("CREATE TABLE t (k INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        try (var comparison = databases.compare(SMALL)) {
            for (String range : List.of("1%29%20OR%20%281..", "1,2..", "x..", "1", "..%zz")) {
                assertThat(comparison.compare(new Segment("t keys " + range), ignored -> {}))
                        .singleElement()
                        .isInstanceOf(NotCompared.class);
            }
        }
    }

    private static List<String> differences(MySqlComparison comparison, List<Segment> segments) {
        List<Difference> all = new ArrayList<>();
        segments.forEach(segment -> comparison.compare(segment, all::add));
        List<String> texts = new ArrayList<>(all.stream()
                .map(one -> one.kind() + " " + one.table() + " " + one.key())
                .toList());
        assertThat(new TreeSet<>(texts)).hasSameSizeAs(texts);
        return texts.stream().sorted().toList();
    }

    private static long[] rows(MySqlComparison comparison, List<Segment> segments) {
        long[] rows = {0, 0};
        for (Segment segment : segments) {
            for (var outcome : comparison.compare(segment, ignored -> {})) {
                assertThat(outcome).isInstanceOf(Compared.class);
                rows[0] += ((Compared) outcome).counts().copyRows();
                rows[1] += ((Compared) outcome).counts().liveRows();
            }
        }
        return rows;
    }
}
