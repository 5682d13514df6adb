package lifeboat.aws.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.validation.JobFacts;
import lifeboat.validation.Looked;
import lifeboat.validation.PointFacts;
import lifeboat.validation.Validation;
import lifeboat.validation.Validator;
import lifeboat.validation.VaultFacts;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.BackupJobState;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;

class ListedVaultTest {
    private static final Instant FROM = Instant.parse("2026-11-20T01:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-20T04:00:00Z");
    private final ListedBackups backups = new ListedBackups();
    private final ListedVault vault = new ListedVault(() -> backups, "vault");

    @Test
    void recoveryPointsOnBothBoundsAreSeenAndPagesFollowed() {
        backups.points.add(point("a", FROM, RecoveryPointStatus.COMPLETED));
        IntStream.range(0, 2_000)
                .forEach(i -> backups.points.add(point("b" + i, FROM.plusSeconds(i), RecoveryPointStatus.PARTIAL)));
        backups.points.add(point("c", UNTIL, RecoveryPointStatus.CREATING));

        var seen = new ArrayList<PointFacts>();
        assertThat(vault.points(FROM, UNTIL, seen::add)).isEqualTo(new Looked.Seen<>(2_002L));

        assertThat(backups.calls).isEqualTo(3);
        assertThat(seen.getFirst())
                .isEqualTo(new PointFacts(
                        "a",
                        "point-a",
                        FROM,
                        PointFacts.State.COMPLETE,
                        true,
                        "COMPLETED",
                        Optional.of(new PointFacts.Maker("lifeboat-test-plan", "daily")),
                        Optional.of(Duration.ofDays(30)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(seen.get(1).state()).isEqualTo(PointFacts.State.PARTIAL);
        assertThat(seen.getLast().state()).isEqualTo(PointFacts.State.OTHER);
    }

    @Test
    void stateThatThisVersionDoesNotKnowIsNotComplete() {
        backups.points.add(point("a", FROM, RecoveryPointStatus.COMPLETED).toBuilder()
                .status("SHINY")
                .build());
        backups.points.add(point("b", FROM, RecoveryPointStatus.COMPLETED).toBuilder()
                .status((String) null)
                .isEncrypted(null)
                .build());

        var seen = new ArrayList<PointFacts>();
        vault.points(FROM, UNTIL, seen::add);

        assertThat(seen).extracting(PointFacts::state).containsOnly(PointFacts.State.OTHER);
        assertThat(seen.get(1).encrypted()).isFalse();
    }

    @Test
    void settingsAreReadAndAnAbsentLockIsNone() {
        assertThat(vault.settings())
                .isEqualTo(new Looked.Seen<>(new VaultFacts(
                        false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0)));

        backups.vault = DescribeBackupVaultResponse.builder()
                .locked(true)
                .minRetentionDays(7L)
                .maxRetentionDays(2555L)
                .lockDate(FROM)
                .numberOfRecoveryPoints(41L)
                .build();
        assertThat(vault.settings())
                .isEqualTo(new Looked.Seen<>(new VaultFacts(
                        true,
                        Optional.of(Duration.ofDays(7)),
                        Optional.of(Duration.ofDays(2555)),
                        Optional.of(FROM),
                        Optional.empty(),
                        41)));
    }

    @Test
    void vaultOutOfReachIsUnseen() {
        var away = new ListedVault(
                () -> {
                    throw SdkClientException.create("region unreachable");
                },
                "vault");

        assertThat(away.settings()).isEqualTo(new Looked.Unseen<>("region unreachable"));
        assertThat(away.points(FROM, UNTIL, point -> {})).isEqualTo(new Looked.Unseen<>("region unreachable"));
    }

    @Test
    void completedJobWithAnotherCategoryThanSuccessHasIssues() {
        var states = List.of(
                state(BackupJobState.COMPLETED, "SUCCESS"),
                state(BackupJobState.COMPLETED, null),
                state(BackupJobState.COMPLETED, "Some categories"),
                state(BackupJobState.EXPIRED, null),
                state(BackupJobState.RUNNING, null));

        assertThat(states)
                .containsExactly(
                        JobFacts.State.COMPLETE,
                        JobFacts.State.COMPLETE,
                        JobFacts.State.COMPLETE_WITH_ISSUES,
                        JobFacts.State.FAILED,
                        JobFacts.State.UNDER_WAY);
    }

    /// G9.
    @Test
    void fiveThousandResourcesTakeNoMoreThanTwentyCalls() {
        var workloads = IntStream.range(0, 5_000)
                .mapToObj(i -> (i % 50 == 0 ? "  w" + i + ":\n    tier: non-critical\n    resources:\n" : "")
                        + "      r" + i + ": {ebs: vol-" + "%08x".formatted(i) + "}\n")
                .collect(Collectors.joining());
        var environment = EnvironmentFile.parse("test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                vaultLock: {mode: governance, minRetention: 7d}
                workloads:
                """ + workloads);
        backups.vault = DescribeBackupVaultResponse.builder()
                .locked(true)
                .minRetentionDays(7L)
                .encryptionKeyArn("key")
                .build();
        var resources = environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .toList();
        assertThat(resources).hasSize(5_000);
        for (var resource : resources) {
            for (var at : List.of("2026-11-18T01:05:00Z", "2026-11-19T01:05:00Z", "2026-11-20T01:05:00Z")) {
                backups.points.add(
                        point(resource.physicalName(), Instant.parse(at), RecoveryPointStatus.COMPLETED).toBuilder()
                                .encryptionKeyArn("key")
                                .build());
            }
            backups.jobs.add(job(BackupJobState.COMPLETED, "SUCCESS"));
        }

        Validation validation = new Validator(
                        environment,
                        Resource::physicalName,
                        vault,
                        vault,
                        Optional.empty(),
                        new ListedBackupJobs(backups),
                        resource -> new Looked.Unseen<>("not asked for"),
                        secret -> new Looked.Unseen<>("not asked for"))
                .validate(Instant.parse("2026-11-20T05:00:00Z"));

        assertThat(validation.isProven()).isTrue();
        assertThat(backups.calls).isLessThanOrEqualTo(20);
    }

    private static JobFacts.State state(BackupJobState state, String category) {
        var backups = new ListedBackups();
        backups.jobs.add(job(state, category));
        var seen = new ArrayList<JobFacts>();
        new ListedBackupJobs(backups).since(FROM, seen::add);
        return seen.getFirst().state();
    }

    private static BackupJob job(BackupJobState state, String category) {
        return BackupJob.builder()
                .resourceArn("a")
                .backupJobId("job")
                .creationDate(FROM)
                .state(state)
                .messageCategory(category)
                .build();
    }

    private static RecoveryPointByBackupVault point(String resource, Instant at, RecoveryPointStatus status) {
        return RecoveryPointByBackupVault.builder()
                .resourceArn(resource)
                .recoveryPointArn("point-" + resource)
                .creationDate(at)
                .status(status)
                .isEncrypted(true)
                .createdBy(made -> made.backupPlanName("lifeboat-test-plan").backupRuleName("daily"))
                .lifecycle(life -> life.deleteAfterDays(30L).moveToColdStorageAfterDays(-1L))
                .build();
    }
}
