package lifeboat.validation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.validation.Validations.Entry;

/// Proves every day that the backups are what the plan promised. The event does not matter: it looks at now.
public final class ValidateHandler implements RequestStreamHandler {
    private final DailyProof proof;
    private final InstantSource clock;

    /// Called by the Lambda runtime, once a cold start.
    public ValidateHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the proof over given adapters.
    public ValidateHandler(Wiring wiring) {
        this.proof = wiring.dailyProof();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, ignored -> prove());
    }

    private JsonNode prove() {
        var validation = proof.prove(clock.instant());
        ValidationMetrics.of(validation).emit();
        return answer(validation, Entry.of(validation));
    }

    private static JsonNode answer(Validation validation, Entry told) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", validation.isProven() ? "all backups are as promised" : "not all backups are proven")
                .put("at", told.at().toString())
                .put("passed", told.passed());
        told.failures().forEach(answer.putArray("failures")::add);
        told.gaps().forEach(answer.putArray("gaps")::add);
        return answer;
    }
}
