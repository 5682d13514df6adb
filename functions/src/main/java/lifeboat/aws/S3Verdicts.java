package lifeboat.aws;

import lifeboat.recovery.ClosedVerdict;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.VerdictArchive;
import software.amazon.awssdk.services.s3.S3Client;

/// Closed verdicts as objects `verdicts/ID.json` of the evidence bucket, each with its SHA-256 as metadata.
public final class S3Verdicts implements VerdictArchive {
    private final OnceOnlyObjects objects;

    public S3Verdicts(S3Client s3, String bucket) {
        this.objects = new OnceOnlyObjects(s3, bucket);
    }

    @Override
    public void keep(RecoveryId id, ClosedVerdict verdict) {
        objects.keep("verdicts/%s.json".formatted(id), "application/json", verdict.json(), verdict.digest());
    }
}
