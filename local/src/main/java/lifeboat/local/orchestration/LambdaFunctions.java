package lifeboat.local.orchestration;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lifeboat.Wiring;

/// The service side of Lambda: makes the real handlers, once each, and calls them as Lambda does.
public final class LambdaFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, Wiring> wirings;
    private final Map<String, RequestStreamHandler> handlers = new ConcurrentHashMap<>();

    /// @param wirings what each handler is composed over, by the name of its class
    public LambdaFunctions(Function<String, Wiring> wirings) {
        this.wirings = wirings;
    }

    /// Invokes a handler.
    ///
    /// @param handler the name of its class, as the function's `Handler` property has it
    /// @throws TaskFailure where the handler throws
    public JsonNode invoke(String handler, JsonNode event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handlers.computeIfAbsent(handler, this::made)
                    .handleRequest(
                            new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                            answer,
                            new LocalContext(handler));
            return answer.size() == 0 ? JSON.nullNode() : JSON.readTree(answer.toByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (RuntimeException | Error failure) { // the edge: Lambda reports whatever a handler throws to its caller
            throw failure(failure);
        }
    }

    private RequestStreamHandler made(String handler) {
        try {
            return Class.forName(handler.replaceAll("::.*", ""))
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(Wiring.class)
                    .newInstance(wirings.apply(handler));
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(
                    "%s could not be made: %s".formatted(handler, thrown.getCause()), thrown.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(handler + " is not a handler with a constructor over a Wiring", failure);
        }
    }

    private static TaskFailure failure(Throwable thrown) {
        String type = thrown.getClass().getName();
        ObjectNode cause = JSON.createObjectNode()
                .put("errorMessage", String.valueOf(thrown.getMessage()))
                .put("errorType", type);
        TaskFailure failure = new TaskFailure(type, cause.toString());
        failure.addSuppressed(thrown);
        return failure;
    }
}
