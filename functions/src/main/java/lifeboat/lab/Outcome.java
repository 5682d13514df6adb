package lifeboat.lab;

import com.fasterxml.jackson.databind.JsonNode;

/// How a rehearsal ended, as it is reported to CloudFormation. Only a recovery that met its objectives is a success: a
/// recovery that missed one, could not be measured or broke makes the deployment fail and says why.
///
/// @param success whether the deployment may go on
/// @param reason in words, for the events of the stack
public record Outcome(boolean success, String reason) {
    /// Nothing was to be rehearsed.
    static Outcome nothingToDo() {
        return new Outcome(true, "nothing to undo: copies of drills are torn down by the recovery itself");
    }

    static Outcome notStarted(String why) {
        return new Outcome(false, "the rehearsal did not start: " + why);
    }

    /// What the lab's state machine says: the output of the recovery, or the error that stopped it.
    static Outcome of(JsonNode rehearsal) {
        var recovery = rehearsal.at("/recovery/Output");
        var id = recovery.path("recovery").asText("unknown");
        return switch (recovery.path("standing").asText()) {
            case "MET" -> new Outcome(true, "recovery %s met its objectives".formatted(id));
            case "MISSED" -> new Outcome(false, "recovery %s missed an objective: see its e-mail".formatted(id));
            case "UNMEASURED" ->
                new Outcome(false, "recovery %s could not be measured, which is never taken for met".formatted(id));
            default -> new Outcome(false, "the rehearsal broke: " + error(rehearsal.path("error")));
        };
    }

    private static String error(JsonNode error) {
        var text = "%s %s"
                .formatted(
                        error.path("Error").asText("no answer"),
                        error.path("Cause").asText());
        return text.length() > 400 ? text.substring(0, 400) + "..." : text;
    }
}
