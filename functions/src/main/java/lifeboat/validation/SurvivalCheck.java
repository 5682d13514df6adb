package lifeboat.validation;

import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.validation.Finding.Aspect;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Passed;
import lifeboat.validation.Finding.Subject;
import lifeboat.validation.Finding.Unknown;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// Judges whether something is left of a resource on the day that it is deleted. Its own log does not count: whoever
/// deletes a resource says in the same call whether its automated backups go along.
///
/// @param arn of the live resource
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html">
///     DeleteAutomatedBackups</a>
record SurvivalCheck(Subject subject, Resource resource, String arn) {
    /// Empty where the resource has no protection from deletion that could be looked at.
    Optional<Finding> of(Vault vault, DeletionProtection protection) {
        return switch (resource) {
            case Resource.DynamoDbTable _, Resource.RdsInstance _, Resource.AuroraCluster _ ->
                Optional.of(recoveryPoint(vault.outliving(arn), protection));
            case Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ -> Optional.empty();
        };
    }

    private Finding recoveryPoint(Looked<Boolean> looked, DeletionProtection protection) {
        return switch (looked) {
            case Unseen<Boolean>(var why) -> new Unknown(subject, Aspect.SURVIVAL, why);
            case Seen<Boolean>(var there) when there -> protection(protection.of(resource));
            case Seen<Boolean> _ ->
                new Failed(
                        subject,
                        Aspect.SURVIVAL,
                        "the vault holds no recovery point of %s that outlives it: its automated backups may go with it"
                                .formatted(arn),
                        "add a backup rule that is not continuous, or back up by hand");
        };
    }

    private Finding protection(Looked<Boolean> looked) {
        return switch (looked) {
            case Unseen<Boolean>(var why) -> new Unknown(subject, Aspect.SURVIVAL, why);
            case Seen<Boolean>(var on) when on -> new Passed(subject, Aspect.SURVIVAL);
            case Seen<Boolean> _ ->
                new Failed(
                        subject,
                        Aspect.SURVIVAL,
                        "deletion protection of %s is off: one call deletes it".formatted(arn),
                        "turn it on, where the resource is defined");
        };
    }
}
