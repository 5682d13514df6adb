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

/// Step "Assess": judges the recovery, and answers which copies are now to be torn down or kept.
public final class AssessHandler implements RequestStreamHandler {
    private final Assessor assessor;
    private final Teardown teardown;

    /// Called by the Lambda runtime, once a cold start.
    public AssessHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public AssessHandler(Wiring wiring) {
        this.assessor = wiring.assessor();
        this.teardown = wiring.teardown();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        RecoveryId id = input.recovery();
        ObjectNode answer = input.answer()
                .put("standing", assessor.judge(id).assessment().standing().name());
        ArrayNode copies = answer.putArray("copies");
        teardown.left(id)
                .forEach(resource ->
                        copies.addObject().put("recovery", id.value()).put("resource", resource.value()));
        return answer;
    }
}
