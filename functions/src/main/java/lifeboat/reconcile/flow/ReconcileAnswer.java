package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lifeboat.reconcile.PlanText;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.flow.Run.Work;

/// What the front door answers, as JSON that a person can read.
final class ReconcileAnswer {
    private ReconcileAnswer() {}

    static JsonNode begun(Run run) {
        return node("started: %s of %s, copy of recovery %s%s"
                        .formatted(
                                word(run.work()),
                                run.resource(),
                                run.recovery(),
                                run.work() instanceof Work.Compare ? "; nothing is written to either" : ""))
                .put("run", run.id().value())
                .put("next", "{\"action\": \"status\", \"run\": \"%s\"} says where it stands".formatted(run.id()));
    }

    static JsonNode underWay(Run run, String progress, boolean running) {
        ObjectNode node = node("%s of %s is %s: %s"
                        .formatted(word(run.work()), run.resource(), running ? "under way" : "BROKEN OFF", progress))
                .put("run", run.id().value())
                .put("state", running ? "RUNNING" : "BROKEN_OFF");
        return running
                ? node
                : node.put("next", "look at the execution of that name in Step Functions, then ask for the same again");
    }

    static JsonNode ended(Run run, Ended ended) {
        ObjectNode node = node(ended.headline())
                .put("run", run.id().value())
                .put("recovery", run.recovery().value())
                .put("state", ended.state().name());
        ended.plan().ifPresent(plan -> node.put("plan", plan.value()));
        lines(node, ended.text());
        return node.put("next", NextSteps.of(ended));
    }

    static JsonNode shown(RepairPlan plan) {
        ObjectNode node = node("plan of %s".formatted(plan.header().createdAt()))
                .put("plan", plan.id().value())
                .put("state", plan.verdict().name())
                .put("rowsToRepair", plan.counts().repairs());
        lines(node, PlanText.of(plan));
        return node;
    }

    static JsonNode wouldApply(Run run, RepairPlan plan) {
        return node("dry run, would repair %,d rows of %s: nothing was written"
                        .formatted(plan.counts().repairs(), run.resource()))
                .put("plan", plan.id().value())
                .put("next", "leave out dryRun to carry it out");
    }

    private static String word(Work work) {
        return switch (work) {
            case Work.Compare _ -> "the comparison";
            case Work.Apply _ -> "the repair";
            case Work.TakeBack _ -> "the undo";
        };
    }

    private static ObjectNode node(String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message);
    }

    private static void lines(ObjectNode node, String text) {
        var lines = node.putArray("text");
        text.lines().forEach(lines::add);
    }
}
