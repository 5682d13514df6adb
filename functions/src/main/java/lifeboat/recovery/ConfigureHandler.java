package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Step "Configure": gives one copy the settings that the restore dropped.
public final class ConfigureHandler implements RequestStreamHandler {
    private final Configurator configurator;
    private final OverdueMetrics overdue;

    /// Called by the Lambda runtime, once a cold start.
    public ConfigureHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public ConfigureHandler(Wiring wiring) {
        this.configurator = wiring.configurator();
        this.overdue = wiring.overdue();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        overdue.look(input.recovery());
        return input.answer(configurator.configure(input.recovery(), input.resource()));
    }
}
