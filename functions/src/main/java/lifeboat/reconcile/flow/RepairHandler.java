package lifeboat.reconcile.flow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Steps of a repair and of the way back: the only function that writes to live, each row only if live still is
/// what the plan saw.
public final class RepairHandler implements RequestStreamHandler {
    private final RepairSteps repair;
    private final UndoSteps undo;

    /// Called by the Lambda runtime, once a cold start.
    public RepairHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the steps over given adapters.
    public RepairHandler(Wiring wiring) {
        this.repair = wiring.reconciles().repair();
        this.undo = wiring.reconciles().undo();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, asked -> step(new FlowEvent(asked)));
    }

    private JsonNode step(FlowEvent event) {
        switch (event.step()) {
            case "begin" -> {
                return event.pieces(repair.begin(event.run()));
            }
            case "repair" -> repair.repair(event.run(), event.piece());
            case "again" -> repair.again(event.run());
            case "verify" -> repair.verify(event.run(), event.piece());
            case "end" -> repair.end(event.run());
            case "begin undo" -> {
                return event.pieces(undo.begin(event.run()));
            }
            case "undo" -> undo.takeBack(event.run(), event.piece());
            case "end undo" -> undo.end(event.run());
            default -> throw event.unknownStep("begin, repair, again, verify, end, begin undo, undo or end undo");
        }
        return event.answer();
    }
}
