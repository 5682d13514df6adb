package lifeboat.recovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lifeboat.objective.Assessment;
import lifeboat.objective.ResourceResult;

/// Verdicts as JSON.
public final class VerdictJson {
    private VerdictJson() {}

    /// The verdict on a recovery that is being closed.
    ///
    /// @param at when it is closed
    public static ClosedVerdict of(Recovery recovery, Assessment assessment, Instant at) {
        ObjectNode verdict = JsonNodeFactory.instance
                .objectNode()
                .put("recovery", recovery.id().value())
                .put("execution", recovery.execution())
                .put("workload", recovery.request().workload().value())
                .put("mode", recovery.request().mode().name())
                .put("incidentAt", recovery.incidentAt().toString())
                .put("startedAt", recovery.startedAt().toString())
                .put("closedAt", at.toString())
                .put("rpo", recovery.objectives().rpo().toString())
                .put("rto", recovery.objectives().rto().toString())
                .put("standing", assessment.standing().name())
                .put("integrity", assessment.integrity().name())
                .put("dataLoss", text(assessment.dataLoss()))
                .put("dataLossBasis", assessment.dataLossBasis().name())
                .put("timeToRecover", text(assessment.timeToRecover()));
        assessment.resources().forEach(resource -> resource(verdict, resource));
        return ClosedVerdict.of(verdict.toString());
    }

    private static void resource(ObjectNode verdict, ResourceResult resource) {
        verdict.withArray("resources")
                .addObject()
                .put("resource", resource.resource().value())
                .put("restoredTo", resource.restoredTo().map(Instant::toString).orElse("NOTHING"))
                .put("standing", resource.standing().name())
                .put("integrity", resource.soundness().standing().name())
                .put("dataLoss", text(resource.loss().duration()))
                .put("timeToRecover", text(resource.rto().measurement()));
    }

    private static String text(Optional<Duration> measured) {
        return measured.map(Duration::toString).orElse("UNMEASURED");
    }
}
