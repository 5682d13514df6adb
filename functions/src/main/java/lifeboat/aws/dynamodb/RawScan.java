package lifeboat.aws.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import lifeboat.failure.Failure;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Digests the pages of a scan straight from the wire and hands the SDK only where the next page starts.
///
/// The typed items of the SDK cost more than anything else in a scan. What the SDK would have checked is checked
/// here: the CRC-32 of the body as it came, which then no longer fits the body that the SDK gets, and is dropped.
/// Requests without {@link #PAGE}, and answers that are errors, pass untouched.
final class RawScan implements ExecutionInterceptor {
    static final ExecutionAttribute<ScanPage> PAGE = new ExecutionAttribute<>("LifeboatScanPage");

    private static final String CRC = "x-amz-crc32";

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        var response = context.httpResponse();
        if (attributes.getAttribute(PAGE) == null || !response.isSuccessful()) {
            return response;
        }
        attributes.putAttribute(HEADERS, response);
        return response.toBuilder()
                .removeHeader(CRC)
                .removeHeader("Content-Encoding")
                .removeHeader("Content-Length")
                .build();
    }

    private static final ExecutionAttribute<SdkHttpResponse> HEADERS = new ExecutionAttribute<>("LifeboatScanHeaders");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        var page = attributes.getAttribute(PAGE);
        if (page == null
                || !context.httpResponse().isSuccessful()
                || context.responseBody().isEmpty()) {
            return context.responseBody();
        }
        try (var wire = context.responseBody().get()) {
            return Optional.of(rest(page.read(fill(page, wire, attributes.getAttribute(HEADERS)))));
        } catch (IOException e) {
            throw RetryableException.create("the page of a scan came damaged: " + Failure.text(e), e);
        }
    }

    private static int fill(ScanPage page, InputStream wire, SdkHttpResponse headers) throws IOException {
        var length = readAll(page, wire);
        var expected = headers.firstMatchingHeader(CRC);
        if (expected.isPresent()) {
            verify(page.room(length), length, Long.parseLong(expected.get()));
        }
        var zipped = headers.firstMatchingHeader("Content-Encoding").filter("gzip"::equalsIgnoreCase);
        return zipped.isPresent() ? unzip(page, length) : length;
    }

    private static int readAll(ScanPage page, InputStream wire) throws IOException {
        var length = 0;
        while (true) {
            var room = page.room(length + 1);
            var read = wire.read(room, length, room.length - length);
            if (read < 0) {
                return length;
            }
            length += read;
        }
    }

    /// The checksum is of the bytes on the wire, zipped or not.
    private static void verify(byte[] body, int length, long expected) throws IOException {
        var crc = new CRC32();
        crc.update(body, 0, length);
        if (crc.getValue() != expected) {
            throw new IOException("its CRC-32 is " + crc.getValue() + ", announced was " + expected);
        }
    }

    private static int unzip(ScanPage page, int length) throws IOException {
        var zipped = Arrays.copyOf(page.room(length), length);
        return readAll(page, new GZIPInputStream(new ByteArrayInputStream(zipped)));
    }

    private static InputStream rest(Optional<String> lastEvaluatedKey) {
        var json = lastEvaluatedKey
                .map(key -> "{\"LastEvaluatedKey\":" + key + "}")
                .orElse("{}");
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
