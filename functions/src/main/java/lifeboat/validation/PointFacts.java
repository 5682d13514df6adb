package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.BackupRule;

/// A recovery point as its vault lists it.
///
/// @param resourceArn the resource that it is of; in the recovery region too, the live one
/// @param arn its own
/// @param createdAt when it was created
/// @param state how far it got
/// @param encrypted whether it is
/// @param message what AWS Backup says about it; empty: nothing
/// @param maker the plan and the rule whose job made it; absent: AWS Backup does not say
/// @param keptFor after what time it is deleted; absent: never
/// @param coldAfter after what time it is moved to cold storage; absent: never
/// @param key the key that it is encrypted with; absent: AWS Backup does not say
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RecoveryPointByBackupVault.html">
///     RecoveryPointByBackupVault</a>
public record PointFacts(
        String resourceArn,
        String arn,
        Instant createdAt,
        State state,
        boolean encrypted,
        String message,
        Optional<Maker> maker,
        Optional<Duration> keptFor,
        Optional<Duration> coldAfter,
        Optional<String> key) {

    /// What made a recovery point.
    ///
    /// @param plan the name of the backup plan; empty: AWS Backup does not say
    /// @param rule the name of its rule; empty: AWS Backup does not say
    public record Maker(String plan, String rule) {}

    /// Whether it is what a rule of one of these plans promised. Where AWS Backup does not say what made it, it
    /// is taken for the rule's only if it is kept just as long.
    boolean isOf(BackupRule rule, Set<String> plans) {
        boolean known = maker.filter(made -> !made.rule().isEmpty()).isPresent();
        return known
                ? maker.filter(made -> made.rule().equals(rule.name()))
                        .filter(made -> made.plan().isEmpty() || plans.contains(made.plan()))
                        .isPresent()
                : keptFor.equals(Optional.of(rule.deleteAfter())) && coldAfter.equals(rule.coldAfter());
    }

    /// Whether it is kept, and where, just as the rule says.
    boolean isKeptAs(BackupRule rule) {
        return keptFor.equals(Optional.of(rule.deleteAfter())) && coldAfter.equals(rule.coldAfter());
    }

    /// How far a recovery point got.
    public enum State {
        /// All of it is there.
        COMPLETE,
        /// Not all of it is there, and no more will come.
        PARTIAL,
        /// It is being created, deleted, or in a state that this version does not know.
        OTHER
    }
}
