package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lifeboat.infra.permission.Handler;
import lifeboat.local.orchestration.CouldNotRun;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.flow.RunId;
import lifeboat.recovery.RecoveryId;

/// The reconcile of a rehearsal: asked for at its front door, as a person does, while the shop goes on writing.
///
/// @param stage where
/// @param deployment what reconciles
/// @param terminal who watches
record Reconciling(Stage stage, Deployment deployment, Terminal terminal) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Lists the damage of one resource and repairs it by the plan. The bad script inserted rows with a time long
    /// past, and nothing of the shop commits that late, so that their class is named.
    Repaired.Said repair(RecoveryId recovery, Shop shop) {
        ObjectNode diff = node("diff")
                .put("recovery", recovery.value())
                .put("resource", shop.resource().name().value())
                .put("explainedBy", shop.writtenAt())
                .put("samples", 1);
        ArrayNode classes = diff.putArray("classes");
        List.of("missing", "changed", "unexpected", TimeAnomaly.STAMPED_BEFORE.word())
                .forEach(classes::add);
        JsonNode compared = ended(ask(diff));
        List<String> listed = lines(compared);
        terminal.say("  " + compared.path("message").asText());
        listed.forEach(line -> terminal.say("  | " + line));
        String plan = compared.path("plan").asText();
        if (compared.path("state").asText().equals("EQUAL")) {
            return new Repaired.Said(plan, listed, 0, "REPAIRED");
        }
        long planned = ask(node("show").put("plan", plan)).path("rowsToRepair").asLong();
        terminal.say("  approved: plan " + plan);
        JsonNode repaired = ended(ask(node("apply").put("plan", plan)));
        terminal.say("  " + repaired.path("message").asText());
        lines(repaired).forEach(line -> terminal.say("  | " + line));
        return new Repaired.Said(plan, listed, planned, repaired.path("state").asText());
    }

    private JsonNode ask(ObjectNode request) {
        return deployment.functions().invoke(Handler.RECONCILE.className(), request);
    }

    private static ObjectNode node(String action) {
        return JsonNodeFactory.instance.objectNode().put("action", action);
    }

    /// Waits for the end of a run, and asks how it ended.
    private JsonNode ended(JsonNode begun) {
        RunId run = new RunId(begun.path("run").asText());
        stage.aws()
                .machines()
                .ended(deployment.execution(run))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        JsonNode ended = ask(node("status").put("run", run.value()));
        if (ended.path("state").asText().equals("FAILED") || !ended.has("text")) {
            throw new CouldNotRun("the reconcile broke off: " + ended);
        }
        return ended;
    }

    private static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("text").forEach(line -> lines.add(line.asText()));
        return lines;
    }
}
