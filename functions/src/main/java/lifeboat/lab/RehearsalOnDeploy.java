package lifeboat.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// The custom resource of the lab: every deployment rehearses a recovery, and fails where that does not end well.
///
/// A recovery outlives a function, so a state machine carries it out and calls back: the first call starts it, the
/// second answers CloudFormation.
public final class RehearsalOnDeploy {
    private final Rehearsals rehearsals;
    private final Deployments deployments;

    public RehearsalOnDeploy(Rehearsals rehearsals, Deployments deployments) {
        this.rehearsals = rehearsals;
        this.deployments = deployments;
    }

    /// CloudFormation asks: starts the rehearsal, or answers at once where there is nothing to rehearse.
    public void asked(JsonNode request) {
        if (request.path("RequestType").asText().equals("Delete")) {
            deployments.answer(request, Outcome.nothingToDo());
            return;
        }
        var input = JsonNodeFactory.instance.objectNode().set("request", request);
        rehearsals.start(request.path("RequestId").asText(), input.toString());
    }

    /// The rehearsal could not be started: CloudFormation must not wait an hour to hear it.
    public void notStarted(JsonNode request, String why) {
        deployments.answer(request, Outcome.notStarted(why));
    }

    /// The state machine has ended: tells CloudFormation how.
    ///
    /// @param ended `request` as CloudFormation sent it, and `recovery` or `error`
    public Outcome ended(JsonNode ended) {
        var outcome = Outcome.of(ended);
        deployments.answer(ended.path("request"), outcome);
        return outcome;
    }
}
