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
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.objective.Assessment;

/// Step "Close": announces the result, writes it into the ledger and measures it.
///
/// By the clock, with `{"leftOpen": true}`, it closes the recoveries whose execution ended without closing them: a
/// verdict has one writer, and this is it.
public final class CloseHandler implements RequestStreamHandler {
    private final Closer closer;
    private final LeftOpen leftOpen;
    private final InstantSource clock;

    /// Called by the Lambda runtime, once a cold start.
    public CloseHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public CloseHandler(Wiring wiring) {
        this.closer = wiring.closer();
        this.leftOpen = wiring.leftOpen();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        if (event.path("leftOpen").asBoolean()) {
            return closeWhatWasLeftOpen();
        }
        StepInput input = new StepInput(event);
        Closer.Closed closed = closer.close(input.recovery());
        measure(closed);
        return answer(input.answer(), closed.judged().assessment());
    }

    private JsonNode closeWhatWasLeftOpen() {
        LeftOpen.Looked looked = leftOpen.close(clock.instant());
        looked.closed().forEach(CloseHandler::measure);
        looked.throwFailures();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode recoveries = answer.putArray("closed");
        looked.closed()
                .forEach(closed -> answer(
                        recoveries
                                .addObject()
                                .put("recovery", closed.judged().recovery().id().value()),
                        closed.judged().assessment()));
        return answer;
    }

    private static void measure(Closer.Closed closed) {
        if (closed.now()) {
            RecoveryMetrics.of(closed.judged()).emit();
        }
    }

    private static JsonNode answer(ObjectNode answer, Assessment assessment) {
        answer.put("standing", assessment.standing().name());
        assessment.dataLoss().ifPresent(loss -> answer.put("dataLossSeconds", loss.toMillis() / 1000.0));
        assessment.timeToRecover().ifPresent(time -> answer.put("timeToRecoverSeconds", time.toMillis() / 1000.0));
        return answer;
    }
}
