package lifeboat.aws;

import lifeboat.report.Page;
import lifeboat.report.Pages;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Pages as objects of one bucket. An object that is there is never written over.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes: 412
///     where the key exists, 409 where another write of it is under way</a>
public final class S3Pages implements Pages {
    private static final int EXISTS = 412;
    private final S3Client s3;
    private final String bucket;

    public S3Pages(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public String keep(Page page) {
        try {
            s3.putObject(
                    put -> put.bucket(bucket)
                            .key(page.path())
                            .contentType("text/html; charset=utf-8")
                            .ifNoneMatch("*"),
                    RequestBody.fromString(page.html()));
        } catch (S3Exception e) {
            if (e.statusCode() != EXISTS) {
                throw e;
            }
            // written by an earlier attempt at the same report: that one counts
        }
        return "s3://%s/%s".formatted(bucket, page.path());
    }
}
