package lifeboat.reconcile.flow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Steps of a comparison: plans its pieces, compares one, makes the plan of all. Reads the copy and live.
public final class CompareHandler implements RequestStreamHandler {
    private final ComparisonSteps comparison;

    /// Called by the Lambda runtime, once a cold start.
    public CompareHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the steps over given adapters.
    public CompareHandler(Wiring wiring) {
        this.comparison = wiring.reconciles().comparison();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, asked -> step(new FlowEvent(asked), context.getAwsRequestId()));
    }

    private JsonNode step(FlowEvent event, String call) {
        switch (event.step()) {
            case "plan" -> {
                return event.pieces(comparison.plan(event.run()));
            }
            case "compare" -> comparison.compare(event.run(), event.piece(), call);
            case "seal" -> comparison.seal(event.run());
            default -> throw event.unknownStep("plan, compare or seal");
        }
        return event.answer();
    }
}
