package lifeboat.infra.plans;

import java.util.List;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/// The bucket of plans, undo logs and runs of reconcile. They hold rows of live, so they have a key of their own.
///
/// It is kept when the stack goes: an undo log is the only way back.
public final class PlansStack extends Stack {
    private static final int KEPT_DAYS = 400;

    public PlansStack(Construct scope, Site site) {
        super(
                scope,
                site.stack("plans"),
                site.properties("plans of repairs, and the way back. Kept when this stack is deleted."));
        plans(site, rotatingKey(site));
    }

    private Key rotatingKey(Site site) {
        return Key.Builder.create(this, "Key")
                .description("Lifeboat %s: plans and undo logs"
                        .formatted(site.environment().name()))
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE) // the plans are kept, so their key is
                .build();
    }

    private void plans(Site site, Key key) {
        Bucket.Builder.create(this, "Plans")
                .bucketName(site.plansBucket())
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key)
                .bucketKeyEnabled(true)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .versioned(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(KEPT_DAYS))
                        .noncurrentVersionExpiration(Duration.days(30))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }
}
