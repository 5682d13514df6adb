package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ScanSegment;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What the wire may do to a scan: nothing that goes unnoticed.
class RawScanTest {
    private static final String TABLE = """
            {"Table":{"TableName":"t","TableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/t","CreationDateTime":1.7E9,
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"ItemCount":2,"TableSizeBytes":10,
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}""";
    private static final String TTL = "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}";
    private static final String FIRST =
            "{\"Count\":1,\"Items\":[{\"id\":{\"S\":\"a\"}}],\"LastEvaluatedKey\":{\"id\":{\"S\":\"a\"}}}";
    private static final String LAST = "{\"Count\":1,\"Items\":[{\"id\":{\"S\":\"b\"}}]}";

    private final Wire wire = new Wire();

    @Test
    void aPageIsReadFromTheWireAndTheNextAskedForFromItsKey() {
        wire.answers(200, TABLE, TTL, FIRST, LAST);
        assertThat(scan(ItemClients.scanning(DynamoDbClient.builder()))).containsExactly("a", "b");
        assertThat(wire.requests.getLast()).contains("\"ExclusiveStartKey\":{\"id\":{\"S\":\"a\"}}");
    }

    @Test
    void aZippedPageIsTheSame() {
        wire.answers(200, TABLE, TTL);
        wire.answers.add(wire.zipped(LAST));
        assertThat(scan(ItemClients.scanning(DynamoDbClient.builder()))).containsExactly("b");
    }

    @Test
    void aPageThatArrivedDamagedIsAskedForAgainAndCountedOnce() {
        wire.answers(200, TABLE, TTL);
        wire.answers.add(wire.answer(200, LAST.replace('b', 'x').getBytes(StandardCharsets.UTF_8), crc(LAST)));
        wire.answers.add(
                wire.answer(200, LAST.substring(0, 30).getBytes(StandardCharsets.UTF_8), crc(LAST.substring(0, 30))));
        wire.answers(200, LAST);
        assertThat(scan(ItemClients.scanning(DynamoDbClient.builder()))).containsExactly("b");
        assertThat(wire.answers).isEmpty();
    }

    @Test
    void throttlingIsWaitedOutBySdk() {
        wire.answers(200, TABLE, TTL);
        wire.answers(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\"}");
        wire.answers(200, LAST);
        assertThat(scan(ItemClients.scanning(DynamoDbClient.builder()))).containsExactly("b");
    }

    @Test
    void anErrorKeepsItsMeaning() {
        wire.answers(200, TABLE, TTL);
        wire.answers(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"gone\"}");
        assertThatThrownBy(() -> scan(ItemClients.scanning(DynamoDbClient.builder())))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aClientWithoutTheInterceptorIsNoticedInsteadOfSeeingNoItems() {
        wire.answers(200, TABLE, TTL, LAST);
        assertThatThrownBy(() -> scan(DynamoDbClient.builder())).hasMessageContaining("no interceptor");
    }

    private List<String> scan(DynamoDbClientBuilder builder) {
        var keys = new ArrayList<ItemKey>();
        try (var client = builder.httpClient(wire)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            try (var scan = new DynamoDbItemTable(client, "t", false).scan(ScanSegment.whole(), 1)) {
                var more = true;
                while (more) {
                    more = scan.next((key, digest) -> keys.add(key));
                }
            }
        }
        return keys.stream()
                .map(key -> new String(key.encoded(), 2, key.encoded().length - 2, StandardCharsets.UTF_8))
                .toList();
    }

    private static long crc(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /// An HTTP client that answers what it was told to.
    private static final class Wire implements SdkHttpClient {
        private final Deque<HttpExecuteResponse> answers = new ArrayDeque<>();
        private final List<String> requests = new ArrayList<>();

        void answers(int status, String... bodies) {
            for (var body : bodies) {
                answers.add(answer(status, body.getBytes(StandardCharsets.UTF_8), crc(body)));
            }
        }

        HttpExecuteResponse zipped(String body) {
            try (var bytes = new ByteArrayOutputStream()) {
                try (var zip = new GZIPOutputStream(bytes)) {
                    zip.write(body.getBytes(StandardCharsets.UTF_8));
                }
                var crc = new CRC32();
                crc.update(bytes.toByteArray());
                var plain = answer(200, bytes.toByteArray(), crc.getValue());
                return HttpExecuteResponse.builder()
                        .response(plain.httpResponse().toBuilder()
                                .putHeader("Content-Encoding", "gzip")
                                .build())
                        .responseBody(plain.responseBody().orElseThrow())
                        .build();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        HttpExecuteResponse answer(int status, byte[] body, long crc) {
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(status)
                            .putHeader("x-amz-crc32", "" + crc)
                            .putHeader("Content-Length", "" + body.length)
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                    .build();
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    requests.add(new String(
                            request.contentStreamProvider()
                                    .orElseThrow()
                                    .newStream()
                                    .readAllBytes(),
                            StandardCharsets.UTF_8));
                    return answers.remove();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
