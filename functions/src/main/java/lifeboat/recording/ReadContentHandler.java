package lifeboat.recording;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.WorkloadName;
import lifeboat.failure.Failure;
import lifeboat.integrity.ContentPiece;
import lifeboat.recovery.StepInput;

/// Steps of a recording: plans its pieces, reads one, writes down what whole tables held. Live is only read.
public final class ReadContentHandler implements RequestStreamHandler {
    private final Recorder recorder;

    /// Called by the Lambda runtime, once a cold start.
    public ReadContentHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the steps over given adapters.
    public ReadContentHandler(Wiring wiring) {
        this.recorder = wiring.recorder();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, asked -> step(new StepInput(asked)));
    }

    private JsonNode step(StepInput input) {
        var recording = new Recording(
                new RecordingId(input.text("recording")), new WorkloadName(input.text("workload")), input.resource());
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("recording", recording.id().value());
        switch (input.text("step")) {
            case "plan" -> {
                var pieces = answer.putArray("pieces");
                recorder.plan(recording).forEach(piece -> pieces.add(piece.toString()));
            }
            case "read" -> recorder.read(recording, piece(input.text("piece")));
            case "record" -> answer.put("tables", recorder.record(recording, pieces(input)));
            case String other ->
                throw new Invalid("LB-101", "step \"%s\" is not allowed: plan, read or record".formatted(other));
        }
        return answer;
    }

    private static List<ContentPiece> pieces(StepInput input) {
        return StreamSupport.stream(input.node().path("pieces").spliterator(), false)
                .map(piece -> piece(piece.asText()))
                .toList();
    }

    private static ContentPiece piece(String label) {
        try {
            return ContentPiece.parse(label);
        } catch (IllegalArgumentException e) {
            throw new Invalid("LB-101", Failure.text(e));
        }
    }
}
