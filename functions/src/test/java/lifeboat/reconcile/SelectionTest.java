package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is selected is repaired, and nothing else.
class SelectionTest {
    private static final Instant FROM = Instant.parse("2026-11-20T02:10:00Z");
    private static final Instant TO = FROM.plusSeconds(60);
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName OTHERS = new TableName("archive", "orders");
    private static final Set<DifferenceClass> ALL = Set.of(DifferenceClass.values());

    @Test
    void everythingIsSelectedWhereNothingIsSaid() {
        for (Difference difference : List.of(missing("1", FROM), changed("1", FROM, TO), unexpected("1", TO))) {
            assertThat(Selection.ALL.leaves(difference)).isEmpty();
        }
        assertThat(Selection.ALL.hasTable(ORDERS)).isTrue();
    }

    @Test
    void onlyNamedTablesAreSelected() {
        Selection selection = new Selection(Set.of(ORDERS), Map.of(), Optional.empty(), ALL);
        assertThat(selection.hasTable(ORDERS)).isTrue();
        assertThat(selection.hasTable(OTHERS)).isFalse();
        assertThat(selection.leaves(missing("1", FROM))).isEmpty();
        assertThat(selection.leaves(new Difference.MissingInLive(OTHERS, RowKey.of("1"), image(FROM))))
                .contains(Left.NOT_SELECTED);
    }

    @Test
    void onlyNamedClassesAreSelected() {
        Selection selection =
                new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(DifferenceClass.MISSING_IN_LIVE));
        assertThat(selection.leaves(missing("1", FROM))).isEmpty();
        assertThat(selection.leaves(changed("1", FROM, FROM))).contains(Left.NOT_SELECTED);
        assertThat(selection.leaves(unexpected("1", FROM))).contains(Left.NOT_SELECTED);
    }

    @Test
    void ofATableWithKeysOnlyThoseAreSelectedAndOfAnyOtherAll() {
        List<KeyRange> ranges = List.of(new KeyRange("1", "10"), new KeyRange("20", "20"));
        Selection selection = new Selection(Set.of(), Map.of(ORDERS, ranges), Optional.empty(), ALL);
        assertThat(List.of("1", "10", "20"))
                .allSatisfy(
                        key -> assertThat(selection.leaves(missing(key, FROM))).isEmpty());
        assertThat(List.of("0", "11", "21", "x"))
                .allSatisfy(
                        key -> assertThat(selection.leaves(missing(key, FROM))).contains(Left.NOT_SELECTED));
        assertThat(selection.leaves(new Difference.MissingInLive(OTHERS, RowKey.of("99"), image(FROM))))
                .isEmpty();
    }

    @Test
    void theFirstPartOfAKeyDecides() {
        Selection selection =
                new Selection(Set.of(), Map.of(ORDERS, List.of(new KeyRange("1", "2"))), Optional.empty(), ALL);
        assertThat(selection.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1", "9"), image(FROM))))
                .isEmpty();
        assertThat(selection.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("9", "1"), image(FROM))))
                .contains(Left.NOT_SELECTED);
    }

    @Test
    void onlyRowsWrittenWithinTheWindowAreSelectedByLivesTimeWhereItHasTheRow() {
        Selection selection = new Selection(Set.of(), Map.of(), Optional.of(new TimeWindow(FROM, TO)), ALL);
        assertThat(selection.leaves(changed("1", FROM.minusSeconds(9), FROM))).isEmpty();
        assertThat(selection.leaves(changed("1", FROM.minusSeconds(9), TO))).isEmpty();
        assertThat(selection.leaves(changed("1", FROM, TO.plusNanos(1)))).contains(Left.NOT_SELECTED);
        assertThat(selection.leaves(changed("1", FROM, FROM.minusNanos(1)))).contains(Left.NOT_SELECTED);
        assertThat(selection.leaves(missing("1", FROM))).isEmpty();
        assertThat(selection.leaves(missing("1", TO.plusSeconds(1)))).contains(Left.NOT_SELECTED);
        assertThat(selection.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1"), Image.of("d"))))
                .as("no time at all")
                .contains(Left.NOT_SELECTED);
    }

    private static Difference missing(String key, Instant copy) {
        return new Difference.MissingInLive(ORDERS, RowKey.of(key), image(copy));
    }

    private static Difference changed(String key, Instant copy, Instant live) {
        return new Difference.Changed(ORDERS, RowKey.of(key), image(copy), image(live));
    }

    private static Difference unexpected(String key, Instant live) {
        return new Difference.UnexpectedInLive(ORDERS, RowKey.of(key), image(live));
    }

    private static Image image(Instant writtenAt) {
        return new Image("d" + writtenAt, 1, Optional.of(writtenAt), Optional.empty(), Optional.empty());
    }
}
