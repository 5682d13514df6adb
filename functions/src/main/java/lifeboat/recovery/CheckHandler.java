package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Step "Check": looks at one piece of one copy.
public final class CheckHandler implements RequestStreamHandler {
    private final Inspector inspector;
    private final OverdueMetrics overdue;

    /// Called by the Lambda runtime, once a cold start.
    public CheckHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public CheckHandler(Wiring wiring) {
        this.inspector = wiring.inspector();
        this.overdue = wiring.overdue();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        overdue.look(input.recovery());
        inspector.inspect(input.recovery(), input.resource(), input.text("segment"));
        return input.answer().put("resource", input.resource().value()).put("segment", input.text("segment"));
    }
}
