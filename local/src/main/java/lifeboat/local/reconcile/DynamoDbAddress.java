package lifeboat.local.reconcile;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import lifeboat.aws.dynamodb.DynamoDbItemTable;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.catalog.Invalid;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// A DynamoDB table as it is named on the command line: `dynamodb:orders@us-east-1` on AWS, or
/// `dynamodb://localhost:8000/orders?region=us-east-1` at an endpoint of one's own, such as DynamoDB Local.
///
/// On AWS the usual chain finds the credentials. At an endpoint, `?key=...` names the access key that DynamoDB Local
/// keeps its tables apart by; it is no secret there.
///
/// @param endpoint empty: AWS
/// @param region the region, by which DynamoDB Local keeps tables apart too
/// @param table the table's name
/// @param key the access key at an endpoint; ignored on AWS
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
///     Names of tables: 3 to 255 of a-z A-Z 0-9 _ - .</a>
public record DynamoDbAddress(Optional<URI> endpoint, String region, String table, String key) {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern ON_AWS = Pattern.compile("dynamodb:([^/@]+)@(.+)");
    private static final Pattern PARAMETER = Pattern.compile("(region|key)=([^&]*)");
    private static final String FORMS =
            "dynamodb:TABLE@REGION, or dynamodb://HOST:PORT/TABLE?region=REGION for DynamoDB Local";

    public DynamoDbAddress {
        if (!TABLE.matcher(table).matches()) {
            throw invalid("table", table, "3 to 255 of a-z A-Z 0-9 _ - .");
        }
        if (!REGION.matcher(region).matches()) {
            throw invalid("region", region, "a region such as us-east-1");
        }
    }

    /// Whether a text is meant to name a DynamoDB table.
    public static boolean isMeant(String text) {
        return text.startsWith("dynamodb:");
    }

    /// Reads an address.
    ///
    /// @throws Invalid where the text is of neither form
    public static DynamoDbAddress parse(String text) {
        var onAws = ON_AWS.matcher(text);
        if (onAws.matches()) {
            return new DynamoDbAddress(Optional.empty(), onAws.group(2), onAws.group(1), "");
        }
        try {
            return atEndpoint(text, new URI(text));
        } catch (URISyntaxException malformed) {
            throw invalid("endpoint", text, FORMS);
        }
    }

    private static DynamoDbAddress atEndpoint(String text, URI uri) {
        if (!"dynamodb".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() < 1
                || uri.getPath() == null) {
            throw invalid("endpoint", text, FORMS);
        }
        var endpoint = URI.create("http://" + uri.getHost() + ":" + uri.getPort());
        var table = uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
        return new DynamoDbAddress(
                Optional.of(endpoint), parameter(uri, "region", "us-east-1"), table, parameter(uri, "key", "local"));
    }

    private static String parameter(URI uri, String name, String otherwise) {
        if (uri.getRawQuery() == null) {
            return otherwise;
        }
        var value = otherwise;
        for (var part : uri.getRawQuery().split("&", -1)) {
            var match = PARAMETER.matcher(part);
            if (!match.matches()) {
                throw invalid("parameter", part, "region=... and key=...");
            }
            value = match.group(1).equals(name) ? URLDecoder.decode(match.group(2), StandardCharsets.UTF_8) : value;
        }
        return value;
    }

    private static Invalid invalid(String field, String value, String allowed) {
        return new Invalid("LB-444", "%s \"%s\" is not allowed: %s".formatted(field, value, allowed));
    }

    /// The table behind the address.
    ///
    /// @param live whether it is being written: then scans read consistently
    /// @throws Invalid where there is no such table
    public DynamoDbItemTable open(boolean live) {
        try {
            return new DynamoDbItemTable(client(), table, live);
        } catch (ResourceNotFoundException absent) {
            throw invalid("table", table, "a table that exists in " + region);
        }
    }

    /// It lives as long as the command.
    private DynamoDbClient client() {
        var builder = ItemClients.builder().region(Region.of(region));
        endpoint.ifPresent(at -> builder.endpointOverride(at)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, key))));
        return builder.build();
    }
}
