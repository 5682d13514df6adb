package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Step "Plan": reads the request, decides everything, and writes it into the ledger before anything is
/// created.
public final class PlanHandler implements RequestStreamHandler {
    /// The state machine tries a failed step three times more.
    private static final int LAST_RETRY = 3;

    private final RequestReader requests;
    private final RecoveryPlanner planner;

    /// Called by the Lambda runtime, once a cold start.
    public PlanHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public PlanHandler(Wiring wiring) {
        this.requests = wiring.requests();
        this.planner = wiring.planner();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        Instant startedAt = Instant.parse(input.text("startedAt"));
        String execution = input.text("execution");
        RecoveryId id = RecoveryId.ofExecution(execution, startedAt);
        RecoveryRequest request = requests.read(event.path("request"), startedAt);
        boolean lastTry = event.path("retries").asInt() >= LAST_RETRY;
        return answer(planner.open(request, id, execution, startedAt, lastTry));
    }

    private static JsonNode answer(Recovery recovery) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("recovery", recovery.id().value())
                .put("mode", recovery.request().mode().name());
        ArrayNode resources = answer.putArray("resources");
        recovery.copies()
                .forEach(copy -> resources
                        .addObject()
                        .put("recovery", recovery.id().value())
                        .put("resource", copy.copy().source().name().value()));
        return answer;
    }
}
