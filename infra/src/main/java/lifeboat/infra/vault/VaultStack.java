package lifeboat.infra.vault;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.VaultLock;
import lifeboat.infra.messages.MessagesStack;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
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
    private static final List<String> DELETIONS =
            List.of("DeleteRecoveryPoint", "UpdateRecoveryPointLifecycle", "DisassociateRecoveryPoint");
    private static final List<String> CHANGES = List.of(
            "DeleteBackupVault",
            "DeleteBackupVaultAccessPolicy",
            "PutBackupVaultAccessPolicy",
            "DeleteBackupVaultLockConfiguration",
            "PutBackupVaultLockConfiguration",
            "DeleteBackupVaultNotifications",
            "PutBackupVaultNotifications");

    /// What the vault's policy denies, to everybody or to all but deployments and administrators.
    static final List<String> GUARDED_CALLS =
            Stream.concat(DELETIONS.stream(), CHANGES.stream()).toList();

    private final Site site;
    private final Key key;
    private final BackupVault vault;

    /// @param messages where what the vault notices is told; absent: nowhere, in the isolated account
    public VaultStack(Construct scope, Site site, @Nullable MessagesStack messages) {
        super(scope, site.stack("vault"), site.properties("recovery points. Kept when this stack is deleted."));
        this.site = site;
        this.key = rotatingKey();
        var results = messages == null ? null : messages.results(this);
        this.vault = lockedVault(results);
        denyDeletion();
        guardTheKey();
        letCopiesIn();
        if (results != null) {
            new TamperingNotices(this, site, key, results);
        }
    }

    private Key rotatingKey() {
        var created = Key.Builder.create(this, "Key")
                .description("Lifeboat %s: recovery points"
                        .formatted(site.environment().name()))
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE) // without it no recovery point can be read
                .build();
        // In the policy of a key, "*" is that key.
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
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
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

    /// Nobody deletes or shortens, whatever their own policies say; only deployments and the administrators that
    /// the environment file names change the vault's own policy and lock.
    private void denyDeletion() {
        vault.addToAccessPolicy(deny("NobodyDeletesRecoveryPoints", actions("backup", DELETIONS))
                .build());
        vault.addToAccessPolicy(deny("OnlyDeploymentsAndAdministratorsChangeTheVault", actions("backup", CHANGES))
                .conditions(allBut(deploymentsAndAdministrators()))
                .build());
    }

    /// Without its key no recovery point can be read. CloudFormation keeps a key that it has created: it deletes
    /// only that of a first deployment which failed, and could not undo that deployment otherwise.
    private void guardTheKey() {
        var disables = deny("OnlyAdministratorsDisableTheKey", List.of("kms:DisableKey"));
        var administrators = administrators();
        key.addToResourcePolicy(
                (administrators.isEmpty() ? disables : disables.conditions(allBut(administrators))).build());
        key.addToResourcePolicy(deny(
                        "OnlyDeploymentsAndAdministratorsDeleteTheKeyOrChangeItsPolicy",
                        List.of("kms:ScheduleKeyDeletion", "kms:PutKeyPolicy"))
                .conditions(allBut(deploymentsAndAdministrators()))
                .build());
    }

    /// In the policy of a vault or key, `*` is all that is in it, or that key.
    private static PolicyStatement.Builder deny(String id, List<String> actions) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .effect(Effect.DENY)
                .principals(List.of(new AnyPrincipal()))
                .actions(actions)
                .resources(List.of("*"));
    }

    private static List<String> actions(String service, List<String> calls) {
        return calls.stream().map(call -> service + ":" + call).toList();
    }

    private static Map<String, Object> allBut(List<String> roles) {
        return Ordered.of("ArnNotEquals", Ordered.of("aws:PrincipalArn", roles));
    }

    private List<String> deploymentsAndAdministrators() {
        var roles = Stream.concat(executionRole().stream(), administrators().stream())
                .toList();
        if (roles.isEmpty()) {
            throw new IllegalStateException(
                    "stack \"%s\" is deployed in no role of its own, so nobody could ever change the vault; hint: name vaultAdministrators in the environment file"
                            .formatted(getStackName()));
        }
        return roles;
    }

    /// The administrators of this stack's account.
    private List<String> administrators() {
        return site.environment().deployment().vaultAdministrators().stream()
                .filter(role -> role.contains("::" + site.account() + ":"))
                .toList();
    }

    /// The role that CloudFormation takes to deploy this very stack, whatever its qualifier; empty: whoever
    /// deploys does it as themselves. A pattern would exempt any role that is given such a name.
    private Optional<String> executionRole() {
        return getSynthesizer() instanceof DefaultStackSynthesizer bootstrapped
                ? Optional.of(bootstrapped.getCloudFormationExecutionRoleArn()).map(Fn::sub)
                : Optional.empty();
    }

    private void letCopiesIn() {
        if (site.role() == Site.Role.ISOLATED) {
            vault.addToAccessPolicy(PolicyStatement.Builder.create()
                    .sid("CopiesFromTheEnvironmentsAccount")
                    .principals(List.of(
                            new AccountPrincipal(site.environment().account().value())))
                    .actions(List.of("backup:CopyIntoBackupVault"))
                    .resources(List.of("*")) // in the policy of a vault: into this one
                    .build());
        }
    }
}
