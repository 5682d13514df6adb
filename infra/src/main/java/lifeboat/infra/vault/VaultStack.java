package lifeboat.infra.vault;

import java.util.List;
import java.util.Objects;
import lifeboat.catalog.VaultLock;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.BackupVaultEvents;
import software.amazon.awscdk.services.backup.CfnBackupVault;
import software.amazon.awscdk.services.backup.LockConfiguration;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/// Where recovery points are kept: one vault, its key, its lock, and who may never delete from it.
///
/// The vault and its key are kept when the stack goes.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html">Vault lock</a>
public final class VaultStack extends Stack {
    private final Site site;
    private final Key key;
    private final BackupVault vault;

    /// @param results where what the vault notices is told; absent: nowhere, in the isolated account
    public VaultStack(Construct scope, Site site, @Nullable ITopic results) {
        super(scope, site.stack("vault"), site.properties("recovery points. Kept when this stack is deleted."));
        this.site = site;
        this.key = rotatingKey();
        this.vault = lockedVault(results);
        denyDeletion();
        letCopiesIn();
    }

    private Key rotatingKey() {
        var created = Key.Builder.create(this, "Key")
                .description("Lifeboat %s: recovery points"
                        .formatted(site.environment().name()))
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN) // without it no recovery point can be read
                .build();
        site.environment().recoveryAccount().ifPresent(account -> {
            var other = site.role() == Site.Role.ISOLATED ? site.environment().account() : account;
            created.addToResourcePolicy(PolicyStatement.Builder.create()
                    .sid("CopiesAcrossAccounts")
                    .principals(List.of(new AccountPrincipal(other.value())))
                    .actions(List.of(
                            "kms:DescribeKey",
                            "kms:Encrypt",
                            "kms:Decrypt",
                            "kms:ReEncryptFrom",
                            "kms:ReEncryptTo",
                            "kms:GenerateDataKey",
                            "kms:GenerateDataKeyWithoutPlaintext"))
                    .resources(List.of("*"))
                    .build());
            created.addToResourcePolicy(PolicyStatement.Builder.create()
                    .sid("GrantsForCopiesAcrossAccounts")
                    .principals(List.of(new AccountPrincipal(other.value())))
                    .actions(List.of("kms:CreateGrant"))
                    .resources(List.of("*"))
                    .conditions(Ordered.of("Bool", Ordered.of("kms:GrantIsForAWSResource", "true")))
                    .build());
        });
        return created;
    }

    private BackupVault lockedVault(@Nullable ITopic results) {
        var builder = BackupVault.Builder.create(this, "Vault")
                .backupVaultName(site.vaultName())
                .encryptionKey(key)
                .removalPolicy(RemovalPolicy.RETAIN);
        site.environment().vaultLock().ifPresent(lock -> builder.lockConfiguration(configuration(lock)));
        if (results != null) {
            builder.notificationTopic(results).notificationEvents(List.of(BackupVaultEvents.S3_BACKUP_OBJECT_FAILED));
        }
        var built = builder.build();
        if (results != null) {
            // What no EventBridge event tells; CDK's own list does not know the last one.
            ((CfnBackupVault) Objects.requireNonNull(built.getNode().getDefaultChild()))
                    .addPropertyOverride(
                            "Notifications.BackupVaultEvents",
                            List.of(
                                    "S3_BACKUP_OBJECT_FAILED",
                                    "S3_RESTORE_OBJECT_FAILED",
                                    "CONTINUOUS_BACKUP_INTERRUPTED"));
        }
        return built;
    }

    private static LockConfiguration configuration(VaultLock lock) {
        var configuration = LockConfiguration.builder()
                .minRetention(Duration.days(lock.minRetention().toDays()));
        lock.maxRetention().ifPresent(longest -> configuration.maxRetention(Duration.days(longest.toDays())));
        return switch (lock.mode()) {
            case GOVERNANCE -> configuration.build();
            case COMPLIANCE ->
                configuration
                        .changeableFor(Duration.days(lock.coolingOff().toDays()))
                        .build();
        };
    }

    /// Nobody deletes or shortens, whatever their own policies say; only CloudFormation changes the vault's own
    /// policy.
    private void denyDeletion() {
        vault.addToAccessPolicy(PolicyStatement.Builder.create()
                .sid("NobodyDeletesRecoveryPoints")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of(
                        "backup:DeleteRecoveryPoint",
                        "backup:UpdateRecoveryPointLifecycle",
                        "backup:DisassociateRecoveryPoint"))
                .resources(List.of("*"))
                .build());
        vault.addToAccessPolicy(PolicyStatement.Builder.create()
                .sid("OnlyDeploymentsChangeTheVault")
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of(
                        "backup:DeleteBackupVault",
                        "backup:DeleteBackupVaultAccessPolicy",
                        "backup:PutBackupVaultAccessPolicy",
                        "backup:DeleteBackupVaultLockConfiguration",
                        "backup:DeleteBackupVaultNotifications"))
                .resources(List.of("*"))
                .conditions(Ordered.of(
                        "ArnNotLike",
                        Ordered.of("aws:PrincipalArn", site.globalArn("iam", "role/cdk-*-cfn-exec-role-*"))))
                .build());
    }

    private void letCopiesIn() {
        if (site.role() == Site.Role.ISOLATED) {
            vault.addToAccessPolicy(PolicyStatement.Builder.create()
                    .sid("CopiesFromTheEnvironmentsAccount")
                    .principals(List.of(
                            new AccountPrincipal(site.environment().account().value())))
                    .actions(List.of("backup:CopyIntoBackupVault"))
                    .resources(List.of("*"))
                    .build());
        }
    }
}
