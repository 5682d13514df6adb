package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever is changed in a file of an undo log changes its digest.
class UndoDigestTest {
    private static final PlanId PLAN = new PlanId("0".repeat(32));
    private static final UndoFile.Head HEAD = head(PLAN, 1, 2, "run", Optional.of("tx"), "s", "t");
    private static final UndoRow ROW =
            new UndoRow(RowKey.of("a", "b"), Optional.of("c"), Optional.of("d"), 1, Optional.of("e"), 2);

    @Test
    void everyPartOfTheHeadCounts() {
        Set<String> digests = new LinkedHashSet<>();
        List<UndoFile.Head> heads = List.of(
                HEAD,
                head(new PlanId("1".repeat(32)), 1, 2, "run", Optional.of("tx"), "s", "t"),
                head(PLAN, 2, 2, "run", Optional.of("tx"), "s", "t"),
                head(PLAN, 1, 3, "run", Optional.of("tx"), "s", "t"),
                head(PLAN, 1, 2, "ruN", Optional.of("tx"), "s", "t"),
                head(PLAN, 1, 2, "run", Optional.of("ty"), "s", "t"),
                head(PLAN, 1, 2, "run", Optional.empty(), "s", "t"),
                head(PLAN, 1, 2, "run", Optional.of("tx"), "S", "t"),
                head(PLAN, 1, 2, "run", Optional.of("tx"), "s", "T"),
                head(PLAN, 1, 2, "run", Optional.of("tx"), "st", ".".repeat(1)),
                new UndoFile.Head(
                        PLAN,
                        1,
                        2,
                        "run",
                        Optional.of(new TransactionName("tx")),
                        new TableName("s", "t"),
                        DifferenceClass.MISSING_IN_LIVE));
        heads.forEach(head -> digests.add(new UndoDigest(head).hex()));
        assertThat(digests).hasSameSizeAs(heads);
    }

    @Test
    void everyPartOfARowCounts() {
        List<UndoRow> rows = List.of(
                ROW,
                new UndoRow(RowKey.of("A", "b"), Optional.of("c"), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("ab"), Optional.of("c"), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("ab", ""), Optional.of("c"), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a"), Optional.of("b"), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of("C"), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.empty(), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of(""), Optional.of("d"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of("c"), Optional.of("D"), 1, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of("c"), Optional.of("d"), 3, Optional.of("e"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of("c"), Optional.of("d"), 1, Optional.of("E"), 2),
                new UndoRow(RowKey.of("a", "b"), Optional.of("c"), Optional.of("d"), 1, Optional.of("e"), 3));
        Set<String> digests = new LinkedHashSet<>();
        rows.forEach(row -> digests.add(digest(row)));
        assertThat(digests).hasSameSizeAs(rows);
        assertThat(digest(ROW))
                .isNotEqualTo(digest())
                .isNotEqualTo(digest(ROW, ROW))
                .isEqualTo(digest(ROW));
    }

    @Test
    void lastCharacterOfALargeValueCountsAtEveryLength() {
        for (int length : List.of(8191, 8192, 8193, 16_384, 16_385)) {
            String value = "x".repeat(length - 1);
            Set<String> digests = new LinkedHashSet<>();
            for (String last : List.of("", "x", "y", "\ud83d")) {
                digests.add(digest(new UndoRow(
                        RowKey.of("a"), Optional.of(value + last), Optional.empty(), 1, Optional.empty(), 0)));
            }
            assertThat(digests).as("%d characters", length).hasSize(4);
        }
    }

    @Test
    void digestIsReadAsOftenAsOneLikes() {
        var digest = new UndoDigest(HEAD);
        assertThat(digest.hex()).hasSize(64).isEqualTo(digest.hex());
    }

    private static String digest(UndoRow... rows) {
        var digest = new UndoDigest(HEAD);
        List.of(rows).forEach(digest::add);
        return digest.hex();
    }

    private static UndoFile.Head head(
            PlanId plan, int entry, int part, String run, Optional<String> transaction, String schema, String table) {
        return new UndoFile.Head(
                plan,
                entry,
                part,
                run,
                transaction.map(TransactionName::new),
                new TableName(schema, table),
                DifferenceClass.CHANGED);
    }
}
