package lifeboat.aws;

import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects of one bucket that are never written over.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes: 412
///     where the key exists, 409 where another write of it is under way</a>
final class OnceOnlyObjects {
    private static final int EXISTS = 412;
    private final S3Client s3;
    private final String bucket;

    OnceOnlyObjects(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Keeps a text; where there is an object of that key already, written by an earlier attempt, that one counts.
    ///
    /// @param digest its SHA-256, kept as metadata; empty: none is kept
    void keep(String key, String contentType, String text, String digest) {
        try {
            s3.putObject(
                    put -> {
                        put.bucket(bucket).key(key).contentType(contentType).ifNoneMatch("*");
                        if (!digest.isEmpty()) {
                            put.metadata(Map.of("sha256", digest));
                        }
                    },
                    RequestBody.fromString(text));
        } catch (S3Exception e) {
            if (e.statusCode() != EXISTS) {
                throw e;
            }
        }
    }
}
