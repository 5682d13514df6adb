package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoPassTest {
    private static final PlanId PLAN = new PlanId("0123456789abcdef0123456789abcdef");
    private static final TableName ORDERS = TableName.of("orders");

    @TempDir
    Path folder;

    private final UndoStandIn store = new UndoStandIn();

    @Test
    void eachRowIsUndoneOnceAndCountedOnceThoughItWaitedForOthers() throws Refused {
        swapped("1", "2");
        for (int i = 10; i < 20; i++) {
            wrote(row(Integer.toString(i), "was " + i, "is " + i));
        }
        UndoPass pass = undo();
        BatchOutcome outcome = pass.outcomes().get(ORDERS);
        assertThat(outcome).isEqualTo(new BatchOutcome(13, 0, List.of()));
        assertThat(store.live).containsEntry(RowKey.of("1"), "a").containsEntry(RowKey.of("2"), "b");
    }

    @Test
    void chainIsFollowedForAsLongAsThatGetsAnywhereAndNothingIsWrittenAtOnceMeanwhile() throws Refused {
        store.unique.addAll(List.of("a", "b", "c"));
        wrote(row("3", "c", "b"));
        wrote(row("2", "b", "a"));
        wrote(row("1", "a", "x"));
        List<String> progress = new ArrayList<>();
        ArchiveUndoLog log = log();
        UndoPass pass =
                new UndoPass(store, log, (step, done, of) -> progress.add("%s %d/%d".formatted(step, done, of)));
        pass.run(new UndoSelector(store, log, PLAN).select(UndoEntries.KNOWN).targets());
        assertThat(pass.waiting()).hasSize(2);
        pass.again();
        assertThat(store.asked).extracting(RowKey::toString).containsExactly("1", "2", "3", "1", "2", "1");
        assertThat(progress).containsExactly("undo 0/3", "undo 1/3", "undo 2/3");
        assertThat(pass.outcomes().get(ORDERS)).isEqualTo(new BatchOutcome(3, 0, List.of()));
        assertThat(pass.waiting()).isEmpty();
    }

    @Test
    void rowsThatAreRefusedToTheEndWaitNoMore() throws Refused {
        store.takesTogether = false;
        swapped("1", "2");
        UndoPass pass = undo();
        assertThat(pass.waiting()).isEmpty();
        pass.again();
        assertThat(pass.outcomes().get(ORDERS).skipped()).hasSize(2);
    }

    @Test
    void onlyRowsThatWaitAreTriedAgain() throws Refused {
        store.takesTogether = false;
        swapped("1", "2");
        store.asked.clear();
        undo();
        assertThat(store.asked.stream().filter(RowKey.of("3")::equals)).hasSize(1);
    }

    @Test
    void rowsThatAreRefusedToTheEndAreReportedOnce() throws Refused {
        store.takesTogether = false;
        swapped("1", "2");
        assertThat(undo().outcomes().get(ORDERS).skipped())
                .containsExactlyInAnyOrder(
                        new Skipped(RowKey.of("1"), Why.REFUSED_BY_CONSTRAINT),
                        new Skipped(RowKey.of("2"), Why.REFUSED_BY_CONSTRAINT));
    }

    @Test
    void aRowThatSomebodyWroteSinceIsLeftAndReported() throws Refused {
        wrote(row("1", "was", "is"));
        store.live.put(RowKey.of("1"), "somebody's");
        assertThat(undo().outcomes().get(ORDERS).skipped())
                .containsExactly(new Skipped(RowKey.of("1"), Why.LIVE_CHANGED_SINCE));
        assertThat(store.live).containsEntry(RowKey.of("1"), "somebody's");
    }

    @Test
    void whatIsUndoneIsNotUndoneAgainThoughSomebodyWritesTheSameAsTheRepair() throws Refused {
        wrote(row("1", "was", "is"));
        undo();
        store.live.put(RowKey.of("1"), "is");
        assertThat(undo().outcomes()).isEmpty();
        assertThat(store.live).containsEntry(RowKey.of("1"), "is");
    }

    @Test
    void aRepairAfterAnUndoCanBeUndoneToo() throws Refused {
        wrote(row("1", "was", "is"));
        undo();
        wrote(row("1", "was", "is"));
        assertThat(undo().outcomes().get(ORDERS).written()).isEqualTo(1);
        assertThat(store.live).containsEntry(RowKey.of("1"), "was");
    }

    @Test
    void aRowThatWasSkippedCanBeUndoneLater() throws Refused {
        wrote(row("1", "was", "is"), row("2", "was", "is"));
        store.live.put(RowKey.of("1"), "somebody's");
        undo();
        store.live.put(RowKey.of("1"), "is");
        assertThat(undo().outcomes().get(ORDERS)).isEqualTo(new BatchOutcome(1, 0, List.of()));
    }

    @Test
    void aFileThatIsDamagedMeanwhileIsReportedAndStopsNoOther() throws Exception {
        wrote(row("1", "was", "is"));
        wrote(row("2", "was", "is"));
        wrote(row("3", "was", "is"));
        ArchiveUndoLog log = log();
        UndoSelection selection = new UndoSelector(store, log, PLAN).select(UndoEntries.KNOWN);
        cut("undo/%s/00000001/00000.rows".formatted(PLAN));
        UndoPass pass = new UndoPass(store, log, Progress.SILENT);
        pass.run(selection.targets());
        pass.again();
        assertThat(pass.outcomes().get(ORDERS).written()).isEqualTo(2);
        assertThat(pass.unreadable())
                .singleElement()
                .satisfies(left -> assertThat(left.entry()).isEqualTo(1));
    }

    @Test
    void rowsThatWaitAreTakenOnByTheNextPass() throws Refused {
        swapped("1", "2");
        UndoSelection selection = new UndoSelector(store, log(), PLAN).select(UndoEntries.KNOWN);
        UndoPass first = new UndoPass(store, log(), Progress.SILENT);
        first.run(selection.targets());
        var left = UndoJson.of(first);
        assertThat(UndoJson.selection(UndoJson.of(selection))).isEqualTo(selection);
        UndoPass second = new UndoPass(store, log(), Progress.SILENT);
        UndoJson.waiting(left).forEach(second::takeOn);
        second.again();
        assertThat(first.outcomes().get(ORDERS).written()).isEqualTo(1);
        assertThat(second.outcomes().get(ORDERS)).isEqualTo(new BatchOutcome(2, 0, List.of()));
    }

    private void cut(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        Files.write(folder.resolve(file), lines.subList(0, 1));
    }

    /// Two rows whose unique values the repair exchanged, and one that nothing keeps back.
    private void swapped(String one, String two) {
        store.unique.addAll(List.of("a", "b"));
        wrote(row(one, "a", "b"), row(two, "b", "a"), row("3", "was 3", "is 3"));
    }

    private void wrote(UndoRow... rows) {
        UndoEntry entry = log().begin(Optional.empty());
        entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(rows));
        entry.committed();
        for (UndoRow row : rows) {
            store.live.put(row.key(), row.after().orElseThrow());
        }
    }

    private UndoPass undo() throws Refused {
        ArchiveUndoLog log = log();
        UndoPass pass = new UndoPass(store, log, Progress.SILENT);
        pass.run(new UndoSelector(store, log, PLAN).select(UndoEntries.KNOWN).targets());
        pass.again();
        return pass;
    }

    private ArchiveUndoLog log() {
        return new ArchiveUndoLog(new LocalArchive(folder), PLAN);
    }

    private static UndoRow row(String key, String before, String after) {
        return new UndoRow(RowKey.of(key), Optional.of(before), Optional.of(before), 1, Optional.of(after), 1);
    }
}
