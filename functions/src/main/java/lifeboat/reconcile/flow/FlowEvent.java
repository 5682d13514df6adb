package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import lifeboat.catalog.Invalid;
import lifeboat.recovery.StepInput;

/// What the state machine hands to a step of a run, and the answer that goes back to it.
record FlowEvent(JsonNode node) {
    RunId run() {
        return new RunId(new StepInput(node).text("run"));
    }

    String step() {
        return new StepInput(node).text("step");
    }

    int piece() {
        JsonNode piece = node.path("piece");
        if (!piece.canConvertToInt() || piece.intValue() < 0) {
            throw new Invalid("LB-101", "piece %s is not allowed: the number of a piece".formatted(piece));
        }
        return piece.intValue();
    }

    /// An answer that says which run it is about.
    ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode().put("run", run().value());
    }

    /// An answer with the numbers of so many pieces, for the state machine to walk over.
    ObjectNode pieces(int count) {
        ObjectNode answer = answer();
        var pieces = answer.putArray("pieces");
        IntStream.range(0, count).forEach(pieces::add);
        return answer;
    }

    Invalid unknownStep(String allowed) {
        return new Invalid("LB-101", "step \"%s\" is not allowed: %s".formatted(step(), allowed));
    }
}
