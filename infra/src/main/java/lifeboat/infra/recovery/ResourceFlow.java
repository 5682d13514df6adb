package lifeboat.infra.recovery;

import static software.amazon.awscdk.services.stepfunctions.JsonPath.DISCARD;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.objectAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.stringAt;

import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.TaskStateBase;

/// The way of one resource: restored, configured, checked. Every failure is written down and ends this resource
/// alone.
final class ResourceFlow {
    private final FlowStates states;
    private final Pass ended;
    private final TaskStateBase record;

    ResourceFlow(FlowStates states) {
        this.states = states;
        this.ended = new Pass(states.scope(), "Resource ended");
        this.record = recordFailure();
    }

    IChainable definition() {
        var planChecks = planChecks();
        var configure = configure(planChecks);
        var restored = restored(configure);
        var restore = states.task("Restore", Handler.RESTORE)
                .comment("Starts the restore, or finds that it has been started.")
                .payload(states.ids())
                .answerTo("$.answer")
                .orElse(failed("restore"));
        return restore.next(states.untilDone(
                "Started?",
                "WAITING",
                "Wait to start",
                restore,
                Ordered.of("RESTORING", restored, "FAILED", ended),
                notUnderstood("start")));
    }

    private Choice restored(IChainable configure) {
        var status = states.task("Status", Handler.STATUS)
                .comment("Asks the service where the restore stands.")
                .payload(states.ids())
                .answerTo("$.answer")
                .orElse(failed("status"));
        var restored = states.untilDone(
                "Restored?",
                "RESTORING",
                "Wait for restore",
                status,
                Ordered.of("AVAILABLE", configure, "FAILED", ended),
                notUnderstood("restore"));
        status.next(restored);
        return restored;
    }

    private IChainable configure(IChainable planChecks) {
        var configure = states.task("Configure", Handler.CONFIGURE)
                .comment("Gives the copy the settings that a restore drops.")
                .payload(states.ids())
                .answerTo("$.answer")
                .orElse(failed("configure"));
        return configure.next(states.untilDone(
                "Configured?",
                "CONFIGURING",
                "Wait for configuration",
                configure,
                Ordered.of("CONFIGURED", planChecks, "FAILED", ended),
                notUnderstood("configure")));
    }

    private IChainable planChecks() {
        return states.task("Plan checks", Handler.PLAN_CHECKS)
                .comment("Cuts the checks into segments that each fit well inside one invocation.")
                .payload(states.ids())
                .orElse(failed("plan checks"))
                .next(runChecks());
    }

    private software.amazon.awscdk.services.stepfunctions.Map runChecks() {
        var unchecked = states.task("Record check failure", Handler.RECORD_FAILURE)
                .comment("A check that could not run is never a check that passed.")
                .payload(states.ids())
                .payload(Ordered.of("segment", stringAt("$.segment"), "step", "check", "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(new Pass(states.scope(), "Check ended"));
        var check = states.task("Check", Handler.CHECK)
                .comment("Runs one segment of one check; its evidence goes to the ledger.")
                .answerTo(DISCARD)
                .orElse(unchecked);
        var all = software.amazon.awscdk.services.stepfunctions.Map.Builder.create(states.scope(), "Run checks")
                .comment("All checks of the copy, whatever one of them says.")
                .itemsPath("$.checks")
                .maxConcurrency(8)
                .resultPath(DISCARD)
                .build();
        all.itemProcessor(check);
        all.addCatch(
                failed("checks"), CatchProps.builder().resultPath("$.error").build());
        all.next(ended);
        return all;
    }

    private TaskStateBase recordFailure() {
        var record = states.task("Record failure", Handler.RECORD_FAILURE)
                .comment("Writes down which step failed, and how, for the assessment.")
                .payload(states.ids())
                .payload(Ordered.of("step", stringAt("$.step"), "error", objectAt("$.error")))
                .answerTo(DISCARD)
                .orElse(ended);
        record.next(ended);
        return record;
    }

    /// What a step's failure passes on: who, which step, and the error.
    private IChainable failed(String step) {
        return Pass.Builder.create(states.scope(), "Failed: " + step)
                .parameters(Ordered.both(states.ids(), Ordered.of("step", step, "error", objectAt("$.error"))))
                .build()
                .next(record);
    }

    private IChainable notUnderstood(String step) {
        return states.notUnderstood(step, states.ids(), record);
    }
}
