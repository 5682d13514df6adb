package lifeboat.aws.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Standing;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.recovery.Summary;
import lifeboat.recovery.Unplanned;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.Target;

/// A recovery as an item of the ledger.
final class RecoveryItems {
    static final String UNCLOSED = "UNCLOSED";

    private RecoveryItems() {}

    /// The item that stands while a recovery is not closed.
    static Items unclosed(Recovery recovery, RegionName region) {
        return Items.key(Keys.unclosed(recovery.id()), UNCLOSED)
                .text("id", recovery.id().value())
                .text("gsi2pk", Keys.unclosed(region))
                .text("gsi2sk", Keys.start(recovery));
    }

    static Items planned(Recovery recovery) {
        RecoveryRequest request = recovery.request();
        Items item = Items.key(Keys.recovery(recovery.id()), Keys.RECOVERY)
                .text("id", recovery.id().value())
                .text("execution", recovery.execution())
                .text("workload", request.workload().value())
                .text("rpo", recovery.objectives().rpo().toString())
                .text("rto", recovery.objectives().rto().toString())
                .text("mode", request.mode().name())
                .texts(
                        "resources",
                        request.resources().stream().map(ResourceName::value).toList())
                .texts("covers", covered(recovery))
                .map("unplanned", unplanned(recovery))
                .text("incidentAt", recovery.incidentAt().toString())
                .text("startedAt", recovery.startedAt().toString())
                .text("gsi1pk", Keys.workload(request.workload()))
                .text("gsi1sk", Keys.start(recovery));
        request.incidentAt().ifPresent(at -> item.text("givenIncidentAt", at.toString()));
        if (request.afterIncident()) {
            item.text("afterIncident", "true");
        }
        return target(item, request.target());
    }

    private static SortedMap<String, String> unplanned(Recovery recovery) {
        SortedMap<String, String> reasons = new TreeMap<>();
        recovery.unplanned().forEach(one -> reasons.put(one.resource().value(), one.why()));
        return reasons;
    }

    private static List<String> covered(Recovery recovery) {
        return recovery.resources().stream().map(ResourceName::value).toList();
    }

    private static Items target(Items item, Target target) {
        return switch (target) {
            case Target.Latest() -> item.text("target", "LATEST");
            case Target.LatestRecoveryPoint() -> item.text("target", "RECOVERY_POINT");
            case Target.PointInTime(var at) -> item.text("target", "AT").text("targetAt", at.toString());
            case Target.FromRecoveryPoint(var arn) -> item.text("target", "ARN").text("targetArn", arn.value());
        };
    }

    static Recovery read(Items item, List<CopyEntry> copies, Optional<Instant> closedAt) {
        return new Recovery(
                new RecoveryId(item.text("id")),
                item.text("execution"),
                new RecoveryRequest(
                        new WorkloadName(item.text("workload")),
                        Mode.valueOf(item.text("mode")),
                        target(item),
                        item.texts("resources").stream().map(ResourceName::new).toList(),
                        item.instant("givenIncidentAt"),
                        item.find("afterIncident").isPresent()),
                new Objectives(Duration.parse(item.text("rpo")), Duration.parse(item.text("rto"))),
                item.instant("incidentAt").orElseThrow(),
                item.instant("startedAt").orElseThrow(),
                copies,
                item.map("unplanned").entrySet().stream()
                        .map(one -> new Unplanned(new ResourceName(one.getKey()), one.getValue()))
                        .toList(),
                closedAt);
    }

    private static Target target(Items item) {
        return switch (item.text("target")) {
            case "LATEST" -> new Target.Latest();
            case "RECOVERY_POINT" -> new Target.LatestRecoveryPoint();
            case "AT" -> new Target.PointInTime(Instant.parse(item.text("targetAt")));
            case "ARN" -> new Target.FromRecoveryPoint(new RecoveryPointArn(item.text("targetArn")));
            case String other -> throw new IllegalStateException("target \"%s\" in the ledger".formatted(other));
        };
    }

    static Summary summary(Items item, Optional<Items> verdict) {
        return new Summary(
                new RecoveryId(item.text("id")),
                Mode.valueOf(item.text("mode")),
                item.texts("covers").stream().map(ResourceName::new).toList(),
                item.instant("startedAt").orElseThrow(),
                verdict.flatMap(closed -> closed.instant("closedAt")),
                verdict.map(VerdictItems::result));
    }

    /// What is known of a recovery whose item cannot be read: its key alone. It counts as a drill that was not
    /// measured.
    static Summary unreadable(Items item) {
        return new Summary(
                new RecoveryId(item.text("pk").replaceFirst("^RECOVERY#", "")),
                Mode.DRILL,
                List.of(),
                Instant.parse(item.text("gsi1sk").replaceFirst("#.*$", "")),
                Optional.empty(),
                Optional.of(new Summary.Result(
                        Standing.UNMEASURED,
                        Standing.UNMEASURED,
                        Optional.empty(),
                        DataLoss.Basis.UNKNOWN,
                        Optional.empty(),
                        List.of())));
    }
}
