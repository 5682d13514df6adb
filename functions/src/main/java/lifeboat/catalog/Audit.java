package lifeboat.catalog;

import java.time.Duration;

/// What auditors are given: AWS Backup Audit Manager and a bucket with evidence that nobody can change.
///
/// @param keep how long evidence is kept, in whole days
/// @param mode who may still delete evidence before that: whoever has the permission, or nobody
/// @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">S3 Object Lock</a>
public record Audit(Duration keep, VaultLock.Mode mode) {}
