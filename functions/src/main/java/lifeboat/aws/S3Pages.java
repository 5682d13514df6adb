package lifeboat.aws;

import lifeboat.report.Page;
import lifeboat.report.Pages;
import software.amazon.awssdk.services.s3.S3Client;

/// Pages as objects of one bucket. An object that is there is never written over.
public final class S3Pages implements Pages {
    private final OnceOnlyObjects objects;
    private final String bucket;

    public S3Pages(S3Client s3, String bucket) {
        this.objects = new OnceOnlyObjects(s3, bucket);
        this.bucket = bucket;
    }

    @Override
    public String keep(Page page) {
        objects.keep(page.path(), "text/html; charset=utf-8", page.html(), "");
        return "s3://%s/%s".formatted(bucket, page.path());
    }
}
