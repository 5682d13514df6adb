package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoSelectorTest {
    private static final PlanId PLAN = new PlanId("0123456789abcdef0123456789abcdef");
    private static final TableName ORDERS = TableName.of("orders");

    @TempDir
    Path folder;

    private final UndoStandIn store = new UndoStandIn();

    @Test
    void whatIsCommittedIsUndoneTheLastFirst() throws Refused {
        keep("a", "1", "2").committed();
        keep("b", "3").committed();
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("3", "1", "2");
        assertThat(select(UndoEntries.KNOWN).left()).isEmpty();
    }

    @Test
    void whatWasRolledBackIsNothing() throws Refused {
        keep("a", "1").rolledBack();
        keep("b", "2").committed();
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("2");
    }

    @Test
    void whereTheEndWasNotNotedTheStoreDecidesAndIsAskedOnce() throws Refused {
        keep("killed after the commit", "1");
        keep("killed before the commit", "2");
        store.fates.put("killed after the commit", Fate.COMMITTED);
        store.fates.put("killed before the commit", Fate.ROLLED_BACK);
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("1");
        store.fates.clear();
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("1");
        assertThat(select(UndoEntries.KNOWN).left()).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsListedAndUndoneOnlyWhenNamed() throws Refused {
        keep("a", "1").committed();
        keep("gone", "2", "3");
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("1");
        assertThat(select(UndoEntries.KNOWN).left()).singleElement().satisfies(left -> {
            assertThat(left.entry()).isEqualTo(1);
            assertThat(left.table()).contains(ORDERS);
            assertThat(left.rows()).isEqualTo(2);
            assertThat(left.keys()).containsExactly(RowKey.of("2"), RowKey.of("3"));
        });
        assertThat(undone(named("1"))).containsExactly("2", "3");
        assertThat(undone(named("0-1"))).containsExactly("2", "3", "1");
    }

    @Test
    void anEntryWithoutANameAndWithoutAnEndIsUnknown() throws Refused {
        UndoEntry entry = log().begin(Optional.empty());
        entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(row("1")));
        assertThat(select(UndoEntries.KNOWN).targets()).isEmpty();
        assertThat(select(UndoEntries.KNOWN).left()).hasSize(1);
    }

    @Test
    void rowsWhoseAnswerWasLostAreListedAndUndoneOnlyWhenNamed() throws Refused {
        keep("", "1", "2", "3").answered(ORDERS, Set.of(RowKey.of("1")), Set.of(RowKey.of("2")));
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("1");
        assertThat(select(UndoEntries.KNOWN).left())
                .singleElement()
                .satisfies(left -> assertThat(left.keys()).containsExactly(RowKey.of("2")));
        assertThat(undone(named("0"))).containsExactly("1", "2");
    }

    @Test
    void aRowThatALaterTryHasWrittenIsNotListedAsUnknown() throws Refused {
        keep("broken off", "1", "2");
        keep("run again", "1").committed();
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("1");
        assertThat(select(UndoEntries.KNOWN).left())
                .singleElement()
                .satisfies(left -> assertThat(left.keys()).containsExactly(RowKey.of("2")));
    }

    @Test
    void aLogThatIsEmptyIsRefused() {
        assertThatThrownBy(() -> select(UndoEntries.KNOWN)).hasMessageContaining("LB-416");
    }

    @Test
    void aLogThatWasEditedIsRefusedAndItsWholeEntriesCanBeNamed() throws Exception {
        keep("a", "1").committed();
        keep("b", "2").committed();
        keep("c", "3").committed();
        Path file = folder.resolve("undo/%s/00000001/00000.rows".formatted(PLAN));
        Files.writeString(file, Files.readString(file).replace("was", "is"));
        assertThatThrownBy(() -> select(UndoEntries.KNOWN))
                .hasMessageContainingAll("LB-465", "entry 1", "--entries=0,2");
        assertThatThrownBy(() -> select(named("1"))).hasMessageContaining("LB-465");
        assertThat(undone(named("0,2"))).containsExactly("3", "1");
    }

    @Test
    void anEntryOfAnotherPlanIsRefused() throws Exception {
        keep("a", "1").committed();
        var other = new PlanId("f".repeat(32));
        UndoEntry entry = new ArchiveUndoLog(new LocalArchive(folder), other).begin(Optional.empty());
        entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(row("9")));
        Files.copy(
                folder.resolve("undo/%s/00000000/00000.rows".formatted(other)),
                Files.createDirectories(folder.resolve("undo/%s/00000001".formatted(PLAN)))
                        .resolve("00000.rows"));
        assertThatThrownBy(() -> select(UndoEntries.KNOWN)).hasMessageContainingAll("LB-465", other.value());
    }

    @Test
    void anEntryThatIsGoneIsNoticedBetweenOthersAndAtTheEnd() throws Exception {
        keep("a", "1").committed();
        keep("b", "2").committed();
        keep("c", "3").committed();
        log().seal();
        delete("00000002");
        assertThatThrownBy(() -> select(UndoEntries.KNOWN)).hasMessageContainingAll("LB-465", "3 files", "holds 2");
        delete("00000000");
        assertThatThrownBy(() -> select(UndoEntries.KNOWN)).hasMessageContaining("entry 0 is gone");
    }

    @Test
    void aMarkThatWasEditedIsRefused() throws Exception {
        UndoEntry entry = keep("a", "1", "2");
        entry.narrowed(ORDERS, Set.of(RowKey.of("1")));
        entry.committed();
        Path mark = folder.resolve("undo/%s/00000000/narrowed-00000".formatted(PLAN));
        Files.writeString(mark, Files.readString(mark).replace("\"2\"", "\"1\""));
        assertThatThrownBy(() -> select(UndoEntries.KNOWN)).hasMessageContainingAll("LB-465", "narrowed-00000");
    }

    @Test
    void aLogGoesOnAfterItWasSealed() throws Refused {
        keep("a", "1").committed();
        log().seal();
        log().seal();
        keep("b", "2").committed();
        assertThat(undone(UndoEntries.KNOWN)).containsExactly("2", "1");
    }

    @Test
    void entriesThatAreNotThereOrWereRolledBackCannotBeNamed() {
        keep("a", "1").rolledBack();
        keep("b", "2").committed();
        assertThatThrownBy(() -> select(named("0,1,7"))).hasMessageContainingAll("LB-466", "0,7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "3-1", "1,,2", "-1", "1-", "99999999999", "0-99999999"})
    void numbersThatAreNoneAreRefused(String typed) {
        assertThatThrownBy(() -> UndoEntries.parse("--entries", Optional.of(typed)))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-467", "--entries \"%s\"".formatted(typed));
    }

    @Test
    void numbersAreReadAndWrittenAsRanges() {
        assertThat(named("3, 5-7,6")).hasToString("3,5-7");
    }

    private UndoEntry keep(String transaction, String... keys) {
        UndoEntry entry = log().begin(
                        Optional.of(transaction).filter(name -> !name.isEmpty()).map(TransactionName::new));
        entry.keep(
                ORDERS,
                DifferenceClass.CHANGED,
                Stream.of(keys).map(UndoSelectorTest::row).toList());
        return entry;
    }

    private static UndoEntries named(String typed) {
        return UndoEntries.parse("--entries", Optional.of(typed));
    }

    private UndoSelection select(UndoEntries entries) throws Refused {
        return new UndoSelector(store, log(), PLAN).select(entries);
    }

    private List<String> undone(UndoEntries entries) throws Refused {
        List<String> keys = new ArrayList<>();
        for (UndoTarget target : select(entries).targets()) {
            try {
                log().batch(target).rows().forEach(row -> keys.add(row.key().toString()));
            } catch (UndoFile.Damaged e) {
                throw new AssertionError(e);
            }
        }
        return Collections.unmodifiableList(keys);
    }

    private void delete(String entry) throws IOException {
        try (var files = Files.list(folder.resolve("undo/%s/%s".formatted(PLAN, entry)))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private ArchiveUndoLog log() {
        return new ArchiveUndoLog(new LocalArchive(folder), PLAN);
    }

    private static UndoRow row(String key) {
        return new UndoRow(
                RowKey.of(key), Optional.of("was " + key), Optional.of("was " + key), 1, Optional.of("is"), 1);
    }
}
