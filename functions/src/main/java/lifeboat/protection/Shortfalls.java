package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Durations;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Tier;
import lifeboat.protection.Promise.Verdict;

/// Tells which objectives a plan cannot meet, by what incident, and what would help.
final class Shortfalls {
    private Shortfalls() {}

    static List<Problem> among(List<Promise> promises, LocalDate today) {
        return promises.stream()
                .filter(promise -> promise.verdict() == Verdict.MISSED)
                .map(promise -> problem(promise, today))
                .toList();
    }

    private static Problem problem(Promise promise, LocalDate today) {
        var workload = promise.workload();
        var path = "workloads." + workload.name() + ".resources."
                + promise.resource().name();
        var objective = promise.objective().orElseThrow();
        var message = "%s, RPO %s %s: %s"
                .formatted(
                        promise.resource().name(),
                        Durations.shown(objective),
                        promise.domain().label(),
                        told(promise.guarantee()));
        return accepted(promise, today)
                .map(why -> new Problem(
                        why.code(), "workloads." + workload.name() + ".accept", 0, why.text() + message, hint(promise)))
                .orElseGet(() -> new Problem("LB-040", path, 0, message, hint(promise)));
    }

    private record Why(String code, String text) {}

    /// Why an acceptance does not help; empty where there is none.
    private static Optional<Why> accepted(Promise promise, LocalDate today) {
        return promise.workload()
                .accepted()
                .map(accepted -> today.isAfter(accepted.until())
                        ? new Why("LB-041", "the acceptance ended on " + accepted.until() + "; ")
                        : new Why("LB-042", "more than the accepted " + Durations.shown(accepted.rpo()) + "; "));
    }

    static String told(Guarantee guarantee) {
        return switch (guarantee) {
            case Guarantee.ByLog(var worst, var basis) -> "by " + basis + ", lost up to " + Durations.shown(worst);
            case Guarantee.ByBackups backups -> backups.why().told();
            case Guarantee.Nothing(var why) -> why;
        };
    }

    private static String hint(Promise promise) {
        return switch (promise.domain()) {
            case IN_REGION ->
                inRegion(promise.resource()) + looserTier(promise.guarantee()) + ", or accept the shortfall";
            case REGION_LOST ->
                "copy more often (copy: true), a longer objective in regionLost, or accept the shortfall: AWS Backup copies"
                        + " are snapshots and keep no log";
            case ACCOUNT_LOST ->
                promise.guarantee() instanceof Guarantee.Nothing
                        ? "name a recoveryAccount, and copy: true"
                        : "copy more often, a longer objective in accountLost, or accept the shortfall";
        };
    }

    private static String inRegion(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable table -> table.pointInTime() ? "" : "enable point-in-time recovery, or ";
            case Resource.RdsInstance database -> database.pointInTime() ? "" : "enable point-in-time recovery, or ";
            case Resource.AuroraCluster database -> database.pointInTime() ? "" : "enable point-in-time recovery, or ";
            case Resource.S3Bucket _ -> "continuous: true in one rule, or ";
            case Resource.EfsFileSystem _ -> "EFS has no point-in-time recovery: back up more often, or ";
            case Resource.EbsVolume _ -> "EBS has no point-in-time recovery: back up more often, or ";
        };
    }

    private static String looserTier(Guarantee guarantee) {
        if (guarantee instanceof Guarantee.Nothing) {
            return "back up more often, or keep backups longer";
        }
        return Arrays.stream(Tier.values())
                .filter(tier -> guarantee.meets(tier.defaults().rpo()))
                .findFirst()
                .map(tier -> "tier " + tier.label())
                .orElse("a longer objective");
    }

    /// The loss in a few characters, for a table.
    static String shown(Guarantee guarantee) {
        return switch (guarantee) {
            case Guarantee.ByLog log -> Durations.shown(log.worst());
            case Guarantee.ByBackups(Duration nominal, Duration worst, var _) ->
                Durations.shown(worst) + " (" + Durations.shown(nominal) + ")";
            case Guarantee.Nothing _ -> "all data";
        };
    }
}
