package lifeboat.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Stands in for S3, which has no engine here: objects in memory, conditional writes, no versions; any bucket exists.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>
final class S3StandIn implements S3Client {
    private final World world;
    private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();

    private record Stored(String key, SdkBytes content, String etag, Instant at, PutObjectRequest request) {}

    S3StandIn(World world) {
        this.world = world;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public synchronized PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        String place = place(request.bucket(), request.key());
        @Nullable Stored before = objects.get(place);
        boolean mustBeNew = request.ifNoneMatch() != null;
        boolean mustMatch = request.ifMatch() != null;
        if ((mustBeNew && before != null)
                || (mustMatch && (before == null || !before.etag().equals(request.ifMatch())))) {
            throw Refusals.of(
                            S3Exception.builder(),
                            "PreconditionFailed",
                            "At least one of the pre-conditions you specified did not hold")
                    .statusCode(412)
                    .build();
        }
        byte[] content = read(body);
        Stored stored =
                new Stored(request.key(), SdkBytes.fromByteArrayUnsafe(content), etag(content), world.now(), request);
        objects.put(place, stored);
        return PutObjectResponse.builder().eTag(stored.etag()).build();
    }

    @Override
    public <R> R getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
        Stored stored = existing(request.bucket(), request.key());
        GetObjectResponse response = GetObjectResponse.builder()
                .eTag(stored.etag())
                .contentLength((long) stored.content().asByteArrayUnsafe().length)
                .contentType(stored.request().contentType())
                .lastModified(stored.at())
                .metadata(stored.request().metadata())
                .build();
        InputStream content = stored.content().asInputStream();
        try {
            return transformer.transform(response, AbortableInputStream.create(content));
        } catch (Exception failure) { // what a transformer declares; the SDK wraps it the same way
            throw SdkClientException.create("Failed to read response", failure);
        }
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        return getObject(request, ResponseTransformer.toInputStream());
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        Stored stored = existing(request.bucket(), request.key());
        return HeadObjectResponse.builder()
                .eTag(stored.etag())
                .contentLength((long) stored.content().asByteArrayUnsafe().length)
                .lastModified(stored.at())
                .metadata(stored.request().metadata())
                .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        objects.remove(place(request.bucket(), request.key()));
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        String prefix =
                place(request.bucket(), Optional.ofNullable(request.prefix()).orElse(""));
        List<S3Object> found = objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .map(stored -> S3Object.builder()
                        .key(stored.key())
                        .size((long) stored.content().asByteArrayUnsafe().length)
                        .eTag(stored.etag())
                        .lastModified(stored.at())
                        .build())
                .toList();
        int size = request.maxKeys() == null ? 1000 : request.maxKeys();
        Page<S3Object> page = Page.of(found, request.continuationToken(), size);
        return ListObjectsV2Response.builder()
                .contents(page.items())
                .keyCount(page.items().size())
                .isTruncated(page.next() != null)
                .nextContinuationToken(page.next())
                .build();
    }

    private Stored existing(String bucket, String key) {
        return Optional.ofNullable(objects.get(place(bucket, key)))
                .orElseThrow(() -> Refusals.of(
                                NoSuchKeyException.builder(), "NoSuchKey", "The specified key does not exist.")
                        .statusCode(404)
                        .build());
    }

    private static String place(String bucket, String key) {
        return bucket + "/" + key;
    }

    private static byte[] read(RequestBody body) {
        try (InputStream content = body.contentStreamProvider().newStream()) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return "\"" + HexFormat.of().formatHex(digest) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
