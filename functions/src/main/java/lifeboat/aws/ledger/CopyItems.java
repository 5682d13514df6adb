package lifeboat.aws.ledger;

import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.Segment;
import lifeboat.parity.Settings;
import lifeboat.recovery.Copy;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.restore.CopyName;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Ticket;

/// A copy as an item of the ledger.
final class CopyItems {
    static final String PREFIX = "COPY#";
    private final Environment environment;

    private final RegionName region;

    CopyItems(Environment environment, RegionName region) {
        this.environment = environment;
        this.region = region;
    }

    Items planned(Recovery recovery, CopyEntry entry) {
        Copy copy = entry.copy();
        String resource = copy.source().name().value();
        Items item = Items.key(Keys.recovery(recovery.id()), PREFIX + resource)
                .text("resource", resource)
                .text("workload", recovery.request().workload().value())
                .text("store", copy.source().store())
                .text("physicalName", copy.source().physicalName())
                .text("copy", copy.name().value())
                .text("restoreTo", copy.point().time().toString())
                .map("settings", copy.settings().values())
                .map("unreadSettings", copy.settings().unread())
                .text("remains", CopyEntry.Remains.PLANNED.name());
        if (copy.liveIsGone()) {
            item.text("live", "GONE");
        }
        switch (copy.point()) {
            case RestorePoint.Continuous _ -> {}
            case RestorePoint.Snapshot snapshot ->
                item.text("recoveryPoint", snapshot.arn().value());
            case RestorePoint.ServiceBackup backup ->
                item.text("serviceBackup", backup.arn().value());
        }
        sqlAccess(copy.source()).ifPresent(sql -> {
            item.text("database", sql.database()).text("credentials", sql.credentials());
            sql.readCredentials().ifPresent(secret -> item.text("readCredentials", secret));
        });
        if (recovery.request().mode() == Mode.DRILL) {
            item.text("gsi2pk", Keys.open(region)).text("gsi2sk", Keys.start(recovery) + "#" + resource);
        }
        return item;
    }

    CopyEntry read(Items item) {
        return new CopyEntry(
                new Copy(
                        source(item),
                        new CopyName(item.text("copy")),
                        point(item),
                        new Settings(item.map("settings"), item.map("unreadSettings")),
                        item.find("live").isPresent()),
                item.find("waitingFor"),
                item.find("ticket").map(Ticket::new),
                item.instant("restoreStartedAt"),
                item.instant("restoreCompletedAt"),
                item.find("completedBy").filter("SERVICE"::equals).isPresent(),
                item.instant("configuredAt"),
                item.texts("parityGaps"),
                item.texts("inspection").stream().map(Segment::new).toList(),
                item.instant("verifiedAt"),
                item.find("failedStep").map(step -> new CopyEntry.Failure(step, item.text("failedBecause"))),
                CopyEntry.Remains.valueOf(item.text("remains")));
    }

    /// A copy in the index of what may have been left behind.
    ///
    /// @throws IllegalStateException where an attribute is missing
    /// @throws lifeboat.catalog.Invalid where a name is none
    static RecoveryLedger.OpenCopy open(Items item) {
        return new RecoveryLedger.OpenCopy(
                new RecoveryId(item.text("pk").replaceFirst("^RECOVERY#", "")),
                new ResourceName(item.text("resource")));
    }

    private static RestorePoint point(Items item) {
        var time = item.instant("restoreTo").orElseThrow();
        return item.find("recoveryPoint")
                .<RestorePoint>map(arn -> new RestorePoint.Snapshot(new RecoveryPointArn(arn), time))
                .or(() -> item.find("serviceBackup")
                        .map(arn -> new RestorePoint.ServiceBackup(new RecoveryPointArn(arn), time)))
                .orElseGet(() -> new RestorePoint.Continuous(time));
    }

    /// The source as the catalog knows it; where the catalog does not know it any more, as the ledger does,
    /// so that what it left behind can still be swept.
    private Resource source(Items item) {
        return environment
                .workload(new WorkloadName(item.text("workload")))
                .flatMap(workload -> workload.resource(new ResourceName(item.text("resource"))))
                .filter(resource -> resource.store().equals(item.text("store")))
                .filter(resource -> resource.physicalName().equals(item.text("physicalName")))
                .orElseGet(() -> remembered(item));
    }

    private static Resource remembered(Items item) {
        ResourceName name = new ResourceName(item.text("resource"));
        String physical = item.text("physicalName");
        return switch (item.text("store")) {
            case "dynamodb" -> new Resource.DynamoDbTable(name, physical, Optional.empty(), java.util.List.of());
            case "rds" ->
                new Resource.RdsInstance(
                        name,
                        physical,
                        new SqlAccess(item.text("database"), item.text("credentials"), item.find("readCredentials")),
                        Optional.empty(),
                        java.util.List.of());
            case String store ->
                throw new Invalid("LB-109", "store \"%s\" in the ledger is not known to this version".formatted(store));
        };
    }

    private static Optional<SqlAccess> sqlAccess(Resource source) {
        return switch (source) {
            case Resource.RdsInstance instance -> Optional.of(instance.sql());
            case Resource.AuroraCluster cluster -> Optional.of(cluster.sql());
            case Resource.DynamoDbTable _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                Optional.empty();
        };
    }
}
