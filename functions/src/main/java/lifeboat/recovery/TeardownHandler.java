package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.catalog.ResourceName;

/// Step "Tear down": brings one copy of a drill, or without a resource all of them, a step nearer to being gone.
public final class TeardownHandler implements RequestStreamHandler {
    private final Teardown teardown;

    /// Called by the Lambda runtime, once a cold start.
    public TeardownHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public TeardownHandler(Wiring wiring) {
        this.teardown = wiring.teardown();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        return input.answer(input.resourceIfGiven()
                .map(resource -> teardown.tearDown(input.recovery(), resource))
                .orElseGet(() -> all(input.recovery())));
    }

    private StepAnswer all(RecoveryId recovery) {
        List<ResourceName> left = teardown.left(recovery);
        return left.stream()
                .map(resource -> teardown.tearDown(recovery, resource))
                .filter(answer -> answer.state().equals("DELETING"))
                .max(java.util.Comparator.comparingLong(StepAnswer::waitSeconds))
                .orElseGet(() -> StepAnswer.done("GONE"));
    }
}
