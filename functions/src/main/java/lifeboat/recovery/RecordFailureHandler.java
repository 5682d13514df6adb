package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Steps "Record failure" and "Refuse": writes down what went wrong, or tells that a recovery was refused.
public final class RecordFailureHandler implements RequestStreamHandler {
    private final FailureRecorder failureRecorder;

    /// Called by the Lambda runtime, once a cold start.
    public RecordFailureHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public RecordFailureHandler(Wiring wiring) {
        this.failureRecorder = wiring.failureRecorder();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        if (input.find("recovery").isEmpty()) {
            failureRecorder.refused(
                    input.text("execution"), event.path("request").toString(), input.error());
            return JsonNodeFactory.instance.objectNode().put("state", "REFUSED");
        }
        input.resourceIfGiven()
                .ifPresentOrElse(
                        resource ->
                                failureRecorder.failed(input.recovery(), resource, input.text("step"), input.error()),
                        () -> failureRecorder.failed(input.recovery(), input.text("step"), input.error()));
        return input.answer(StepAnswer.done("RECORDED"));
    }
}
