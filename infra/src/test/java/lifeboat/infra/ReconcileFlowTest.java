package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import lifeboat.reconcile.flow.ComparisonSteps;
import lifeboat.reconcile.flow.RepairSteps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileFlowTest {
    private static FlowDefinition reconcile;
    private static final Map<String, JsonNode> STATES = new TreeMap<>();

    @BeforeAll
    static void synthesize() throws Exception {
        var templates = Templates.of(Templates.PROD);
        var site = Site.primary(templates.environment());
        reconcile = FlowDefinition.of(templates.stack("recovery-" + site.region()), site, "reconcile");
        collect(new ObjectMapper().readTree(reconcile.states()));
    }

    @Test
    void onlyStepsThatRepairOrUndoReachTheFunctionThatWrites() {
        assertThat(reconcile.tasks().entrySet().stream()
                        .filter(task -> task.getValue() == Handler.REPAIR)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "Begin repair",
                        "Repair piece",
                        "Repair what waited",
                        "Verify piece",
                        "End repair",
                        "Begin undo",
                        "Undo piece",
                        "End undo");
        assertThat(reconcile.tasks())
                .containsEntry("Plan comparison", Handler.COMPARE)
                .containsEntry("Compare piece", Handler.COMPARE)
                .containsEntry("Seal plan", Handler.COMPARE)
                .containsEntry("Tell", Handler.RECONCILED)
                .containsEntry("Tell failure", Handler.RECONCILED);
    }

    @Test
    void piecesAreWrittenOneAfterTheOther() {
        assertThat(STATES.get("Repair pieces").path("MaxConcurrency").asInt()).isEqualTo(1);
        assertThat(STATES.get("Undo pieces").path("MaxConcurrency").asInt()).isEqualTo(1);
        assertThat(STATES.get("Compare pieces").path("MaxConcurrency").asInt()).isEqualTo(8);
    }

    @Test
    void everyTaskIsRetriedCaughtAndLimitedInTime() {
        var tasks = new TreeMap<>(STATES);
        tasks.values().removeIf(state -> !state.path("Type").asText().equals("Task"));
        assertThat(tasks).hasSize(reconcile.tasks().size()).allSatisfy((name, task) -> {
            assertThat(errors(task.path("Retry"))).as(name).contains("States.ALL", "lifeboat.catalog.Invalid");
            assertThat(errors(task.path("Catch"))).as(name).contains("States.ALL");
            assertThat(task.path("TimeoutSeconds").asLong())
                    .as(name)
                    .isGreaterThan(reconcile.tasks().get(name).size().timeout().toSeconds());
        });
    }

    @Test
    void whateverFailsIsTold() {
        assertThat(List.of("Compare pieces", "Repair pieces", "Verify pieces", "Undo pieces"))
                .allSatisfy(
                        name -> assertThat(STATES.get(name).at("/Catch/0/Next").asText())
                                .isEqualTo("Tell failure"));
        assertThat(List.of(
                        "Plan comparison", "Seal plan", "Begin repair", "Repair what waited", "End repair", "End undo"))
                .allSatisfy(
                        name -> assertThat(STATES.get(name).at("/Catch/0/Next").asText())
                                .isEqualTo("Tell failure"));
        assertThat(STATES.get("Tell failure").path("Next").asText()).isEqualTo("Not reconciled");
        assertThat(STATES.get("What is asked for?").path("Default").asText()).isEqualTo("Not understood");
        assertThat(STATES.get("Not understood").path("Next").asText()).isEqualTo("Tell failure");
    }

    @Test
    void asManyPiecesAsARunMayHaveFitItsHistory() {
        var eventsAPiece =
                8; // started, succeeded; task entered, scheduled, started, succeeded, exited; now and then a retry

        assertThat(ComparisonSteps.MOST_PIECES * eventsAPiece).isLessThan(25_000);
        assertThat(RepairSteps.MOST_CHUNKS * eventsAPiece * 2)
                .as("repaired, then verified")
                .isLessThan(25_000);
    }

    @Test
    void linterFindsNothing(@TempDir Path directory) throws Exception {
        var file = directory.resolve("reconcile.asl.json");
        Files.writeString(file, reconcile.states());

        var told = Tool.run("node_modules/.bin/asl-validator", "--json-path", file.toString());

        assertThat(told.exit()).as(told.output()).isZero();
    }

    private static List<String> errors(JsonNode handlers) {
        return StreamSupport.stream(handlers.spliterator(), false)
                .flatMap(one -> StreamSupport.stream(one.path("ErrorEquals").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    private static void collect(JsonNode machine) {
        machine.path("States").properties().forEach(state -> {
            STATES.put(state.getKey(), state.getValue());
            collect(state.getValue().path("ItemProcessor"));
        });
    }
}
