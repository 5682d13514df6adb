package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.BackupSchedules;
import lifeboat.catalog.Check;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentName;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.catalog.Tier;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.Segment;
import lifeboat.parity.Settings;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;

/// The shop of all examples: a table of products and a database of orders that are recovered together.
public final class Example {
    public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    public static final WorkloadName CATALOG = new WorkloadName("catalog");
    public static final RecoveryId ID = new RecoveryId("20261120-k3v9x2");
    public static final RecoveryId OTHER_ID = new RecoveryId("20261120-aaaaaa");

    public static final Resource PRODUCTS = new Resource.DynamoDbTable(
            new ResourceName("products"),
            "techmoda-products",
            Optional.of(new Freshness.Attribute("updatedAt")),
            List.of(new Check.Items(1)));
    public static final Resource ORDERS = new Resource.RdsInstance(
            new ResourceName("orders"),
            "techmoda-orders",
            new SqlAccess("orders", "techmoda/orders"),
            Optional.empty(),
            List.of(new Check.Rows("orders", Optional.empty(), Optional.of(1L))));
    /// What counts the rows of the orders.
    public static final Segment ROWS = Segment.of("rows", "orders");

    private Example() {}

    /// The environment with just this workload.
    public static Environment environment() {
        return environment(workload("catalog", PRODUCTS, ORDERS));
    }

    /// An environment with some workloads.
    public static Environment environment(Workload... workloads) {
        return new Environment(
                new EnvironmentName("prod"),
                new AccountId("111122223333"),
                new RegionName("us-east-1"),
                new RegionName("us-west-2"),
                new Contacts(List.of("oncall@techmoda.example"), Optional.empty()),
                new BackupSchedules(
                        "own",
                        List.of(new BackupRule(
                                "daily",
                                "corruption and deletion",
                                "cron(0 1 * * ? *)",
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                Optional.empty(),
                                Duration.ofDays(30),
                                true,
                                false))),
                Optional.empty(),
                List.of(workloads));
    }

    /// A critical workload: 15 minutes, one hour.
    public static Workload workload(String name, Resource... resources) {
        return new Workload(
                new WorkloadName(name),
                Tier.CRITICAL,
                Tier.CRITICAL.defaults(),
                Optional.empty(),
                Optional.empty(),
                "Product team",
                List.of(resources),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// A workload of many tables.
    public static Workload crowd(int tables) {
        return workload(
                "crowd",
                IntStream.rangeClosed(1, tables)
                        .mapToObj(number -> table("table-" + number))
                        .toArray(Resource[]::new));
    }

    public static Resource table(String name) {
        return new Resource.DynamoDbTable(
                new ResourceName(name), "techmoda-" + name, Optional.empty(), List.of(new Check.Items(1)));
    }

    /// A drill of the whole workload to the latest point.
    public static RecoveryRequest drill() {
        return request(Mode.DRILL, new Target.Latest());
    }

    public static RecoveryRequest request(Mode mode, Target target) {
        return new RecoveryRequest(CATALOG, mode, target, List.of(), Optional.empty());
    }

    /// A planned drill.
    public static Recovery planned() {
        return planned(ID, drill());
    }

    /// A planned recovery of all resources of the example.
    public static Recovery planned(RecoveryId id, RecoveryRequest request) {
        return planned(id, request, START, PRODUCTS, ORDERS);
    }

    /// A planned recovery of some resources.
    public static Recovery planned(RecoveryId id, RecoveryRequest request, Instant startedAt, Resource... resources) {
        List<CopyEntry> copies = List.of(resources).stream()
                .map(resource -> CopyEntry.planned(copy(id, request.mode(), resource)))
                .toList();
        return new Recovery(
                id,
                id.value(),
                request,
                Tier.CRITICAL.defaults(),
                request.incidentAt(startedAt),
                startedAt,
                copies,
                Optional.empty());
    }

    /// A planned recovery of an incident whose one copy is made from a restore point.
    public static Recovery planned(RestorePoint point, Resource resource) {
        Copy exact = copy(ID, Mode.INCIDENT, resource);
        RecoveryRequest request = request(Mode.INCIDENT, new Target.LatestRecoveryPoint());
        return new Recovery(
                ID,
                ID.value(),
                request,
                Tier.CRITICAL.defaults(),
                request.incidentAt(START),
                START,
                List.of(CopyEntry.planned(new Copy(resource, exact.name(), point, exact.settings()))),
                Optional.empty());
    }

    /// The planned copy of a resource.
    public static Copy copy(RecoveryId id, Mode mode, Resource resource) {
        return new Copy(
                resource,
                mode.copyOf(id, resource.name()),
                new RestorePoint.Continuous(START.minusSeconds(300)),
                new Settings(Map.of("class", "db.t4g.medium")));
    }
}
