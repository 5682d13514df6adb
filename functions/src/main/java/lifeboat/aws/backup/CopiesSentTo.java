package lifeboat.aws.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lifeboat.aws.Looking;
import lifeboat.validation.Looked;
import lifeboat.validation.PointFacts;
import lifeboat.validation.Vault;
import lifeboat.validation.VaultFacts;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.CopyJob;
import software.amazon.awssdk.services.backup.model.CopyJobState;

/// A vault of another account, as the copy jobs of this account report it: nothing there can be listed from here.
/// Jobs prove that a copy arrived, not that it still exists.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListCopyJobs.html">ListCopyJobs</a>
public final class CopiesSentTo implements Vault {
    private static final int PAGE = 1000;
    private static final Looked<VaultFacts> OUT_OF_REACH =
            new Looked.Unseen<>("the vault of another account cannot be looked at from here");
    private final Supplier<BackupClient> backup;
    private final String vaultArn;

    /// Reads the jobs of the region from which copies are sent.
    ///
    /// @param vaultArn where they are sent to
    public CopiesSentTo(Supplier<BackupClient> backup, String vaultArn) {
        this.backup = backup;
        this.vaultArn = vaultArn;
    }

    @Override
    public Looked<VaultFacts> settings() {
        return OUT_OF_REACH;
    }

    @Override
    public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
        return Looking.at(() -> {
            long count = 0;
            for (var job : backup.get()
                    .listCopyJobsPaginator(request -> request.byDestinationVaultArn(vaultArn)
                            .byCreatedAfter(from.minusSeconds(1))
                            .byCreatedBefore(until.plusSeconds(1))
                            .maxResults(PAGE))
                    .copyJobs()) {
                each.accept(facts(job));
                count++;
            }
            return count;
        });
    }

    @Override
    public Looked<Optional<PointFacts>> continuous(String resourceArn) {
        return new Looked.Unseen<>("continuous backups are not copied to other accounts");
    }

    private static PointFacts facts(CopyJob job) {
        return new PointFacts(
                job.resourceArn(),
                Optional.ofNullable(job.destinationRecoveryPointArn()).orElse(job.copyJobId()),
                job.creationDate(),
                job.state() == CopyJobState.COMPLETED ? PointFacts.State.COMPLETE : PointFacts.State.OTHER,
                true,
                Optional.ofNullable(job.statusMessage()).orElse(""),
                Optional.ofNullable(job.createdBy()).map(ListedVault::maker),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
