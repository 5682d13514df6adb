package lifeboat.local.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lifeboat.local.aws.SfnStandIn.Ended;
import lifeboat.local.engine.EngineCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// State machines in the interpreter, whose tasks are answered here, at a clock that moves by itself.
class InterpreterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicReference<Duration> PASSED = new AtomicReference<>(Duration.ZERO);
    private static NodePrograms programs;
    private static Interpreter interpreter;

    @BeforeAll
    static void start() {
        programs = NodePrograms.in(EngineCache.folder());
        interpreter = Interpreter.start(
                programs, new Interpreter.Pace.Virtual(passed -> PASSED.updateAndGet(before -> before.plus(passed))));
    }

    @AfterAll
    static void stop() {
        interpreter.close();
    }

    private static final String POLLING = """
            {"StartAt": "Walk", "States": {
              "Walk": {"Type": "Map", "ItemsPath": "$.names", "ItemProcessor": {"StartAt": "Ask", "States": {
                "Ask": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:ask", "Parameters": {
                    "name.$": "$", "execution.$": "$$.Execution.Name", "startedAt.$": "$$.Execution.StartTime"},
                  "Next": "Done?"},
                "Done?": {"Type": "Choice", "Choices": [
                    {"Variable": "$.done", "BooleanEquals": true, "Next": "End"}], "Default": "Pause"},
                "Pause": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "Again"},
                "Again": {"Type": "Pass", "InputPath": "$.name", "Next": "Ask"},
                "End": {"Type": "Pass", "End": true}}}, "End": true}}}
            """;

    @Test
    void aWaitTakesAsLongAsItSaysAndNoTimeAtAll() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Interpreter.Tasks tasks = (_, input) -> {
            asked.add(input.path("name").asText() + " of "
                    + input.path("execution").asText() + " "
                    + input.path("startedAt").asText());
            boolean done = asked.stream().filter(asked.getLast()::equals).count() == 3;
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("name", input.path("name").asText())
                    .put("done", done)
                    .put("seconds", 7200);
        };
        Duration before = PASSED.get();
        Ended end = run(POLLING, "{\"names\": [\"a\", \"b\"]}", tasks);

        assertThat(end).isInstanceOf(Ended.Succeeded.class);
        assertThat(asked).hasSize(6).contains("a of r-1 2026-03-01T10:00:00Z", "b of r-1 2026-03-01T10:00:00Z");
        // The timeout of a task (60 s) never fires while its answer is awaited.
        assertThat(PASSED.get().minus(before)).isEqualTo(Duration.ofHours(4));
    }

    private static final String CAUGHT = """
            {"StartAt": "Try", "States": {
              "Try": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:try",
                "Retry": [{"ErrorEquals": ["lifeboat.catalog.Invalid"], "MaxAttempts": 0},
                          {"ErrorEquals": ["States.ALL"], "MaxAttempts": 2, "IntervalSeconds": 10, "BackoffRate": 2}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Caught"}], "End": true},
              "Caught": {"Type": "Pass", "End": true}}}
            """;

    @Test
    void anErrorIsRetriedThenCaughtByTheNameOfItsClass() throws Exception {
        List<Integer> tries = new ArrayList<>();
        Ended end = run(CAUGHT, "{}", (_, _) -> {
            tries.add(1);
            throw new TaskFailure("java.lang.IllegalStateException", "{\"errorMessage\":\"not now\"}");
        });
        assertThat(tries).hasSize(3);
        JsonNode output = JSON.readTree(((Ended.Succeeded) end).output());
        assertThat(output.at("/error/Error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(output.at("/error/Cause").asText()).contains("not now");

        tries.clear();
        run(CAUGHT, "{}", (_, _) -> {
            tries.add(1);
            throw new TaskFailure("lifeboat.catalog.Invalid", "{}");
        });
        assertThat(tries).hasSize(1);
    }

    @Test
    void anUncaughtErrorFailsTheExecution() {
        String uncaught = CAUGHT.replaceAll("\"Catch\".*\\],", "");
        Ended end = run(uncaught, "{}", (_, _) -> {
            throw new TaskFailure("lifeboat.catalog.Invalid", "{\"errorMessage\":\"no\"}");
        });
        assertThat(end).isEqualTo(new Ended.Failed("lifeboat.catalog.Invalid", "{\"errorMessage\":\"no\"}"));
    }

    @Test
    void anAnswerThatIsTooLargeForAwsIsTooLargeHere() {
        Ended end = run(CAUGHT, "{}", (_, _) -> JsonNodeFactory.instance.textNode("x".repeat(262_144)));
        assertThat(((Ended.Succeeded) end).output()).contains("States.DataLimitExceeded");
    }

    @Test
    void aTaskKnowsHowOftenItWasTriedBefore() {
        String counting = """
                {"StartAt": "Try", "States": {
                  "Try": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:try",
                    "Parameters": {"retries.$": "$$.State.RetryCount"},
                    "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 3}], "End": true}}}
                """;
        List<Integer> retries = new CopyOnWriteArrayList<>();

        Ended end = run(counting, "{}", (_, input) -> {
            retries.add(input.path("retries").intValue());
            if (retries.size() < 4) {
                throw new TaskFailure("Lambda.Unknown", "again");
            }
            return JsonNodeFactory.instance.nullNode();
        });

        assertThat(end).isInstanceOf(Ended.Succeeded.class);
        assertThat(retries).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatTheInterpreterDoesNotKnowIsRefused() {
        String unknown =
                CAUGHT.replace("\"End\": true},", "\"Parameters\": {\"n.$\": \"$$.State.Name\"}, \"End\": true},");
        Ended end = run(unknown, "{}", (_, _) -> JsonNodeFactory.instance.nullNode());
        assertThat(end)
                .isInstanceOfSatisfying(
                        Ended.Failed.class,
                        failed -> assertThat(failed.cause()).contains("does not know $$.State.Name"));
    }

    @Test
    void theLintFindsDanglingAndUnreachableStates() {
        assertThat(programs.lint(POLLING)).isEmpty();
        assertThat(programs.lint(CAUGHT.replace("\"Next\": \"Caught\"", "\"Next\": \"Nowhere\"")))
                .anySatisfy(finding -> assertThat(finding).contains("Nowhere"));
    }

    private static Ended run(String definition, String input, Interpreter.Tasks tasks) {
        Map<String, String> execution = Map.of("Name", "r-1", "StartTime", "2026-03-01T10:00:00Z");
        return interpreter
                .run(new Interpreter.Execution(definition, input, execution), tasks, _ -> {})
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aHandlerThatDoesNotExistIsAFailureOfTheTest() {
        LambdaFunctions functions = new LambdaFunctions(_ -> {
            throw new IllegalStateException("not asked");
        });
        assertThatThrownBy(() -> functions.invoke("lifeboat.Nothing", JSON.createObjectNode()))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("lifeboat.Nothing is not a handler");
    }
}
