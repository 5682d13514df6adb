package lifeboat.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Data that belongs together and is recovered together.
///
/// @param name unique in the environment
/// @param tier how important it is
/// @param objectives what it must meet when something is lost inside the region
/// @param regionLost what it must meet when the region is lost; absent: reported, not enforced
/// @param accountLost what it must meet when the account is lost; absent: reported, not enforced
/// @param owner the team that answers for it
/// @param resources at least one and at most 97, names unique
/// @param drill how often recovery is rehearsed; absent: only by hand
/// @param application what is pointed at the restored copy; absent: nothing
/// @param accepted a shortfall that somebody accepts in writing; absent: none
/// @param sizesGb how much each resource holds, in gigabytes, for the estimate of costs; absent: unknown
public record Workload(
        WorkloadName name,
        Tier tier,
        Objectives objectives,
        Optional<Objectives> regionLost,
        Optional<Objectives> accountLost,
        String owner,
        List<Resource> resources,
        Optional<Drill> drill,
        Optional<Application> application,
        Optional<AcceptedShortfall> accepted,
        Map<ResourceName, Long> sizesGb) {
    /// The most resources of one workload: a recovery is opened in one transaction of the ledger, which writes at most
    /// 100 items, and three of them are the recovery itself, its lock and
    /// the mark that it is not closed.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">
    ///     TransactWriteItems</a>
    public static final int MOST_RESOURCES = 97;

    public Workload {
        resources = List.copyOf(resources);
        sizesGb = Map.copyOf(sizesGb);
    }

    /// Whose resources may have any size.
    public Workload(
            WorkloadName name,
            Tier tier,
            Objectives objectives,
            Optional<Objectives> regionLost,
            Optional<Objectives> accountLost,
            String owner,
            List<Resource> resources,
            Optional<Drill> drill,
            Optional<Application> application,
            Optional<AcceptedShortfall> accepted) {
        this(name, tier, objectives, regionLost, accountLost, owner, resources, drill, application, accepted, Map.of());
    }

    /// How much a resource holds, in gigabytes; empty: the file does not say.
    public Optional<Long> sizeGb(ResourceName resource) {
        return Optional.ofNullable(sizesGb.get(resource));
    }

    /// The resource of that name, or empty where the workload has none.
    public Optional<Resource> resource(ResourceName wanted) {
        return resources.stream().filter(r -> r.name().equals(wanted)).findFirst();
    }
}
