package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairPass.Waiting;
import org.junit.jupiter.api.Test;

/// What one invocation leaves for another is read back as it was, to the last row.
class PieceJsonTest {
    private static final TableName ORDERS = new TableName("public", "odd \"name\"\n😀");
    private static final TableName ITEMS = TableName.of("items");

    @Test
    void pieceOfAComparison() throws JsonProcessingException {
        var counts = new Counts(3, 4, Map.of(DifferenceClass.CHANGED, 5L), Map.of(Left.STAMPED_AHEAD, 6L));
        var sample = new Difference.Sample(
                RowKey.of("1", ""),
                DifferenceClass.CHANGED,
                Optional.of(TimeAnomaly.STAMPED_AHEAD),
                List.of(new FieldChange("v", Optional.of("a"), Optional.empty())));
        var part = new Diff.Part(
                List.of(
                        new TableOutcome.Compared(ORDERS, counts, List.of(sample), List.of("a rule")),
                        new TableOutcome.NotCompared(ITEMS, TableOutcome.Why.ONLY_IN_COPY, "why")),
                List.of(new Chunk("drafts/a", ORDERS, DifferenceClass.CHANGED, 5, "abc")));
        assertThat(PieceJson.part(again(PieceJson.of(part)))).isEqualTo(part);
        var nothing = new Diff.Part(List.of(), List.of());
        assertThat(PieceJson.part(again(PieceJson.of(nothing)))).isEqualTo(nothing);
    }

    @Test
    void whatBecameOfRows() throws JsonProcessingException {
        Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
        outcomes.put(
                ORDERS,
                new BatchOutcome(
                        3,
                        4,
                        List.of(
                                new Skipped(RowKey.of("1", "b"), Why.LOCKED),
                                new Skipped(RowKey.of("2"), Why.LIVE_CHANGED_SINCE)),
                        List.of(new SideEffect(ITEMS, 1, 2, 3, true))));
        outcomes.put(ITEMS, new BatchOutcome(0, 1, List.of()));
        Map<TableName, BatchOutcome> read = PieceJson.outcomes(again(PieceJson.of(outcomes)));
        assertThat(read).isEqualTo(outcomes);
        assertThat(read.keySet()).containsExactly(ORDERS, ITEMS);
    }

    @Test
    void rowsThatWait() throws JsonProcessingException {
        var changed = new PlannedRow(RowKey.of("1", "\n"), Optional.of("c"), 1, Optional.of("l"), 1);
        var missing = new PlannedRow(RowKey.of("2"), Optional.of("c"), 7, Optional.empty(), 0);
        List<Waiting> waiting = List.of(
                new Waiting(ORDERS, DifferenceClass.CHANGED, List.of(changed)),
                new Waiting(ITEMS, DifferenceClass.MISSING_IN_LIVE, List.of(missing, changed)));
        assertThat(PieceJson.waiting(again(PieceJson.of(waiting)))).isEqualTo(waiting);
    }

    @Test
    void lookAfterwards() throws JsonProcessingException {
        var looked = new Verifier.Looked(30, 2, 1, List.of(RowKey.of("1", "2"), RowKey.of("")));
        assertThat(PieceJson.looked(again(PieceJson.of(looked)))).isEqualTo(looked);
    }

    @Test
    void whatAnUndoHasBeforeIt() throws JsonProcessingException {
        var selection = new UndoSelection(
                List.of(new UndoTarget("undo/x/1", true), new UndoTarget("undo/x/0", false)),
                List.of(
                        new LeftEntry(3, Optional.of(ORDERS), 2, List.of(RowKey.of("1", "2"), RowKey.of("3")), "why"),
                        LeftEntry.unreadable(4, "cut")));
        assertThat(UndoJson.selection(again(UndoJson.of(selection)))).isEqualTo(selection);
    }

    @Test
    void rowsOfAnUndoThatWait() throws JsonProcessingException {
        var pass = new UndoPass(
                new ScriptedRepairs(Map.of()),
                new ArchiveUndoLog(new LocalArchive(java.nio.file.Path.of("none")), new PlanId("0".repeat(32))),
                Progress.SILENT);
        var waiting = new UndoPass.Waiting(
                new UndoTarget("undo/x/1", true), ORDERS, Set.of(RowKey.of("1", "2"), RowKey.of("3")));
        pass.takeOn(waiting);
        JsonNode node = again(UndoJson.of(pass));
        assertThat(UndoJson.waiting(node)).containsExactly(waiting);
        assertThat(UndoJson.left(node)).isEmpty();
        assertThat(PieceJson.outcomes(node.path("tables"))).isEmpty();
    }

    private static JsonNode again(JsonNode node) throws JsonProcessingException {
        return new ObjectMapper().readTree(node.toString());
    }
}
