package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.catalog.Invalid;

/// The front door, invoked by hand: `{"workload": "catalog"}` recovers, `"dryRun": true` only answers, and
/// `{"recovery": "20261120-k3v9x2"}` says where that recovery stands.
public final class RecoverHandler implements RequestStreamHandler {
    private final FrontDoor frontDoor;

    /// Called by the Lambda runtime, once a cold start.
    public RecoverHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the front door over given adapters.
    public RecoverHandler(Wiring wiring) {
        this.frontDoor = wiring.frontDoor();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answerInPerson(event, answer, context, asked -> answer(asked, context.getAwsRequestId()));
    }

    private JsonNode answer(JsonNode asked, String call) {
        if (asked.has("recovery")) {
            return FrontDoorAnswer.standing(
                    frontDoor.stands(recovery(only(asked, "recovery").path("recovery"))));
        }
        return FrontDoorAnswer.about(frontDoor.recover(asked, call));
    }

    private static RecoveryId recovery(JsonNode id) {
        if (!id.isTextual()) {
            throw new Invalid(
                    "LB-102",
                    "recovery %s is not allowed: a recovery's id in quotes, \"20261120-k3v9x2\"".formatted(id));
        }
        return new RecoveryId(id.textValue());
    }

    private static JsonNode only(JsonNode asked, String field) {
        if (asked.size() > 1) {
            throw new Invalid(
                    "LB-101", "\"%s\" asks where a recovery stands: no other field goes with it".formatted(field));
        }
        return asked;
    }
}
