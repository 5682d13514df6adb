package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Step "Plan checks": splits the inspection of one copy into pieces.
public final class PlanChecksHandler implements RequestStreamHandler {
    private final Inspector inspector;

    /// Called by the Lambda runtime, once a cold start.
    public PlanChecksHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public PlanChecksHandler(Wiring wiring) {
        this.inspector = wiring.inspector();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        ObjectNode answer = input.answer().put("resource", input.resource().value());
        ArrayNode checks = answer.putArray("checks");
        for (String piece : inspector.names(input.recovery(), input.resource())) {
            checks.addObject()
                    .put("recovery", input.recovery().value())
                    .put("resource", input.resource().value())
                    .put("segment", piece);
        }
        return answer;
    }
}
