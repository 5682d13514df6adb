package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.StreamSupport;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryFlowTest {
    private static final int MOST_EVENTS = 25_000;
    private static FlowDefinition recovery;
    private static JsonNode flow;
    private static final Map<String, JsonNode> STATES = new TreeMap<>();

    @BeforeAll
    static void synthesize() throws Exception {
        var templates = Templates.of(Templates.PROD);
        var site = Site.primary(templates.environment());
        recovery = FlowDefinition.of(templates.stack("recovery-" + site.region()), site, "recovery");
        flow = new ObjectMapper().readTree(recovery.states());
        collect(flow);
    }

    @Test
    void everyStepHasItsHandler() {
        assertThat(recovery.tasks())
                .containsEntry("Plan", Handler.PLAN)
                .containsEntry("Restore", Handler.RESTORE)
                .containsEntry("Status", Handler.STATUS)
                .containsEntry("Configure", Handler.CONFIGURE)
                .containsEntry("Plan checks", Handler.PLAN_CHECKS)
                .containsEntry("Check", Handler.CHECK)
                .containsEntry("Assess", Handler.ASSESS)
                .containsEntry("Tear down", Handler.TEARDOWN)
                .containsEntry("Tear down all", Handler.TEARDOWN)
                .containsEntry("Close", Handler.CLOSE)
                .containsEntry("Refuse", Handler.RECORD_FAILURE)
                .containsEntry("Record failure", Handler.RECORD_FAILURE);
    }

    @Test
    void everyTaskIsRetriedCaughtAndLimitedInTime() {
        assertThat(tasks()).hasSize(recovery.tasks().size()).allSatisfy((name, task) -> {
            assertThat(errors(task.path("Retry"))).as(name).contains("States.ALL", "Lambda.TooManyRequestsException");
            assertThat(errors(task.path("Catch"))).as(name).contains("States.ALL");
            assertThat(task.path("TimeoutSeconds").asLong())
                    .as(name)
                    .isGreaterThan(recovery.tasks().get(name).size().timeout().toSeconds());
        });
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() {
        assertThat(tasks()).allSatisfy((name, task) -> {
            var first = task.path("Retry").path(0);
            assertThat(first.path("MaxAttempts").asInt(-1)).as(name).isZero();
            assertThat(errors(task.path("Retry"))).contains("lifeboat.catalog.Invalid", "lifeboat.aws.Refused");
        });
    }

    @Test
    void exceptionsThatAreNotTriedAgainExist() throws Exception {
        assertThat(Class.forName("lifeboat.catalog.Invalid")).isAssignableTo(Throwable.class);
        assertThat(Class.forName("lifeboat.aws.Refused")).isAssignableTo(Throwable.class);
    }

    @Test
    void everyTaskAndWaitSaysWhatItIsFor() {
        assertThat(STATES.entrySet())
                .filteredOn(state -> List.of("Task", "Wait", "Map")
                        .contains(state.getValue().path("Type").asText()))
                .isNotEmpty()
                .allSatisfy(state ->
                        assertThat(state.getValue().path("Comment").asText()).isNotBlank());
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsAFailure() {
        assertThat(List.of("Restored?", "Configured?", "Torn down?", "All torn down?"))
                .allSatisfy(name -> {
                    var choice = STATES.get(name);
                    assertThat(choice.path("Default").asText()).startsWith("Not understood");
                    assertThat(choice.at("/Choices/0/IsPresent").asBoolean(true))
                            .isFalse();
                    assertThat(choice.at("/Choices/0/Next")).isEqualTo(choice.path("Default"));
                });
    }

    @Test
    void oneFailedResourceStopsNoOther() {
        var map = STATES.get("Recover resources");

        assertThat(map.at("/ItemProcessor/ProcessorConfig/Mode").asText()).isEqualTo("DISTRIBUTED");
        assertThat(map.path("ToleratedFailurePercentage").asInt()).isEqualTo(100);
        assertThat(map.path("ResultPath").isNull()).isTrue();
    }

    @Test
    void whateverFailsAfterThePlanEndsInTeardownAndClose() {
        for (var name : List.of(
                "Recover resources",
                "Record interruption",
                "Assess",
                "Record assessment failure",
                "Tear down copies",
                "Tear down all")) {
            assertThat(everythingAfter(name)).as(name).contains("Close");
        }
        for (var name : List.of("Recover resources", "Record interruption", "Assess", "Record assessment failure")) {
            assertThat(everyEnd(name)).as(name).containsOnly("Close", "Not closed");
            assertThat(pathWithoutTeardown(name)).as(name).isFalse();
        }
    }

    @Test
    void restoreOfThreeDaysStaysFarFromTheLimitOfEvents() {
        var threeDays = Duration.ofHours(72);

        assertThat(events(threeDays, elapsed -> Math.max(10, elapsed / 20))).isLessThan(MOST_EVENTS / 10);
        assertThat(events(threeDays, elapsed -> Math.clamp(elapsed / 20, 10, 300)))
                .isLessThan(MOST_EVENTS / 2);
        assertThat(events(threeDays, _ -> 60)).isGreaterThan(MOST_EVENTS); // the figures can tell
    }

    @Test
    void linterFindsNothing(@TempDir Path directory) throws Exception {
        var file = directory.resolve("recovery.asl.json");
        Files.writeString(file, recovery.states());

        var told = Tool.run("node_modules/.bin/asl-validator", "--json-path", file.toString());

        assertThat(told.exit()).as(told.output()).isZero();
    }

    @Test
    void linterSeesAStateThatLeadsNowhere(@TempDir Path directory) throws Exception {
        var file = directory.resolve("recovery.asl.json");
        Files.writeString(file, recovery.states().replace("\"Next\":\"Assess\"", "\"Next\":\"Asses\""));

        assertThat(Tool.run("node_modules/.bin/asl-validator", "--json-path", file.toString())
                        .exit())
                .isNotZero();
    }

    /// The events of one resource's history: each round is a wait (2), a choice (2) and a task (5), every twentieth
    /// task is tried a second time (3), and a hundred segments are checked (9 each).
    private static long events(Duration restore, LongUnaryOperator waitSeconds) {
        long rounds = 0;
        for (long elapsed = 0; elapsed < restore.toSeconds(); elapsed += waitSeconds.applyAsLong(elapsed)) {
            rounds++;
        }
        return rounds * 9 + rounds / 20 * 3 + 100 * 9;
    }

    private static boolean pathWithoutTeardown(String from) {
        var seen = new HashSet<String>();
        var open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            var name = open.removeLast();
            if (name.equals("Close")) {
                return true;
            }
            if (!name.startsWith("Tear down") && seen.add(name)) {
                open.addAll(next(STATES.get(name)));
            }
        }
        return false;
    }

    private static List<String> everythingAfter(String from) {
        var seen = new HashSet<String>();
        var open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            var name = open.removeLast();
            if (seen.add(name)) {
                open.addAll(next(STATES.get(name)));
            }
        }
        return List.copyOf(seen);
    }

    private static List<String> everyEnd(String from) {
        return everythingAfter(from).stream()
                .filter(name -> STATES.get(name).path("End").asBoolean()
                        || STATES.get(name).path("Type").asText().equals("Fail"))
                .toList();
    }

    private static List<String> next(JsonNode state) {
        var next = new ArrayList<String>();
        for (var field : List.of("Next", "Default")) {
            if (state.has(field)) {
                next.add(state.path(field).asText());
            }
        }
        state.path("Catch").forEach(caught -> next.add(caught.path("Next").asText()));
        state.path("Choices").forEach(choice -> next.add(choice.path("Next").asText()));
        return next;
    }

    private static Map<String, JsonNode> tasks() {
        var tasks = new TreeMap<>(STATES);
        tasks.values().removeIf(state -> !state.path("Type").asText().equals("Task"));
        return tasks;
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
