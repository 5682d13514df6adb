package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.flow.Run.Work;
import lifeboat.recovery.RecoveryLedger;

/// What a person calls by hand: compares a copy with live, shows the plan, has it carried out or undone, and says
/// where a run stands.
public final class ReconcileDoor {
    private final Environment environment;
    private final RecoveryLedger ledger;
    private final Sides sides;
    private final Runs runs;
    private final Machines machines;
    private final InstantSource clock;

    ReconcileDoor(
            Environment environment,
            RecoveryLedger ledger,
            Sides sides,
            Runs runs,
            Machines machines,
            InstantSource clock) {
        this.environment = environment;
        this.ledger = ledger;
        this.sides = sides;
        this.runs = runs;
        this.machines = machines;
        this.clock = clock;
    }

    /// Answers one request.
    ///
    /// @param call id of this call: the same call delivered twice begins one run
    /// @throws Invalid before anything is begun
    public JsonNode answer(JsonNode request, String call) {
        return environment.contacts().withKeysOnlyIfShown(() -> answered(request, call));
    }

    private JsonNode answered(JsonNode request, String call) {
        return switch (ReconcileReader.read(request)) {
            case Request.Diff diff -> begin(new Run(id(call), diff.recovery(), diff.resource(), compare(diff)));
            case Request.Show show -> ReconcileAnswer.shown(plan(show.plan()));
            case Request.Apply apply -> apply(apply, call);
            case Request.Undo undo ->
                begin(over(undo.plan(), call, new Work.TakeBack(undo.plan(), undo.triggers(), undo.entries())));
            case Request.Status status -> status(runs.run(status.run()));
        };
    }

    /// Whatever is wrong with the request is said now, and not by a run that fails.
    private Work.Compare compare(Request.Diff diff) {
        Source source = Source.of(ledger, diff.recovery(), diff.resource());
        Optional<String> explainedBy = diff.explainedBy().or(source::explainedBy);
        diff.choice()
                .rules(
                        typed -> sides.table(source.resource(), typed),
                        clock.instant(),
                        explainedBy,
                        Optional.of(source.restoredTo()));
        CopyStanding.of(ledger, diff.recovery(), diff.resource()).refuse(diff.acceptCopy());
        return new Work.Compare(diff.choice(), diff.explainedBy(), diff.samples(), diff.acceptCopy());
    }

    private JsonNode apply(Request.Apply apply, String call) {
        Work.Apply work = new Work.Apply(apply.plan(), apply.cap(), apply.triggers(), apply.acceptCopy());
        Run run = over(apply.plan(), call, work);
        RepairPlan plan = plan(apply.plan());
        RepairSteps.approved(plan, work, environment.name(), clock);
        CopyStanding.of(ledger, run.recovery(), run.resource()).refuse(apply.acceptCopy());
        return apply.dryRun() ? ReconcileAnswer.wouldApply(run, plan) : begin(run);
    }

    /// A run over the copy and live that a plan was made of.
    private Run over(PlanId plan, String call, Work work) {
        plan(plan);
        Run made = runs.madeBy(plan)
                .orElseThrow(() -> new Invalid(
                        "LB-455", "plan \"%s\" was made elsewhere. hint: compare again here".formatted(plan)));
        return new Run(id(call), made.recovery(), made.resource(), work);
    }

    private RepairPlan plan(PlanId id) {
        try {
            return new PlanStore(runs.archive()).plan(id);
        } catch (Refused refused) {
            throw Writing.invalid(refused.refusal());
        }
    }

    private JsonNode begin(Run run) {
        Source.of(ledger, run.recovery(), run.resource());
        runs.ask(run);
        machines.start(run.id(), run.work().action());
        return ReconcileAnswer.begun(run);
    }

    private JsonNode status(Run run) {
        Optional<Ended> ended = runs.ended(run.id());
        return ended.map(end -> ReconcileAnswer.ended(run, end))
                .orElseGet(() -> ReconcileAnswer.underWay(run, progress(run), machines.running(run.id())));
    }

    private String progress(Run run) {
        return switch (run.work()) {
            case Work.Compare _ -> "%d pieces compared".formatted(runs.count(run.id(), "parts"));
            case Work.Apply _ ->
                "%d pieces repaired, %d verified"
                        .formatted(runs.count(run.id(), "repaired"), runs.count(run.id(), "verified"));
            case Work.TakeBack _ -> "%d pieces undone".formatted(runs.count(run.id(), "undone"));
        };
    }

    private RunId id(String call) {
        return RunId.from(call, clock.instant());
    }
}
