package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.catalog.Invalid;

/// What a person calls by hand: says what a recovery would do, starts it, and says where it stands.
public final class FrontDoor {
    private static final int REMEMBERED = 20;
    private final RequestReader reader;
    private final RecoveryPlanner planner;
    private final RecoveryLedger ledger;
    private final Executions executions;
    private final Assessor assessor;
    private final InstantSource clock;

    public FrontDoor(
            RequestReader reader,
            RecoveryPlanner planner,
            RecoveryLedger ledger,
            Executions executions,
            Assessor assessor,
            InstantSource clock) {
        this.reader = reader;
        this.planner = planner;
        this.ledger = ledger;
        this.executions = executions;
        this.assessor = assessor;
        this.clock = clock;
    }

    /// Says what a recovery is about to do, and starts it unless this is a dry run.
    ///
    /// @param question as [RequestReader#asked] reads it
    /// @param call id of this call: the same call delivered twice starts one recovery
    /// @throws Invalid where the request cannot be carried out, or nothing of it: nothing has been created then
    public About recover(JsonNode question, String call) {
        Instant now = clock.instant();
        RequestReader.Asked read = reader.asked(question, now);
        RecoveryRequest asked = read.request();
        RecoveryId id = RecoveryId.from(call, now);
        Recovery planned = ledger.find(id).orElseGet(() -> planner.plan(asked, id, now));
        if (planned.copies().isEmpty()) {
            throw nothingCanBeRestored(planned);
        }
        Optional<Duration> expected = usualTime(asked);
        if (!read.dryRun()) {
            start(id, asked, read.carriedOut(), now);
        }
        return new About(planned, expected, planner.waves(planned), !read.dryRun());
    }

    private static Invalid nothingCanBeRestored(Recovery planned) {
        return new Invalid(
                "LB-113",
                "nothing of workload %s can be restored: %s"
                        .formatted(
                                planned.request().workload(),
                                planned.unplanned().stream()
                                        .map(one -> "%s: %s".formatted(one.resource(), one.why()))
                                        .collect(Collectors.joining("; "))));
    }

    private void start(RecoveryId id, RecoveryRequest asked, JsonNode request, Instant now) {
        ledger.underway(asked, now)
                .filter(other -> !other.equals(id))
                .filter(this::running)
                .ifPresent(other -> {
                    throw RecoveryRequest.alreadyCarriedOutBy(other);
                });
        executions.start(id, request.toString());
    }

    private boolean running(RecoveryId id) {
        return executions.running(ledger.execution(id).orElse(id.value()));
    }

    /// Where a recovery stands.
    ///
    /// @throws lifeboat.catalog.Invalid where the ledger has no such recovery
    public Assessor.Judged stands(RecoveryId id) {
        return assessor.judge(id);
    }

    private Optional<Duration> usualTime(RecoveryRequest request) {
        List<Duration> times = ledger.history(request.workload(), REMEMBERED).stream()
                .flatMap(summary -> summary.result().stream())
                .flatMap(result -> result.timeToRecover().stream())
                .sorted()
                .toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }

    /// What a recovery is about to do.
    ///
    /// @param recovery the plan; the state machine makes its own a moment later, and that one counts
    /// @param usualTime the median time to recover of earlier recoveries; empty: there was none
    /// @param waves where restores have to wait for others; empty: all run at once
    /// @param started whether it was started
    public record About(Recovery recovery, Optional<Duration> usualTime, List<Wave> waves, boolean started) {
        public About {
            waves = List.copyOf(waves);
        }
    }
}
