package lifeboat.local.aws;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.BackupVaultListMember;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.DescribeBackupJobRequest;
import software.amazon.awssdk.services.backup.model.DescribeBackupJobResponse;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.DescribeBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointRequest;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobRequest;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.GetRecoveryPointRestoreMetadataRequest;
import software.amazon.awssdk.services.backup.model.GetRecoveryPointRestoreMetadataResponse;
import software.amazon.awssdk.services.backup.model.ListBackupJobsRequest;
import software.amazon.awssdk.services.backup.model.ListBackupJobsResponse;
import software.amazon.awssdk.services.backup.model.ListBackupVaultsRequest;
import software.amazon.awssdk.services.backup.model.ListBackupVaultsResponse;
import software.amazon.awssdk.services.backup.model.ListProtectedResourcesRequest;
import software.amazon.awssdk.services.backup.model.ListProtectedResourcesResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultRequest;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByBackupVaultResponse;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByResourceRequest;
import software.amazon.awssdk.services.backup.model.ListRecoveryPointsByResourceResponse;
import software.amazon.awssdk.services.backup.model.ProtectedResource;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointByResource;
import software.amazon.awssdk.services.backup.model.StartBackupJobRequest;
import software.amazon.awssdk.services.backup.model.StartBackupJobResponse;
import software.amazon.awssdk.services.backup.model.StartRestoreJobRequest;
import software.amazon.awssdk.services.backup.model.StartRestoreJobResponse;

/// Stands in for AWS Backup, which has no engine here: vaults, recovery points with real data, jobs with the states
/// that AWS documents.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/api-reference.html">AWS Backup API</a>
final class BackupStandIn implements BackupClient {
    private static final int CONCURRENT = 40;

