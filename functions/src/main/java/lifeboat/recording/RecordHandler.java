package lifeboat.recording;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Starts the recordings of what live holds: every hour those that are due, and by hand those that a person names.
public final class RecordHandler implements RequestStreamHandler {
    private final RecordingStarter starter;

    /// Called by the Lambda runtime, once a cold start.
    public RecordHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the start over given adapters.
    public RecordHandler(Wiring wiring) {
        this.starter = wiring.recordingStarter();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(
                event,
                answer,
                context,
                request -> answer(starter.start(RecordRequestReader.read(request), context.getAwsRequestId())));
    }

    private static JsonNode answer(List<Recording> started) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", started.isEmpty() ? "nothing is due" : started.size() + " recordings started");
        var list = answer.putArray("started");
        started.forEach(recording -> list.addObject()
                .put("recording", recording.id().value())
                .put("workload", recording.workload().value())
                .put("resource", recording.resource().value()));
        return answer;
    }
}
