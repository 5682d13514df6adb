package lifeboat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import lifeboat.aws.Refusals;
import lifeboat.catalog.Invalid;
import lifeboat.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// The edge of every handler: JSON in, the feature, JSON out, with the invocation in every log line.
///
/// An error leaves as an exception, so that the state machine, the schedule or the person sees that it was one.
public final class Invocation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

    private static final Set<String> IDENTIFYING = Set.of(
            "action", "recovery", "run", "plan", "resource", "workload", "mode", "state", "from", "at", "dryRun");

    private Invocation() {}

    /// Reads the event, has it answered and writes the answer; logs both, so neither may hold anything of what rows
    /// hold.
    ///
    /// @throws Invalid where the event is not JSON, or as the feature refuses it
    public static void answer(
            InputStream event, OutputStream answer, Context context, Function<JsonNode, JsonNode> feature) {
        answer(event, answer, context, feature, JsonNode::toString);
    }

    /// The same for a person who asks by hand: the answer may show what rows hold, and the question their keys,
    /// so only names of fields and what identifies the request are logged.
    ///
    /// What goes wrong leaves without a stack trace, which stays in the log.
    ///
    /// @throws Invalid where the event is not JSON, or as the feature refuses it
    public static void answerInPerson(
            InputStream event, OutputStream answer, Context context, Function<JsonNode, JsonNode> feature) {
        try {
            answer(event, answer, context, feature, Invocation::withoutContent);
        } catch (RuntimeException e) { // as it came, but for the stack trace: the runtime would print it to the person
            LOG.error("refused or failed", e);
            e.setStackTrace(new StackTraceElement[0]);
            throw e;
        }
    }

    private static void answer(
            InputStream event,
            OutputStream answer,
            Context context,
            Function<JsonNode, JsonNode> feature,
            Function<JsonNode, String> logged) {
        PowertoolsLogging.withLogging(context, () -> {
            JsonNode read = read(event);
            LOG.info("asked {}", logged.apply(read));
            JsonNode given = withoutValues(() -> Refusals.explained(() -> feature.apply(read)));
            LOG.info("answered {}", logged.apply(given));
            write(given, answer);
            return given;
        });
    }

    /// The runtime logs what is thrown here, with its causes, and the state machine keeps its message.
    private static JsonNode withoutValues(Supplier<JsonNode> feature) {
        try {
            return feature.get();
        } catch (RuntimeException e) {
            throw Failure.withoutValues(e);
        }
    }

    /// The parser quotes what it met.
    private static String place(IOException e) {
        return e instanceof JsonProcessingException broken && broken.getLocation() != null
                ? "line %d, column %d"
                        .formatted(
                                broken.getLocation().getLineNr(),
                                broken.getLocation().getColumnNr())
                : "it ends early";
    }

    private static String withoutContent(JsonNode node) {
        List<String> fields = new ArrayList<>();
        node.properties()
                .forEach(field -> fields.add(
                        IDENTIFYING.contains(field.getKey()) && field.getValue().isValueNode()
                                ? "%s %s".formatted(field.getKey(), field.getValue())
                                : field.getKey()));
        return String.join(", ", fields);
    }

    private static JsonNode read(InputStream event) {
        try {
            return JSON.readTree(event);
        } catch (IOException e) {
            throw new Invalid("LB-101", "the event is not JSON: " + place(e));
        }
    }

    private static void write(JsonNode given, OutputStream answer) {
        try {
            answer.write(JSON.writeValueAsBytes(given));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
