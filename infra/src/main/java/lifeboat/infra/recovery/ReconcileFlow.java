package lifeboat.infra.recovery;

import static software.amazon.awscdk.services.stepfunctions.JsonPath.DISCARD;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.numberAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.objectAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.stringAt;

import java.util.Locale;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.Condition;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.Map;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.TaskStateBase;
import software.amazon.awscdk.services.stepfunctions.tasks.LambdaInvoke;

/// Reconcile from start to end: a comparison, a repair or an undo, in pieces that each fit well inside one invocation.
///
/// The first piece that fails for good ends the run, and it is told; what was written before is whole, and the same can
/// be asked for again. The state holds the run's id and numbers of pieces only: everything else is in its files.
final class ReconcileFlow {
    private static final int READERS = 8;
    private static final int ONE_AFTER_THE_OTHER = 1;

    private final FlowStates states;
    private final TaskStateBase tell;
    private final TaskStateBase tellFailure;

    ReconcileFlow(FlowStates states) {
        this.states = states;
        this.tellFailure = tellFailure();
        this.tell = tell();
    }

    IChainable definition() {
        return new Choice(states.scope(), "What is asked for?")
                .when(asked("DIFF"), comparison())
                .when(asked("APPLY"), repair())
                .when(asked("UNDO"), undo())
                .otherwise(notUnderstood());
    }

    private IChainable comparison() {
        return first("Plan comparison", Handler.COMPARE, "plan", "Cuts the comparison into pieces.")
                .next(pieces(
                        "Compare pieces", READERS, Handler.COMPARE, "compare", "Compares one piece of both sides."))
                .next(step("Seal plan", Handler.COMPARE, "seal", "Makes the plan of all pieces."))
                .next(tell);
    }

    private IChainable repair() {
        return first("Begin repair", Handler.REPAIR, "begin", "Looks whether anything speaks against the plan.")
                .next(pieces(
                        "Repair pieces",
                        ONE_AFTER_THE_OTHER,
                        Handler.REPAIR,
                        "repair",
                        "Repairs one piece: parents before children, deletes last."))
                .next(step("Repair what waited", Handler.REPAIR, "again", "Repairs rows that waited for other rows."))
                .next(pieces(
                        "Verify pieces", READERS, Handler.REPAIR, "verify", "Looks at the rows of one piece again."))
                .next(step("End repair", Handler.REPAIR, "end", "Moves sequences forward and adds everything up."))
                .next(tell);
    }

    private IChainable undo() {
        return first("Begin undo", Handler.REPAIR, "begin undo", "Finds what there is to undo.")
                .next(pieces(
                        "Undo pieces",
                        ONE_AFTER_THE_OTHER,
                        Handler.REPAIR,
                        "undo",
                        "Takes some batches back, the last one first."))
                .next(step("End undo", Handler.REPAIR, "end undo", "Takes back what waited and adds everything up."))
                .next(tell);
    }

    /// A step that says how many pieces there are.
    private LambdaInvoke first(String name, Handler handler, String step, String comment) {
        return task(name, handler, step, comment).answerTo("$.answer").orElse(tellFailure);
    }

    private LambdaInvoke step(String name, Handler handler, String step, String comment) {
        return task(name, handler, step, comment).answerTo(DISCARD).orElse(tellFailure);
    }

    private FlowStates.Task task(String name, Handler handler, String step, String comment) {
        return states.task(name, handler).comment(comment).payload(Ordered.of("run", stringAt("$.run"), "step", step));
    }

    private Map pieces(String name, int atOnce, Handler handler, String step, String comment) {
        var one = task(name.substring(0, name.length() - 1), handler, step, comment)
                .payload(Ordered.of("piece", numberAt("$.piece")))
                .answerTo(DISCARD)
                .orElse(broken(step));
        var all = Map.Builder.create(states.scope(), name)
                .comment("All pieces; one that fails for good ends the run.")
                .itemsPath("$.answer.pieces")
                .itemSelector(Ordered.of("run", stringAt("$.run"), "piece", numberAt("$$.Map.Item.Value")))
                .maxConcurrency(atOnce)
                .resultPath(DISCARD)
                .build();
        all.itemProcessor(one);
        all.addCatch(tellFailure, CatchProps.builder().resultPath("$.error").build());
        return all;
    }

    /// Fails the walk with the very words of the piece.
    private IChainable broken(String step) {
        return Fail.Builder.create(states.scope(), "Broken: " + step.toLowerCase(Locale.ROOT))
                .comment("Hands the failure of one piece to the run.")
                .errorPath("$.error.Error")
                .causePath("$.error.Cause")
                .build();
    }

    private TaskStateBase tell() {
        return states.task("Tell", Handler.RECONCILED)
                .comment("Notifies the contacts how the run ended.")
                .payload(Ordered.of("run", stringAt("$.run")))
                .orElse(notNotified("Not notified"));
    }

    private TaskStateBase tellFailure() {
        var failed = Fail.Builder.create(states.scope(), "Not reconciled")
                .comment("What was written is whole; the same can be asked for again.")
                .errorPath("$.error.Error")
                .causePath("$.error.Cause")
                .build();
        var told = states.task("Tell failure", Handler.RECONCILED)
                .comment("Says that and why the run failed, and lets the next one write.")
                .payload(Ordered.of("run", stringAt("$.run"), "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(notNotified("Failure not notified"));
        told.next(failed);
        return told;
    }

    private IChainable notNotified(String name) {
        return Fail.Builder.create(states.scope(), name)
                .comment("The run has ended, but nobody could be notified.")
                .error("NotNotified")
                .causePath("$.error.Cause")
                .build();
    }

    private IChainable notUnderstood() {
        return Pass.Builder.create(states.scope(), "Not understood")
                .parameters(Ordered.of(
                        "run",
                        stringAt("$.run"),
                        "error",
                        Ordered.of("Error", "UnknownAction", "Cause", "the action is none of DIFF, APPLY, UNDO")))
                .build()
                .next(tellFailure);
    }

    private static Condition asked(String action) {
        return Condition.stringEquals("$.action", action);
    }
}
