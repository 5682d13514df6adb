package lifeboat.aws;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Archive;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// An archive in one bucket. Nothing is ever deleted: a small file that is removed is an empty one.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes: 412
///     where the condition does not hold, 409 where another write of the key is under way</a>
public final class S3Archive implements Archive {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private final S3Client s3;
    private final String bucket;

    public S3Archive(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public OutputStream create(String name) {
        return new WholeObject(name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return s3.getObject(get -> get.bucket(bucket).key(name));
        } catch (NoSuchKeyException absent) {
            throw new NoSuchFileException("s3://%s/%s".formatted(bucket, name));
        }
    }

    @Override
    public boolean has(String name) {
        try {
            s3.headObject(head -> head.bucket(bucket).key(name));
            return true;
        } catch (NoSuchKeyException absent) {
            return false;
        }
    }

    @Override
    public List<String> list(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    @Override
    public boolean swap(String name, Optional<String> seen, Optional<String> next) {
        Optional<ResponseBytes<GetObjectResponse>> there = bytes(name);
        if (!there.flatMap(S3Archive::text).equals(seen)) {
            return false;
        }
        PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(bucket).key(name);
        there.ifPresentOrElse(object -> put.ifMatch(object.response().eTag()), () -> put.ifNoneMatch("*"));
        return put(put.build(), RequestBody.fromString(next.orElse("")));
    }

    @Override
    public Optional<String> text(String name) {
        return bytes(name).flatMap(S3Archive::text);
    }

    private static Optional<String> text(ResponseBytes<GetObjectResponse> object) {
        return Optional.of(object.asUtf8String()).filter(text -> !text.isEmpty());
    }

    private Optional<ResponseBytes<GetObjectResponse>> bytes(String name) {
        try {
            return Optional.of(s3.getObjectAsBytes(get -> get.bucket(bucket).key(name)));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    private boolean put(PutObjectRequest request, RequestBody body) {
        try {
            s3.putObject(request, body);
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    /// Appears under its name only when it was written to the end, and never over another one.
    private final class WholeObject extends FilterOutputStream {
        private final String name;
        private boolean closed;

        WholeObject(String name) {
            super(new ByteArrayOutputStream());
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            byte[] content = ((ByteArrayOutputStream) out).toByteArray();
            PutObjectRequest request = PutObjectRequest.builder()
                    .bucket(bucket)
                    .key(name)
                    .ifNoneMatch("*")
                    .build();
            if (!put(request, RequestBody.fromBytes(content))) {
                throw new FileAlreadyExistsException(
                        "s3://%s/%s".formatted(bucket, name), null, "files of an archive are never replaced");
            }
        }
    }
}
