package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Starts every hour the drills that are due: `{"at": "2026-11-20T14:00:00Z"}`, the hour for which the schedule
/// fired.
public final class DrillHandler implements RequestStreamHandler {
    private final RecoveryStarter starter;

    /// Called by the Lambda runtime, once a cold start.
    public DrillHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the start of drills over given adapters.
    public DrillHandler(Wiring wiring) {
        this.starter = wiring.starter();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::start);
    }

    private JsonNode start(JsonNode event) {
        return StartedAnswer.of(starter.drills(Instant.parse(new StepInput(event).text("at"))));
    }
}
