package lifeboat.reconcile.flow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.recovery.StepInput;

/// Last step of every run: tells the contacts how it ended.
public final class ReconciledHandler implements RequestStreamHandler {
    private final Closing closing;

    /// Called by the Lambda runtime, once a cold start.
    public ReconciledHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public ReconciledHandler(Wiring wiring) {
        this.closing = wiring.closing();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode asked) {
        FlowEvent event = new FlowEvent(asked);
        Optional<String> failure = asked.has("error") ? Optional.of(new StepInput(asked).error()) : Optional.empty();
        return event.answer()
                .put("state", closing.close(event.run(), failure).state().name());
    }
}
