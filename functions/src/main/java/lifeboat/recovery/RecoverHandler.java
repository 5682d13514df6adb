package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        if (!asked.isObject()) {
            throw new Invalid(
                    "LB-101", "the request is not a JSON object; the least that works is {\"workload\": \"NAME\"}");
        }
        ObjectNode request = ((ObjectNode) asked).deepCopy();
        boolean dryRun = dryRun(request.remove("dryRun"));
        return FrontDoorAnswer.about(frontDoor.recover(request, call, dryRun));
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

    private static boolean dryRun(@org.jspecify.annotations.Nullable JsonNode given) {
        if (given == null) {
            return false;
        }
        if (!given.isBoolean()) {
            throw new Invalid("LB-101", "dryRun %s is not allowed: true or false".formatted(given));
        }
        return given.booleanValue();
    }
}
