package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Step "Restore": starts the restore of one resource.
public final class RestoreHandler implements RequestStreamHandler {
    private final Restorer restorer;
    private final OverdueMetrics overdue;

    /// Called by the Lambda runtime, once a cold start.
    public RestoreHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public RestoreHandler(Wiring wiring) {
        this.restorer = wiring.restorer();
        this.overdue = wiring.overdue();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        overdue.look(input.recovery());
        return input.answer(restorer.start(input.recovery(), input.resource()));
    }
}
