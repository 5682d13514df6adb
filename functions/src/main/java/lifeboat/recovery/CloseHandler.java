package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.objective.Assessment;

/// Step "Close": tells the result, writes it into the ledger and measures it.
public final class CloseHandler implements RequestStreamHandler {
    private final Closer closer;

    /// Called by the Lambda runtime, once a cold start.
    public CloseHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the step over given adapters.
    public CloseHandler(Wiring wiring) {
        this.closer = wiring.closer();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, this::step);
    }

    private JsonNode step(JsonNode event) {
        StepInput input = new StepInput(event);
        Closer.Closed closed = closer.close(input.recovery());
        if (closed.now()) {
            RecoveryMetrics.of(closed.judged()).emit();
        }
        return answer(input.answer(), closed.judged().assessment());
    }

    private static JsonNode answer(ObjectNode answer, Assessment assessment) {
        answer.put("standing", assessment.standing().name());
        assessment.dataLoss().ifPresent(loss -> answer.put("dataLossSeconds", loss.toMillis() / 1000.0));
        assessment.timeToRecover().ifPresent(time -> answer.put("timeToRecoverSeconds", time.toMillis() / 1000.0));
        return answer;
    }
}
