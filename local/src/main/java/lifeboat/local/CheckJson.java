package lifeboat.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lifeboat.catalog.KeyNotInEffect;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Recoverability;
import lifeboat.protection.CostEstimate;
import lifeboat.protection.Guarantee;
import lifeboat.protection.PlanReview;
import lifeboat.protection.Promise;
import lifeboat.protection.ProtectionReport;

/// What `./lifeboat check` found, for a program. Durations are seconds, costs dollars a month.
final class CheckJson {
    private CheckJson() {}

    static String of(String file, PlanReview review, int exitCode) {
        var root = JsonNodeFactory.instance.objectNode().put("file", file).put("exitCode", exitCode);
        problems(root, "mistakes", review.mistakes());
        problems(root, "shortfalls", review.shortfalls());
        notInEffect(root, review.notInEffect());
        review.report().ifPresent(report -> report(root, report));
        review.cost().ifPresent(cost -> cost(root.putObject("costAMonth"), cost));
        return root.toPrettyString();
    }

    private static void problems(ObjectNode root, String name, List<Problem> problems) {
        var array = root.putArray(name);
        problems.forEach(problem -> array.addObject()
                .put("code", problem.code())
                .put("line", problem.line())
                .put("path", problem.path())
                .put("message", problem.message())
                .put("hint", problem.hint()));
    }

    private static void notInEffect(ObjectNode root, List<KeyNotInEffect> keys) {
        var array = root.putArray("notInEffect");
        keys.forEach(key -> array.addObject()
                .put("line", key.line())
                .put("path", key.path())
                .put("extent", key.effect().extent().label())
                .put("why", key.effect().why()));
    }

    private static void report(ObjectNode root, ProtectionReport report) {
        var promises = root.putArray("promises");
        report.promises().forEach(promise -> promise(promises.addObject(), promise));
        var notes = root.putArray("notes");
        report.notes().forEach(notes::add);
    }

    private static void promise(ObjectNode node, Promise promise) {
        node.put("workload", promise.workload().name().value())
                .put("resource", promise.resource().name().value())
                .put("store", promise.resource().store())
                .put("tier", promise.workload().tier().label())
                .put("recovery", Recoverability.of(promise.resource()).label())
                .put("failureDomain", promise.domain().label());
        promise.objective().ifPresent(rpo -> node.put("objectiveSeconds", rpo.toSeconds()));
        switch (promise.guarantee()) {
            case Guarantee.ByLog(var worst, var basis) ->
                node.put("guaranteedSeconds", worst.toSeconds()).put("basis", basis);
            case Guarantee.ByBackups(var _, var worst, var why) ->
                node.put("guaranteedSeconds", worst.toSeconds()).put("basis", why.told());
            case Guarantee.Nothing(var why) -> node.putNull("guaranteedSeconds").put("basis", why);
        }
        node.put("verdict", promise.told());
    }

    private static void cost(ObjectNode node, CostEstimate cost) {
        node.put("usd", cost.usd()).put("atLeast", cost.least()).put("basis", cost.basis());
        var lines = node.putArray("lines");
        cost.lines()
                .forEach(line -> lines.addObject()
                        .put("kind", line.kind())
                        .put("where", line.where())
                        .put("what", line.what())
                        .put("usd", line.usd())
                        .put("atLeast", line.least()));
        var unknown = node.putArray("unknownSizes");
        cost.unknown().forEach(unknown::add);
    }
}
