package lifeboat.recovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lifeboat.catalog.Drill;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.failure.Failure;

/// Starts many recoveries at once: the drills of an hour, or everything when the region is lost.
///
/// The same occasion always gives a recovery the same id, so that a schedule or a switch that fires twice starts it
/// once.
public final class RecoveryStarter {
    private final Environment environment;
    private final Executions executions;

    public RecoveryStarter(Environment environment, Executions executions) {
        this.environment = environment;
        this.executions = executions;
    }

    /// Starts the drills that are due in the hour of an instant.
    ///
    /// @param at when the schedule fired, by the schedule's own account
    public List<Started> drills(Instant at) {
        return start(DrillCalendar.due(environment, at), Mode.DRILL, "drill", at);
    }

    /// Starts the recovery of every workload, as an incident: copies are kept.
    ///
    /// @param occasion what makes this switch different from the next one
    /// @param at when it was decided
    public List<Started> everything(String occasion, Instant at) {
        return start(environment.workloads(), Mode.INCIDENT, occasion, at);
    }

    /// A workload that cannot be started keeps no other from being started.
    private List<Started> start(List<Workload> workloads, Mode mode, String occasion, Instant at) {
        List<Started> started = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Workload workload : workloads) {
            try {
                started.add(start(workload, mode, occasion, at));
            } catch (RuntimeException e) { // thrown after all others were started
                failures.add(new IllegalStateException("%s: %s".formatted(workload.name(), e), e));
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("%d of %d recoveries could not be started, the first is %s"
                    .formatted(failures.size(), workloads.size(), Failure.text(failures.getFirst())));
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        return List.copyOf(started);
    }

    private Started start(Workload workload, Mode mode, String occasion, Instant at) {
        var id = RecoveryId.from("%s of %s at %s".formatted(occasion, workload.name(), at), at);
        var request = JsonNodeFactory.instance
                .objectNode()
                .put("workload", workload.name().value())
                .put("mode", mode.name());
        if (mode == Mode.DRILL) {
            workload.drill().map(Drill::from).ifPresent(from -> request.put("from", from.name()));
        }
        executions.start(id, request.toString());
        return new Started(workload.name(), id);
    }

    /// A recovery that runs by now.
    public record Started(WorkloadName workload, RecoveryId recovery) {}
}
