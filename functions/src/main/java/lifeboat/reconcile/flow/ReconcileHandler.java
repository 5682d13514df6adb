package lifeboat.reconcile.flow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// The front door of reconcile, invoked by hand: `{"action": "diff", "recovery": "20261120-k3v9x2", "resource":
/// "orders"}` compares; `show`, `apply`, `undo` and `status` are the other actions.
public final class ReconcileHandler implements RequestStreamHandler {
    private final ReconcileDoor door;

    /// Called by the Lambda runtime, once a cold start.
    public ReconcileHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the front door over given adapters.
    public ReconcileHandler(Wiring wiring) {
        this.door = wiring.reconcileDoor();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answerInPerson(event, answer, context, asked -> door.answer(asked, context.getAwsRequestId()));
    }
}
