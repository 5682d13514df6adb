package lifeboat.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lifeboat.lab.Deployments;
import lifeboat.lab.Outcome;

/// Answers to the signed address that CloudFormation gave with its request.
///
/// @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html">Response
///     objects of custom resources</a>
public final class CloudFormationDeployments implements Deployments {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final Pattern HOST = Pattern.compile(
            "cloudformation-custom-resource-response-[a-z0-9-]+\\.s3([.-][a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?");

    private final Predicate<URI> ofCloudFormation;

    /// Answers to nobody but CloudFormation.
    public CloudFormationDeployments() {
        this(CloudFormationDeployments::isOfCloudFormation);
    }

    /// @param ofCloudFormation which addresses are answered to
    public CloudFormationDeployments(Predicate<URI> ofCloudFormation) {
        this.ofCloudFormation = ofCloudFormation;
    }

    /// Whether an address is one that CloudFormation gives.
    public static boolean isAnswered(String address) {
        return isOfCloudFormation(URI.create(address));
    }

    /// Whoever may call the function could have it write to any address otherwise.
    private static boolean isOfCloudFormation(URI address) {
        return "https".equals(address.getScheme())
                && address.getPort() == -1
                && address.getUserInfo() == null
                && address.getHost() != null
                && HOST.matcher(address.getHost()).matches();
    }

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
        put(addressed(request), answer.toString());
    }

    private URI addressed(JsonNode request) {
        var address = URI.create(request.path("ResponseURL").asText());
        if (!ofCloudFormation.test(address)) {
            throw new IllegalArgumentException(
                    "ResponseURL is at \"%s\", which is no address of CloudFormation's".formatted(address.getHost()));
        }
        return address;
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
