package lifeboat.recovery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lifeboat.aws.Refusals;
import lifeboat.catalog.Environment;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Segment;
import lifeboat.restore.CopyName;

/// Drives the use cases as the state machine does: every step is tried four times, a step that fails for
/// good is written down and ends its resource, assessment, teardown and close always run.
final class Drive implements Results {
    private static final int TRIES = 4;
    private static final int MOST_LOOKS = 50;

    private final RecoveryLedger ledger;
    private final RecoveryPlanner planner;
    private final Restorer restorer;
    private final Configurator configurator;
    private final Inspector inspector;
    private final Assessor assessor;
    private final Teardown teardown;
    private final Closer closer;
    private final FailureRecorder failures;
    private final List<Assessor.Judged> told = new ArrayList<>();
    private final Map<RecoveryId, ClosedVerdict> archived = new HashMap<>();
    private final List<CopyName> unproven = new ArrayList<>();
    private Instant now = Example.START;

    Drive(
            Environment environment,
            RecoveryLedger ledger,
            Interruption interruption,
            java.util.function.Function<InstantSource, FakeStore> store) {
        this.ledger = ledger;
        InstantSource clock = () -> now;
        this.store = store.apply(clock);
        Stores stores = this.store.stores();
        this.planner = new RecoveryPlanner(environment, stores, ledger, Running.EVERYTHING, Refusals::forGood, false);
        this.restorer = new Restorer(stores, ledger, clock);
        this.configurator = new Configurator(stores, ledger, clock);
        this.inspector =
                new Inspector(stores, ledger, NothingRecorded.contents(), clock, false, environment.contacts());
        this.assessor = new Assessor(ledger, false);
        this.teardown = new Teardown(stores, ledger, copy -> unproven.add(copy.name()), clock);
        this.closer = new Closer(assessor, ledger, this, (id, verdict) -> archived.putIfAbsent(id, verdict), clock);
        this.failures = new FailureRecorder(ledger, this);
        this.interruption = interruption;
    }

    private final FakeStore store;
    private final Interruption interruption;

    /// A drive whose ledger and stores may end a step at one point.
    static Drive over(RecoveryLedger ledger, Interruption interruption) {
        return new Drive(
                Example.environment(),
                new InterruptedLedger(ledger, interruption),
                interruption,
                clock -> new FakeStore(clock, interruption));
    }

    FakeStore store() {
        return store;
    }

    Teardown teardown() {
        return teardown;
    }

    /// Copies of drills that were kept because it was not proven that they are ours, as reported.
    List<CopyName> unproven() {
        return unproven;
    }

    /// Verdicts that were kept for auditors.
    Map<RecoveryId, ClosedVerdict> archived() {
        return archived;
    }

    Restorer restorer() {
        return restorer;
    }

    Closer closer() {
        return closer;
    }

    List<Assessor.Judged> told() {
        return told;
    }

    Instant now() {
        return now;
    }

    void later(java.time.Duration by) {
        now = now.plus(by);
    }

    /// From plan to close.
    void run(RecoveryRequest request) {
        Recovery recovery = tried(() -> planner.open(request, Example.ID, Example.ID.value(), Example.START, false));
        recovery.copies().forEach(entry -> recover(entry.copy().source().name()));
        finish();
    }

    void plan(RecoveryRequest request) {
        planner.open(request, Example.ID, Example.ID.value(), Example.START, false);
    }

    void recover(ResourceName resource) {
        guarded(resource, "restore", () -> restorer.start(Example.ID, resource));
        if (loop(resource, "status", "RESTORING", () -> restorer.status(Example.ID, resource))
                        .equals("AVAILABLE")
                && loop(resource, "configure", "CONFIGURING", () -> configurator.configure(Example.ID, resource))
                        .equals("CONFIGURED")) {
            check(resource);
        }
    }

    private void check(ResourceName resource) {
        for (Segment piece : tried(() -> inspector.plan(Example.ID, resource))) {
            guarded(resource, "check", () -> {
                inspector.inspect(Example.ID, resource, piece);
                return StepAnswer.done("CHECKED");
            });
        }
    }

    void finish() {
        tried(() -> assessor.judge(Example.ID));
        for (ResourceName resource : tried(() -> teardown.left(Example.ID))) {
            loop(resource, "teardown", "DELETING", () -> teardown.tearDown(Example.ID, resource));
        }
        tried(() -> closer.close(Example.ID));
    }

    private String loop(ResourceName resource, String step, String pending, Supplier<StepAnswer> work) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            StepAnswer answer = guarded(resource, step, work);
            if (!answer.state().equals(pending)) {
                return answer.state();
            }
            now = now.plusSeconds(answer.waitSeconds());
        }
        throw new AssertionError(step + " of " + resource + " never ends");
    }

    private StepAnswer guarded(ResourceName resource, String step, Supplier<StepAnswer> work) {
        try {
            return tried(work);
        } catch (IllegalStateException | lifeboat.catalog.Invalid e) {
            tried(() -> {
                failures.failed(Example.ID, resource, step, String.valueOf(e.getMessage()));
                return true;
            });
            return StepAnswer.done("ENDED");
        }
    }

    private <T> T tried(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            now = now.plusSeconds(1);
            try {
                return work.get();
            } catch (Interruption.Crash e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void closed(Assessor.Judged judged, Instant at) {
        interruption.before();
        told.add(judged);
        interruption.after();
    }

    @Override
    public void refused(String execution, String request, String why) {
        throw new AssertionError("nothing is refused here: " + why);
    }
}
