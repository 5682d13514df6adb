package lifeboat.infra.permission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import lifeboat.recovery.CopyTags;
import lifeboat.recovery.Mode;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// A function's permissions as IAM statements: what its list allows, and what no list can allow.
///
/// The denials are the last of the four locks before something is deleted: whatever the lists come to say, only
/// what is named and tagged as the copy of a drill can go.
public final class Statements {
    private static final List<String> DELETIONS_BY_NAME = List.of(
            "dynamodb:DeleteTable",
            "rds:DeleteDBInstance",
            "rds:DeleteDBCluster",
            "s3:DeleteBucket",
            "s3:DeleteObject");

    private static final List<String> DELETIONS_BY_TAG = List.of(
            "dynamodb:DeleteTable",
            "rds:DeleteDBInstance",
            "rds:DeleteDBCluster",
            "elasticfilesystem:DeleteFileSystem",
            "ec2:DeleteVolume");

    /// What the policies of AWS Backup allow on things whose names are ours to choose.
    private static final List<String> WRITES_BY_NAME = List.of(
            "dynamodb:DeleteTable",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:BatchWriteItem",
            "rds:DeleteDBInstance",
            "rds:DeleteDBCluster",
            "s3:DeleteBucket",
            "s3:DeleteObject",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:PutObjectTagging",
            "s3:PutBucketVersioning",
            "s3:PutBucketOwnershipControls");

    private static final List<String> DELETIONS_OF_THE_NAMELESS = List.of(
            "ec2:DeleteVolume", "ec2:TerminateInstances", "elasticfilesystem:DeleteFileSystem", "fsx:DeleteFileSystem");

    private Statements() {}

    /// All statements of a handler's role in one region.
    public static List<PolicyStatement> of(Handler handler, Site site) {
        return Stream.concat(
                        handler.permissions().stream()
                                .filter(permission -> !arns(permission, site).isEmpty())
                                .map(permission -> allowed(permission, site)),
                        Stream.concat(denials(site), neverInTheLedger(handler, site).stream()))
                .toList();
    }

    /// Who repairs live tables must not reach the ledger, not even where live tables are meant as a whole kind.
    private static Optional<PolicyStatement> neverInTheLedger(Handler handler, Site site) {
        return Optional.of(handler)
                .filter(one -> one.permissions().containsAll(ReconcileCapabilities.REPAIR_LIVE))
                .map(_ -> PolicyStatement.Builder.create()
                        .sid("NeverRepairTheLedger")
                        .effect(Effect.DENY)
                        .actions(List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"))
                        .resources(Scope.LEDGER.arns(site))
                        .build());
    }

    /// What AWS Backup's own policies for restores would allow and nobody wants: to delete or overwrite what is no
    /// copy. They delete only what a restore that failed left behind: of volumes and file systems it stays, and the
    /// recovery tells so.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html">What they
    ///     allow</a>
    public static List<PolicyStatement> neverTouchLive(Site site) {
        var copies = Stream.of(Scope.COPIED_TABLES, Scope.COPIED_DATABASES, Scope.COPIED_CLUSTERS, Scope.COPIED_BUCKETS)
                .flatMap(scope -> scope.arns(site).stream())
                .toList();
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("NeverTouchWhatIsNoCopy")
                        .effect(Effect.DENY)
                        .actions(WRITES_BY_NAME)
                        .notResources(withContents(copies))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("NeverDeleteWhatHasNoName") // volumes and file systems: no prefix tells a copy from live
                        .effect(Effect.DENY)
                        .actions(DELETIONS_OF_THE_NAMELESS)
                        .resources(List.of("*"))
                        .build());
    }

    /// The same for restore tests: what is named or tagged as one.
    ///
    /// @param tests what AWS Backup calls the tables and buckets of its tests
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html">Tests</a>
    public static List<PolicyStatement> neverTouchWhatIsNoTest(Site site, String tests) {
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("NeverTouchWhatIsNoTest")
                        .effect(Effect.DENY)
                        .actions(WRITES_BY_NAME.stream()
                                .filter(action -> !action.startsWith("rds:"))
                                .toList())
                        .notResources(withContents(
                                List.of(site.arn("dynamodb", "table/" + tests), site.worldArn("s3", tests))))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("NeverDeleteWhatIsNotTaggedAsATest")
                        .effect(Effect.DENY)
                        .actions(Stream.concat(
                                        WRITES_BY_NAME.stream().filter(action -> action.startsWith("rds:")),
                                        DELETIONS_OF_THE_NAMELESS.stream())
                                .toList())
                        .resources(List.of("*"))
                        .conditions(Ordered.of("Null", Ordered.of("aws:ResourceTag/awsbackup-restore-test", "true")))
                        .build());
    }

    /// A bucket's objects have ARNs of their own.
    private static List<String> withContents(List<String> arns) {
        return arns.stream()
                .flatMap(arn -> arn.contains(":s3:::") ? Stream.of(arn, arn + "/*") : Stream.of(arn))
                .toList();
    }

    private static PolicyStatement allowed(Permission permission, Site site) {
        return PolicyStatement.Builder.create()
                .actions(permission.actions())
                .resources(arns(permission, site))
                .conditions(permission
                        .only()
                        .map(only -> Ordered.of(only.operator(), Ordered.of(only.key(), only.values())))
                        .orElse(Map.of()))
                .build();
    }

    private static List<String> arns(Permission permission, Site site) {
        return permission.on().stream()
                .flatMap(scope -> scope.arns(site).stream())
                .distinct()
                .toList();
    }

    /// They cover every resource, so that nothing is forgotten: names and tags say what may be deleted all the same.
    private static Stream<PolicyStatement> denials(Site site) {
        var drills = Stream.of(Scope.DRILL_TABLES, Scope.DRILL_DATABASES, Scope.DRILL_CLUSTERS, Scope.DRILL_BUCKETS)
                .flatMap(scope -> scope.arns(site).stream())
                .toList();
        return Stream.of(
                PolicyStatement.Builder.create()
                        .sid("NeverDeleteWhatIsNotNamedAsADrill")
                        .effect(Effect.DENY)
                        .actions(DELETIONS_BY_NAME)
                        .notResources(withContents(drills))
                        .build(),
                untagged("NeverDeleteWhatIsNotTaggedAsADrill", CopyTags.MODE, Mode.DRILL.name()),
                untagged("NeverDeleteWhatBelongsToNoRecovery", CopyTags.RECOVERY, "?*"));
    }

    private static PolicyStatement untagged(String id, String tag, String value) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .effect(Effect.DENY)
                .actions(DELETIONS_BY_TAG)
                .resources(List.of("*"))
                .conditions(Ordered.of("StringNotLike", Ordered.of("aws:ResourceTag/" + tag, value)))
                .build();
    }
}
