package lifeboat.aws.rds;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/// DB instances as RDS describes them.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html">DB instance
///     status</a>
final class Instances {
    /// An instance can be used and changed while RDS fetches its storage from a snapshot, rearranges it or backs
    /// it up.
    private static final Set<String> USABLE =
            Set.of("available", "backing-up", "storage-initialization", "storage-optimization");

    private static final Set<String> BROKEN = Set.of(
            "failed",
            "inaccessible-encryption-credentials",
            "inaccessible-encryption-credentials-recoverable",
            "incompatible-create",
            "incompatible-network",
            "incompatible-option-group",
            "incompatible-parameters",
            "incompatible-restore",
            "insufficient-capacity",
            "restore-error",
            "stopped",
            "stopping",
            "storage-full");

    private Instances() {}

    /// What an instance's status means to who waits for it.
    enum Condition {
        AVAILABLE,
        CHANGING,
        BROKEN
    }

    static Condition condition(String status) {
        if (USABLE.contains(status)) {
            return Condition.AVAILABLE;
        }
        return BROKEN.contains(status) ? Condition.BROKEN : Condition.CHANGING;
    }

    /// The instance of that identifier, or empty where there is none.
    static Optional<DBInstance> find(RdsClient rds, String identifier) {
        try {
            return rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier)).dbInstances().stream()
                    .findFirst();
        } catch (DbInstanceNotFoundException e) {
            return Optional.empty();
        }
    }

    /// The tags of an instance; none where there is no such instance.
    static Map<String, String> tags(RdsClient rds, String identifier) {
        return find(rds, identifier)
                .map(
                        instance -> rds
                                .listTagsForResource(request -> request.resourceName(instance.dbInstanceArn()))
                                .tagList()
                                .stream()
                                .collect(Collectors.toMap(Tag::key, Tag::value)))
                .orElse(Map.of());
    }
}
