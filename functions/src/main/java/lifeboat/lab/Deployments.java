package lifeboat.lab;

import com.fasterxml.jackson.databind.JsonNode;

/// Tells CloudFormation how a custom resource fared.
public interface Deployments {
    /// Answers a request of CloudFormation; answering it again changes nothing.
    ///
    /// @param request as CloudFormation sent it
    void answer(JsonNode request, Outcome outcome);
}
