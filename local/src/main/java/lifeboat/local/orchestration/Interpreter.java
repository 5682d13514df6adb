package lifeboat.local.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lifeboat.local.aws.SfnStandIn.Ended;
import org.jspecify.annotations.Nullable;

/// An interpreter of Amazon States Language (JSONPath), not ours, in a Node process that lives as long as this object.
///
/// One difference to AWS: a Map stops at its first item that fails, whatever failures it tolerates.
public final class Interpreter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process node;
    private final Pace pace;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, Run> runs = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Thread hook;
    private volatile boolean closed;

    private record Run(Tasks tasks, Consumer<Event> events, CompletableFuture<Ended> end) {}

    /// Does the work of a Task state.
    public interface Tasks {
        /// @param state the name of the state
        /// @return the result, as a Lambda function answers
        /// @throws TaskFailure as Step Functions sees it
        JsonNode call(String state, JsonNode input);
    }

    /// What happened in an execution.
    ///
    /// @param what for example `StateEntered`, `StateExited`, `StateFailed`, `StateRetried`, `StateCaught`
    /// @param state the name of the state
    public record Event(String what, String state) {}

    /// How time passes.
    public sealed interface Pace {
        /// As time does, with every Wait and every retry shortened to a fixed time.
        record Shortened(Duration waits, Duration retries) implements Pace {}

        /// Not at all while anything is left to do; then all at once, up to the next thing that waits.
        ///
        /// @param clock told how much time passes
        record Virtual(Consumer<Duration> clock) implements Pace {}
    }

    /// An execution to be run.
    ///
    /// @param definition Amazon States Language, with every resource resolved
    /// @param input JSON
    /// @param execution what `$$.Execution` holds besides the input: `Id`, `Name`, `StartTime`
    public record Execution(String definition, String input, Map<String, String> execution) {}

    private Interpreter(Process node, Pace pace) {
        this.node = node;
        this.pace = pace;
        this.hook = new Thread(node::destroyForcibly, "interpreter");
    }

    /// Starts an interpreter.
    public static Interpreter start(NodePrograms programs, Pace pace) {
        Process node = switch (pace) {
            case Pace.Shortened _ -> programs.start("interpreter.mjs");
            case Pace.Virtual _ -> programs.start("interpreter.mjs", "--virtual-clock");
        };
        Interpreter interpreter = new Interpreter(node, pace);
        Runtime.getRuntime().addShutdownHook(interpreter.hook);
        Thread.ofVirtual().start(interpreter::listen);
        return interpreter;
    }

    /// Runs an execution.
    ///
    /// @param events told as they come
    public CompletableFuture<Ended> run(Execution execution, Tasks tasks, Consumer<Event> events) {
        int id = ids.incrementAndGet();
        CompletableFuture<Ended> end = new CompletableFuture<>();
        runs.put(id, new Run(tasks, events, end));
        ObjectNode message = JSON.createObjectNode().put("type", "run").put("id", id);
        message.set("definition", parsed(execution.definition()));
        message.set("input", parsed(execution.input()));
        message.set("execution", JSON.valueToTree(execution.execution()));
        if (pace instanceof Pace.Shortened(var waits, var retries)) {
            message.put("waitMillis", waits.toMillis()).put("retryMillis", retries.toMillis());
        }
        send(message);
        return end;
    }

    private void listen() {
        try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                receive(parsed(line));
            }
        } catch (IOException failure) {
            if (!closed) {
                throw new UncheckedIOException(failure);
            }
        } finally {
            runs.values()
                    .forEach(run -> run.end()
                            .complete(new Ended.Failed(
                                    "States.Runtime", "the interpreter ended before the execution did")));
        }
    }

    private void receive(JsonNode message) {
        switch (message.path("type").asText()) {
            case "call" -> workers.execute(() -> answer(message));
            case "clock" -> workers.execute(() -> passTime(message));
            case "event" -> run(message).events().accept(event(message));
            case "ended" -> run(message).end().complete(ended(message));
            case "ready" -> {}
            default -> throw new IllegalStateException("the interpreter said " + message);
        }
    }

    private Run run(JsonNode message) {
        @Nullable Run run = runs.get(message.path("run").asInt());
        if (run == null) {
            throw new IllegalStateException("the interpreter speaks of an unknown execution: " + message);
        }
        return run;
    }

    private void answer(JsonNode call) {
        ObjectNode answer = reply(call);
        try {
            answer.set("output", run(call).tasks().call(call.path("state").asText(), call.path("input")));
        } catch (TaskFailure failure) {
            answer.put("error", failure.error()).put("cause", failure.getMessage());
        }
        send(answer);
    }

    private void passTime(JsonNode message) {
        if (pace instanceof Pace.Virtual(var clock)) {
            clock.accept(Duration.ofMillis(message.path("millis").asLong()));
        }
        send(reply(message));
    }

    private static ObjectNode reply(JsonNode message) {
        return JSON.createObjectNode()
                .put("type", "answer")
                .put("call", message.path("call").asInt());
    }

    private static Event event(JsonNode message) {
        return new Event(message.path("what").asText(), message.path("state").asText());
    }

    private static Ended ended(JsonNode message) {
        if (message.has("error")) {
            return new Ended.Failed(
                    message.path("error").asText(), message.path("cause").asText());
        }
        return new Ended.Succeeded(message.path("output").toString());
    }

    private synchronized void send(JsonNode message) {
        try {
            var lines = node.outputWriter(StandardCharsets.UTF_8);
            lines.write(message.toString());
            lines.write('\n');
            lines.flush();
        } catch (IOException failure) {
            if (!closed) {
                throw new UncheckedIOException("the interpreter does not listen any more", failure);
            }
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not JSON: " + json, broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        Runtime.getRuntime().removeShutdownHook(hook);
        node.destroy();
        try {
            if (!node.waitFor(5, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        } catch (InterruptedException _) {
            node.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        workers.close();
    }
}