    private final World world;
    private final List<ProtectedStore> stores;
    private final Map<String, DescribeBackupVaultResponse> vaults = new ConcurrentSkipListMap<>();
    private final Map<String, RecoveryPoint> points = new ConcurrentHashMap<>();
    private final Map<String, RestoreJob> restores = new ConcurrentHashMap<>();
    private final Map<String, String> restoresByToken = new ConcurrentHashMap<>();
    private final Map<String, RecoveryPoint> backupsByToken = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    BackupStandIn(World world, List<ProtectedStore> stores) {
        this.world = world;
        this.stores = stores;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public CreateBackupVaultResponse createBackupVault(CreateBackupVaultRequest request) {
        String name = request.backupVaultName();
        DescribeBackupVaultResponse vault = DescribeBackupVaultResponse.builder()
                .backupVaultName(name)
                .backupVaultArn(vaultArn(name))
                .encryptionKeyArn(request.encryptionKeyArn())
                .creationDate(world.now())
                .locked(false)
                .build();
        if (vaults.putIfAbsent(name, vault) != null) {
            throw BackupRefusals.exists("Backup vault with the same name already exists: " + name);
        }
        return CreateBackupVaultResponse.builder()
                .backupVaultName(name)
                .backupVaultArn(vault.backupVaultArn())
                .build();
    }

    @Override
    public DescribeBackupVaultResponse describeBackupVault(DescribeBackupVaultRequest request) {
        return existingVault(request.backupVaultName()).toBuilder()
                .numberOfRecoveryPoints(completed(point -> point.vault().equals(request.backupVaultName()))
                        .count())
                .build();
    }

    @Override
    public ListBackupVaultsResponse listBackupVaults(ListBackupVaultsRequest request) {
        return ListBackupVaultsResponse.builder()
                .backupVaultList(vaults.values().stream()
                        .map(vault -> BackupVaultListMember.builder()
                                .backupVaultName(vault.backupVaultName())
                                .backupVaultArn(vault.backupVaultArn())
                                .creationDate(vault.creationDate())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public synchronized StartBackupJobResponse startBackupJob(StartBackupJobRequest request) {
        existingVault(request.backupVaultName());
        @Nullable
        RecoveryPoint before =
                request.idempotencyToken() == null ? null : backupsByToken.get(request.idempotencyToken());
        RecoveryPoint point = before == null ? begin(request) : before;
        Optional.ofNullable(request.idempotencyToken()).ifPresent(token -> backupsByToken.put(token, point));
        return StartBackupJobResponse.builder()
                .backupJobId(point.jobId())
                .recoveryPointArn(point.arn())
                .creationDate(point.saving().work().startedAt())
                .build();
    }

    private RecoveryPoint begin(StartBackupJobRequest request) {
        ProtectedStore store = stores.stream()
                .filter(candidate -> candidate.has(request.resourceArn()))
                .findFirst()
                .orElseThrow(() -> BackupRefusals.invalid("Resource does not exist: " + request.resourceArn()));
        String jobId = new UUID(world.now().toEpochMilli(), ids.incrementAndGet()).toString();
        ProtectedStore.Saving saving = store.save(request.resourceArn(), jobId);
        RecoveryPoint point = new RecoveryPoint(
                request.backupVaultName(),
                vaultArn(request.backupVaultName()),
                request.resourceArn(),
                request.iamRoleArn(),
                jobId,
                store,
                saving,
                store.metadata(request.resourceArn()));
        points.put(point.arn(), point);
        return point;
    }

    @Override
    public DescribeBackupJobResponse describeBackupJob(DescribeBackupJobRequest request) {
        RecoveryPoint point = points.values().stream()
                .filter(candidate -> candidate.jobId().equals(request.backupJobId()))
                .findFirst()
                .orElseThrow(() -> BackupRefusals.notFound("Cannot find backup job " + request.backupJobId()));
        BackupJob job = point.job();
        return DescribeBackupJobResponse.builder()
                .backupJobId(job.backupJobId())
                .backupVaultName(job.backupVaultName())
                .backupVaultArn(job.backupVaultArn())
                .recoveryPointArn(job.recoveryPointArn())
                .resourceArn(job.resourceArn())
                .resourceType(job.resourceType())
                .state(job.stateAsString())
                .statusMessage(job.statusMessage())
                .percentDone(job.percentDone())
                .backupSizeInBytes(job.backupSizeInBytes())
                .iamRoleArn(job.iamRoleArn())
                .creationDate(job.creationDate())
                .completionDate(job.completionDate())
                .build();
    }

    @Override
    public ListBackupJobsResponse listBackupJobs(ListBackupJobsRequest request) {
        List<BackupJob> found = points.values().stream()
                .map(RecoveryPoint::job)
                .filter(job -> same(request.byResourceArn(), job.resourceArn()))
                .filter(job -> same(request.byStateAsString(), job.stateAsString()))
                .filter(job -> same(request.byBackupVaultName(), job.backupVaultName()))
                .filter(job -> same(request.byResourceType(), job.resourceType()))
                .filter(job -> within(job.creationDate(), request.byCreatedAfter(), request.byCreatedBefore()))
                .filter(job -> within(job.completionDate(), request.byCompleteAfter(), request.byCompleteBefore()))
                .sorted(Comparator.comparing(BackupJob::creationDate).reversed())
                .toList();
        Page<BackupJob> page = Page.of(found, request.nextToken(), size(request.maxResults()));
        return ListBackupJobsResponse.builder()
                .backupJobs(page.items())
                .nextToken(page.next())
                .build();
    }

    @Override
    public ListProtectedResourcesResponse listProtectedResources(ListProtectedResourcesRequest request) {
        List<ProtectedResource> found = completed(_ -> true)
                .map(RecoveryPoint::resourceArn)
                .distinct()
                .sorted()
                .map(arn -> latestOf(arn).protectedResource())
                .toList();
        Page<ProtectedResource> page = Page.of(found, request.nextToken(), size(request.maxResults()));
        return ListProtectedResourcesResponse.builder()
                .results(page.items())
                .nextToken(page.next())
                .build();
    }

    private RecoveryPoint latestOf(String resourceArn) {
        return completed(point -> point.resourceArn().equals(resourceArn))
                .max(Comparator.comparing(RecoveryPoint::createdAt))
                .orElseThrow();
    }

    @Override
    public ListRecoveryPointsByResourceResponse listRecoveryPointsByResource(
            ListRecoveryPointsByResourceRequest request) {
        List<RecoveryPointByResource> found = newestFirst(
                        point -> point.resourceArn().equals(request.resourceArn()))
                .map(RecoveryPoint::byResource)
                .toList();
        Page<RecoveryPointByResource> page = Page.of(found, request.nextToken(), size(request.maxResults()));
        return ListRecoveryPointsByResourceResponse.builder()
                .recoveryPoints(page.items())
                .nextToken(page.next())
                .build();
    }

    @Override
    public ListRecoveryPointsByBackupVaultResponse listRecoveryPointsByBackupVault(
            ListRecoveryPointsByBackupVaultRequest request) {
        existingVault(request.backupVaultName());
        List<RecoveryPointByBackupVault> found = newestFirst(
                        point -> point.vault().equals(request.backupVaultName()))
                .filter(point -> same(request.byResourceArn(), point.resourceArn()))
                .filter(point -> same(request.byResourceType(), point.store().type()))
                .filter(point -> within(point.createdAt(), request.byCreatedAfter(), request.byCreatedBefore()))
                .map(RecoveryPoint::byVault)
                .toList();
        Page<RecoveryPointByBackupVault> page = Page.of(found, request.nextToken(), size(request.maxResults()));
        return ListRecoveryPointsByBackupVaultResponse.builder()
                .recoveryPoints(page.items())
                .nextToken(page.next())
                .build();
    }

    @Override
    public DescribeRecoveryPointResponse describeRecoveryPoint(DescribeRecoveryPointRequest request) {
        return point(request.backupVaultName(), request.recoveryPointArn()).described();
    }

    @Override
    public GetRecoveryPointRestoreMetadataResponse getRecoveryPointRestoreMetadata(
            GetRecoveryPointRestoreMetadataRequest request) {
        RecoveryPoint point = point(request.backupVaultName(), request.recoveryPointArn());
        return GetRecoveryPointRestoreMetadataResponse.builder()
                .backupVaultArn(point.vaultArn())
                .recoveryPointArn(point.arn())
                .resourceType(point.store().type())
                .restoreMetadata(point.metadata())
                .build();
    }

    private RecoveryPoint point(String vault, String arn) {
        existingVault(vault);
        return Optional.ofNullable(points.get(arn))
                .filter(point -> point.vault().equals(vault))
                .orElseThrow(() -> BackupRefusals.notFound("Cannot find recovery point " + arn));
    }

    @Override
    public synchronized StartRestoreJobResponse startRestoreJob(StartRestoreJobRequest request) {
        @Nullable String token = request.idempotencyToken();
        @Nullable String before = token == null ? null : restoresByToken.get(token);
        String id = before == null ? begin(request) : before;
        Optional.ofNullable(token).ifPresent(given -> restoresByToken.put(given, id));
        return StartRestoreJobResponse.builder().restoreJobId(id).build();
    }

    private String begin(StartRestoreJobRequest request) {
        if (request.iamRoleArn() == null) {
            throw BackupRefusals.missing("IamRoleArn");
        }
        RecoveryPoint point = Optional.ofNullable(points.get(request.recoveryPointArn()))
                .filter(RecoveryPoint::isCompleted)
                .orElseThrow(() -> BackupRefusals.notFound("Cannot find recovery point " + request.recoveryPointArn()));
        if (request.resourceType() != null
                && !request.resourceType().equals(point.store().type())) {
            throw BackupRefusals.invalid("ResourceType %s does not match %s"
                    .formatted(request.resourceType(), point.store().type()));
        }
        if (restores.values().stream().filter(RestoreJob::open).count() >= CONCURRENT) {
            throw BackupRefusals.limit("Too many concurrent restore jobs");
        }
        String id = new UUID(world.now().toEpochMilli(), ids.incrementAndGet())
                .toString()
                .toUpperCase(Locale.ROOT);
        Instant now = world.now();
        ProtectedStore.Restoring restoring = point.store().restore(point.saved(), request.metadata());
        restores.put(id, new RestoreJob(world, id, now, request.iamRoleArn(), point, restoring));
        return id;
    }

    @Override
    public DescribeRestoreJobResponse describeRestoreJob(DescribeRestoreJobRequest request) {
        return Optional.ofNullable(restores.get(request.restoreJobId()))
                .orElseThrow(() -> BackupRefusals.notFound("Cannot find restore job " + request.restoreJobId()))
                .described();
    }

    private Stream<RecoveryPoint> completed(Predicate<RecoveryPoint> wanted) {
        return points.values().stream().filter(RecoveryPoint::isCompleted).filter(wanted);
    }

    private Stream<RecoveryPoint> newestFirst(Predicate<RecoveryPoint> wanted) {
        return completed(wanted)
                .sorted(Comparator.comparing(RecoveryPoint::createdAt).reversed());
    }

    private DescribeBackupVaultResponse existingVault(String name) {
        return Optional.ofNullable(vaults.get(name))
                .orElseThrow(() -> BackupRefusals.notFound("Backup vault %s does not exist".formatted(name)));
    }

    private String vaultArn(String name) {
        return world.account().arn("backup", "backup-vault:" + name);
    }

    private static int size(@Nullable Integer maxResults) {
        return maxResults == null ? 1000 : maxResults;
    }

    private static boolean same(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals("*") || wanted.equals(value);
    }

    private static boolean within(@Nullable Instant time, @Nullable Instant after, @Nullable Instant before) {
        if (after == null && before == null) {
            return true;
        }
        return time != null && (after == null || time.isAfter(after)) && (before == null || time.isBefore(before));
    }
}
