package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Removes every hour what recoveries that never ended have left behind.
public final class SweepHandler implements RequestStreamHandler {
    private final Sweeper sweeper;
    private final InstantSource clock;

    /// Called by the Lambda runtime, once a cold start.
    public SweepHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the sweep over given adapters.
    public SweepHandler(Wiring wiring) {
        this.sweeper = wiring.sweeper();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, _ -> answer(sweeper.sweep(clock.instant())));
    }

    private static JsonNode answer(List<Sweeper.Swept> swept) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", swept.isEmpty() ? "nothing was left behind" : swept.size() + " copies looked at");
        ArrayNode copies = answer.putArray("copies");
        swept.forEach(one -> copies.addObject()
                .put("recovery", one.copy().recovery().value())
                .put("resource", one.copy().resource().value())
                .put("state", one.state()));
        return answer;
    }
}
