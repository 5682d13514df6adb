package lifeboat.aws.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lifeboat.aws.Looking;
import lifeboat.validation.Looked;
import lifeboat.validation.PointFacts;
import lifeboat.validation.Vault;
import lifeboat.validation.VaultFacts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointCreator;

/// A backup vault of AWS Backup, listed a thousand recovery points a call.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html">
///     ListRecoveryPointsByBackupVault</a>
public final class ListedVault implements Vault {
    private static final int PAGE = 1000;
    private final Supplier<BackupClient> backup;
    private final String vault;

    /// Reads one vault.
    ///
    /// @param backup of the region of the vault; asked for only when it is looked at
    /// @param vault its name
    public ListedVault(Supplier<BackupClient> backup, String vault) {
        this.backup = backup;
        this.vault = vault;
    }

    @Override
    public Looked<VaultFacts> settings() {
        return Looking.at(() -> {
            var seen = backup.get().describeBackupVault(request -> request.backupVaultName(vault));
            return new VaultFacts(
                    Boolean.TRUE.equals(seen.locked()),
                    days(seen.minRetentionDays()),
                    days(seen.maxRetentionDays()),
                    Optional.ofNullable(seen.lockDate()),
                    Optional.ofNullable(seen.encryptionKeyArn()),
                    Optional.ofNullable(seen.numberOfRecoveryPoints()).orElse(0L));
        });
    }

    /// AWS does not say whether its bounds belong to the span, so it is asked for a second more on either side.
    @Override
    public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
        return Looking.at(() -> {
            long count = 0;
            for (var point : backup.get()
                    .listRecoveryPointsByBackupVaultPaginator(request -> request.backupVaultName(vault)
                            .byCreatedAfter(from.minusSeconds(1))
                            .byCreatedBefore(until.plusSeconds(1))
                            .maxResults(PAGE))
                    .recoveryPoints()) {
                each.accept(facts(point));
                count++;
            }
            return count;
        });
    }

    /// Its id says that it is continuous.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html">Continuous
    ///     backups</a>
    @Override
    public Looked<Optional<PointFacts>> continuous(String resourceArn) {
        return Looking.at(() -> backup
                .get()
                .listRecoveryPointsByBackupVaultPaginator(request -> request.backupVaultName(vault)
                        .byResourceArn(resourceArn)
                        .maxResults(PAGE))
                .recoveryPoints()
                .stream()
                .filter(point -> point.recoveryPointArn().contains(":continuous:"))
                .map(ListedVault::facts)
                .max(Comparator.comparing((PointFacts point) -> point.state() == PointFacts.State.COMPLETE)
                        .thenComparing(PointFacts::createdAt)));
    }

    /// The id of one that is continuous, or a snapshot of the service's own, says so.
    @Override
    public Looked<Boolean> outliving(String resourceArn) {
        return Looking.at(() -> backup
                .get()
                .listRecoveryPointsByBackupVaultPaginator(request -> request.backupVaultName(vault)
                        .byResourceArn(resourceArn)
                        .maxResults(PAGE))
                .recoveryPoints()
                .stream()
                .filter(point -> !point.recoveryPointArn().contains(":continuous:")
                        && !point.recoveryPointArn().contains(":auto-backup:"))
                .anyMatch(point -> state(point) == PointFacts.State.COMPLETE));
    }

    private static PointFacts facts(RecoveryPointByBackupVault point) {
        return new PointFacts(
                point.resourceArn(),
                point.recoveryPointArn(),
                point.creationDate(),
                state(point),
                Boolean.TRUE.equals(point.isEncrypted()),
                Optional.ofNullable(point.statusMessage())
                        .orElse(point.statusAsString() == null ? "" : point.statusAsString()),
                Optional.ofNullable(point.createdBy()).map(ListedVault::maker),
                Optional.ofNullable(point.lifecycle()).flatMap(life -> days(life.deleteAfterDays())),
                Optional.ofNullable(point.lifecycle()).flatMap(life -> days(life.moveToColdStorageAfterDays())),
                Optional.ofNullable(point.encryptionKeyArn()));
    }

    static PointFacts.Maker maker(RecoveryPointCreator creator) {
        return new PointFacts.Maker(
                Optional.ofNullable(creator.backupPlanName()).orElse(""),
                Optional.ofNullable(creator.backupRuleName()).orElse(""));
    }

    private static PointFacts.State state(RecoveryPointByBackupVault point) {
        return switch (point.status()) {
            case COMPLETED, AVAILABLE -> PointFacts.State.COMPLETE;
            case PARTIAL -> PointFacts.State.PARTIAL;
            case null, default -> PointFacts.State.OTHER;
        };
    }

    private static Optional<Duration> days(@Nullable Long days) {
        return Optional.ofNullable(days).filter(some -> some > 0).map(Duration::ofDays);
    }
}
