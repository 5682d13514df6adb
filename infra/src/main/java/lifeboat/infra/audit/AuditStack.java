package lifeboat.infra.audit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lifeboat.catalog.Audit;
import lifeboat.catalog.VaultLock;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.backup.CfnFramework;
import software.amazon.awscdk.services.backup.CfnReportPlan;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/// What auditors are given: a framework that AWS evaluates, daily reports, and a bucket in which nobody can change
/// them.
///
/// AWS Config must record in this region; without it AWS Backup Audit Manager evaluates nothing. The bucket is kept
/// when the stack goes.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-audit-manager.html">AWS Backup
///     Audit Manager</a>
public final class AuditStack extends Stack {
    private final Site site;
    private final Audit audit;

    public AuditStack(Construct scope, Site site, Audit audit) {
        super(scope, site.stack("audit"), site.properties("evidence. Kept when this stack is deleted."));
        this.site = site;
        this.audit = audit;
        var evidence = evidence();
        letReportsIn(evidence);
        var reports = reports(evidence, framework());
        // A policy may only name a role that exists, and AWS makes this one with the first framework or report plan.
        reports.forEach(report -> requireNonNull(evidence.getPolicy()).getNode().addDependency(report));
    }

    private Bucket evidence() {
        var keep = Duration.days(audit.keep().toDays());
        return Bucket.Builder.create(this, "Evidence")
                .bucketName(site.evidenceBucket().orElseThrow())
                .encryption(BucketEncryption.S3_MANAGED) // AWS Backup delivers reports in no other way without a grant
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .versioned(true)
                .objectLockEnabled(true)
                .objectLockDefaultRetention(
                        audit.mode() == VaultLock.Mode.COMPLIANCE
                                ? ObjectLockRetention.compliance(keep)
                                : ObjectLockRetention.governance(keep))
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .transitions(List.of(Transition.builder()
                                .storageClass(StorageClass.INFREQUENT_ACCESS)
                                .transitionAfter(Duration.days(30))
                                .build()))
                        .expiration(Duration.days(audit.keep().toDays() + 1))
                        .noncurrentVersionExpiration(Duration.days(1))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private void letReportsIn(Bucket evidence) {
        evidence.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("ReportsOfAwsBackup")
                .principals(List.of(new ArnPrincipal(site.globalArn(
                        "iam", "role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports"))))
                .actions(List.of("s3:PutObject"))
                .resources(
                        List.of(evidence.arnForObjects("*"))) // as AWS documents it; reports have a prefix of their own
                .conditions(Ordered.of("StringEquals", Ordered.of("s3:x-amz-acl", "bucket-owner-full-control")))
                .build());
    }

    private CfnFramework framework() {
        return CfnFramework.Builder.create(this, "Framework")
                .frameworkName(underscored("framework"))
                .frameworkDescription("What this environment promises of its backups")
                .frameworkControls(new Controls(site).all())
                .build();
    }

    private List<CfnReportPlan> reports(Bucket evidence, CfnFramework framework) {
        var jobs = Stream.of("BACKUP_JOB_REPORT", "COPY_JOB_REPORT", "RESTORE_JOB_REPORT")
                .map(template -> report(evidence, template, Ordered.of("ReportTemplate", template)));
        var compliance = Stream.of("CONTROL_COMPLIANCE_REPORT", "RESOURCE_COMPLIANCE_REPORT")
                .map(template -> report(
                        evidence,
                        template,
                        Ordered.of(
                                "ReportTemplate",
                                template,
                                "FrameworkArns",
                                List.of(framework.getAttrFrameworkArn()))));
        return Stream.concat(jobs, compliance).toList();
    }

    private CfnReportPlan report(Bucket evidence, String template, Object setting) {
        var name = template.toLowerCase(Locale.ROOT);
        return CfnReportPlan.Builder.create(this, name)
                .reportPlanName(underscored(name))
                .reportPlanDescription("Daily, for auditors")
                .reportDeliveryChannel(Ordered.of(
                        "S3BucketName", evidence.getBucketName(),
                        "S3KeyPrefix", "aws-backup",
                        "Formats", List.of("CSV", "JSON")))
                .reportSetting(setting)
                .build();
    }

    /// Frameworks and report plans are named with letters, digits and underscores only.
    private String underscored(String thing) {
        return site.named(thing).replace('-', '_');
    }
}
