package lifeboat.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import lifeboat.lab.Deployments;
import lifeboat.lab.Outcome;

/// Answers to the signed address that CloudFormation gave with its request.
///
/// @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html">Response
///     objects of custom resources</a>
public final class CloudFormationDeployments implements Deployments {
    private static final int PATIENCE_MILLIS = 10_000;

    @Override
    public void answer(JsonNode request, Outcome outcome) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("Status", outcome.success() ? "SUCCESS" : "FAILED")
                .put("Reason", outcome.reason())
                .put("PhysicalResourceId", "lifeboat-rehearsal") // always the same: an update replaces nothing
                .put("StackId", request.path("StackId").asText())
                .put("RequestId", request.path("RequestId").asText())
                .put("LogicalResourceId", request.path("LogicalResourceId").asText());
        put(URI.create(request.path("ResponseURL").asText()), answer.toString());
    }

    private static void put(URI address, String body) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestMethod("PUT");
            connection.setRequestProperty("Content-Type", ""); // signed without one
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
            if (connection.getResponseCode() >= 300) {
                throw new IOException("CloudFormation did not take the answer: " + connection.getResponseCode());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
