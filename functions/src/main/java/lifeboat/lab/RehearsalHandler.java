package lifeboat.lab;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import lifeboat.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// Called by CloudFormation when the lab is deployed, and by the lab's state machine when the rehearsal has ended.
///
/// The request holds a signed address to answer to: it is never logged.
public final class RehearsalHandler implements RequestStreamHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(RehearsalHandler.class);
    private final RehearsalOnDeploy rehearsal;

    /// Called by the Lambda runtime, once a cold start.
    public RehearsalHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the rehearsal over given adapters.
    public RehearsalHandler(Wiring wiring) {
        this(wiring.rehearsalOnDeploy());
    }

    RehearsalHandler(RehearsalOnDeploy rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        var read = JSON.readTree(event);
        var said = PowertoolsLogging.withLogging(context, () -> read.has("RequestType") ? asked(read) : ended(read));
        answer.write(JSON.writeValueAsString(said).getBytes(StandardCharsets.UTF_8));
    }

    private String asked(JsonNode request) {
        LOG.info("asked to {} by CloudFormation", request.path("RequestType").asText());
        try {
            rehearsal.asked(request);
            return "asked";
        } catch (RuntimeException failure) {
            // The edge: whatever it is, CloudFormation must hear of it instead of waiting for an hour.
            LOG.error("the rehearsal did not start", failure);
            rehearsal.notStarted(request, String.valueOf(failure.getMessage()));
            return "not started";
        }
    }

    private String ended(JsonNode event) {
        var outcome = rehearsal.ended(event);
        LOG.info("{}", outcome.reason());
        return outcome.reason();
    }
}
