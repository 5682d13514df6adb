package lifeboat.infra.recovery;

import static software.amazon.awscdk.services.stepfunctions.JsonPath.DISCARD;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.numberAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.objectAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.stringAt;

import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import lifeboat.recovery.Wave;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.DistributedMap;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;

/// The recovery from start to end, drill and incident alike.
///
/// Nothing that happens to one resource stops another; assessment and teardown always run; a missed
/// objective is a recovery that succeeded in telling so. The state holds identifiers only: everything else
/// is in the ledger.
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-errors.html">Error
///     handling in Step Functions</a>
final class RecoveryFlow {
    private final FlowStates states;
    private final ResourceFlow resources;

    RecoveryFlow(FlowStates states) {
        this.states = states;
        this.resources = new ResourceFlow(states);
    }

    IChainable definition() {
        var close = close();
        var tearDownAll = tearDownAll(close);
        var assess = assess(tearDownCopies(tearDownAll, close), tearDownAll);
        var recover = recoverResources(assess);
        return plan(recover);
    }

    private IChainable plan(DistributedMap recover) {
        var refused = Fail.Builder.create(states.scope(), "Refused")
                .comment("Nothing was created.")
                .error("Refused")
                .causePath("$.Cause")
                .build();
        var execution = Ordered.of(
                "execution", stringAt("$$.Execution.Name"),
                "startedAt", stringAt("$$.Execution.StartTime"));
        // The request may be anything, even no object: the error takes its place, and it is read from the execution.
        var refuse = states.task("Refuse", Handler.RECORD_FAILURE)
                .comment("Tells the contacts why nothing was recovered.")
                .payload(execution)
                .payload(Ordered.of("request", objectAt("$$.Execution.Input"), "error", objectAt("$")))
                .answerTo(DISCARD)
                .errorTo(DISCARD)
                .orElse(refused);
        refuse.next(refused);
        return states.task("Plan", Handler.PLAN)
                .comment("Refuses a bad request before anything is created; else chooses points and plans the copies.")
                .payload(execution)
                .payload(Ordered.of("request", objectAt("$"), "retries", numberAt("$$.State.RetryCount")))
                .errorTo(FlowStates.WHOLE)
                .orElse(refuse)
                .next(recover);
    }

    private DistributedMap recoverResources(IChainable assess) {
        var interrupted = states.task("Record interruption", Handler.RECORD_FAILURE)
                .comment("The walk over the resources broke off: the assessment must not take silence for success.")
                .payload(Ordered.of(
                        "recovery", stringAt("$.recovery"), "step", "resources", "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(assess);
        interrupted.next(assess);
        var recover = DistributedMap.Builder.create(states.scope(), "Recover resources")
                .comment("Each resource is an execution of its own: none can stop another or fill its history.")
                .label("resource")
                .itemsPath("$.resources")
                .maxConcurrency(Wave.RESOURCES_AT_ONCE)
                .toleratedFailurePercentage(100)
                .mapExecutionType(StateMachineType.STANDARD)
                .resultPath(DISCARD)
                .build();
        recover.itemProcessor(resources.definition());
        recover.addCatch(interrupted, CatchProps.builder().resultPath("$.error").build());
        recover.next(assess);
        return recover;
    }

    private IChainable assess(DistributedMap tearDownCopies, IChainable tearDownAll) {
        var unassessed = states.task("Record assessment failure", Handler.RECORD_FAILURE)
                .comment("Without an assessment the verdict is unmeasured; the copies go all the same.")
                .payload(Ordered.of("recovery", stringAt("$.recovery"), "step", "assess", "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(tearDownAll);
        unassessed.next(tearDownAll);
        return states.task("Assess", Handler.ASSESS)
                .comment("Measures what was lost and how long it took, against the objectives.")
                .payload(Ordered.of("recovery", stringAt("$.recovery")))
                .orElse(unassessed)
                .next(tearDownCopies);
    }

    private DistributedMap tearDownCopies(IChainable tearDownAll, IChainable close) {
        var copies = DistributedMap.Builder.create(states.scope(), "Tear down copies")
                .comment("Each copy on its own; what is meant to stay stays.")
                .label("copy")
                .itemsPath("$.copies")
                .maxConcurrency(10)
                .toleratedFailurePercentage(100)
                .mapExecutionType(StateMachineType.STANDARD)
                .resultPath(DISCARD)
                .build();
        copies.itemProcessor(tearDownOne());
        copies.addCatch(tearDownAll, CatchProps.builder().resultPath("$.error").build());
        copies.next(close);
        return copies;
    }

    private IChainable tearDownOne() {
        var ended = new Pass(states.scope(), "Copy ended");
        var record = states.task("Record teardown failure", Handler.RECORD_FAILURE)
                .comment("The sweeper will find the copy; the contacts are notified.")
                .payload(states.ids())
                .payload(Ordered.of("step", "teardown", "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(ended);
        record.next(ended);
        var tearDown = states.task("Tear down", Handler.TEARDOWN)
                .comment("Asks for the removal of one copy, or says that it is gone or kept.")
                .payload(states.ids())
                .answerTo("$.answer")
                .orElse(record);
        return tearDown.next(states.untilDone(
                "Torn down?",
                "DELETING",
                "Wait for teardown",
                tearDown,
                Ordered.of("GONE", ended, "KEPT", ended),
                states.notUnderstood("teardown", states.ids(), record)));
    }

    private IChainable tearDownAll(IChainable close) {
        var ids = Ordered.of("recovery", stringAt("$.recovery"));
        var record = states.task("Record remaining copies", Handler.RECORD_FAILURE)
                .comment("The sweeper will find the copies; the contacts are notified.")
                .payload(ids)
                .payload(Ordered.of("step", "teardown", "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(close);
        record.next(close);
        var tearDown = states.task("Tear down all", Handler.TEARDOWN)
                .comment("Removes every copy that the ledger knows of this recovery.")
                .payload(ids)
                .answerTo("$.answer")
                .orElse(record);
        return tearDown.next(states.untilDone(
                "All torn down?",
                "DELETING",
                "Wait for teardown of all",
                tearDown,
                Ordered.of("GONE", close, "KEPT", close),
                states.notUnderstood("teardown of all", ids, record)));
    }

    private IChainable close() {
        var notClosed = Fail.Builder.create(states.scope(), "Not closed")
                .comment("The verdict could not be written or sent: the ledger still says that this recovery is open.")
                .error("NotClosed")
                .causePath("$.error.Cause")
                .build();
        return states.task("Close", Handler.CLOSE)
                .comment(
                        "Writes the verdict and sends it. A missed objective is reported, not hidden in a failed execution.")
                .payload(Ordered.of("recovery", stringAt("$.recovery")))
                .orElse(notClosed);
    }
}
