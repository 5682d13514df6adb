package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import lifeboat.recovery.RecoveryStarter.Started;

/// Says which recoveries were started, in words and as data.
final class StartedAnswer {
    private StartedAnswer() {}

    static JsonNode of(List<Started> started) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", started.isEmpty() ? "nothing is due" : started.size() + " recoveries started");
        var recoveries = answer.putArray("recoveries");
        started.forEach(one -> recoveries
                .addObject()
                .put("workload", one.workload().value())
                .put("recovery", one.recovery().value()));
        return answer;
    }
}
