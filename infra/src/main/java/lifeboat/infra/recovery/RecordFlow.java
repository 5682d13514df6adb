package lifeboat.infra.recovery;

import static software.amazon.awscdk.services.stepfunctions.JsonPath.DISCARD;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.listAt;
import static software.amazon.awscdk.services.stepfunctions.JsonPath.stringAt;

import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.Map;
import software.amazon.awscdk.services.stepfunctions.Pass;

/// Writes down what one live resource holds, in pieces that each fit well inside one invocation.
///
/// A piece that fails for good stops no other: tables that were read whole are written down, and then the run fails, so
/// that it is told. The state holds the labels of pieces only.
final class RecordFlow {
    /// Live has other work to do.
    private static final int READERS = 2;

    private final FlowStates states;
    private final IChainable failed;

    RecordFlow(FlowStates states) {
        this.states = states;
        this.failed = Fail.Builder.create(states.scope(), "Not recorded")
                .comment("Tables that were read whole are written down all the same.")
                .errorPath("$.error.Error")
                .causePath("$.error.Cause")
                .build();
    }

    IChainable definition() {
        return task("Plan reading", "plan", "Cuts the reading of live into pieces.")
                .answerTo("$.plan")
                .orElse(failed)
                .next(pieces())
                .next(task("Record contents", "record", "Writes down what the tables held that were read whole.")
                        .payload(Ordered.of("pieces", listAt("$.plan.pieces")))
                        .answerTo(DISCARD)
                        .orElse(failed));
    }

    private Map pieces() {
        var unread = Pass.Builder.create(states.scope(), "Piece not read")
                .comment("Its table is not written down, and the run fails at its end.")
                .build();
        var one = task("Read piece", "read", "Reads one piece of live and keeps what it held.")
                .payload(Ordered.of("piece", stringAt("$.piece")))
                .answerTo(DISCARD)
                .orElse(unread);
        var all = Map.Builder.create(states.scope(), "Read pieces")
                .comment("All pieces, whatever becomes of one of them.")
                .itemsPath("$.plan.pieces")
                .itemSelector(Ordered.both(who(), Ordered.of("piece", stringAt("$$.Map.Item.Value"))))
                .maxConcurrency(READERS)
                .resultPath(DISCARD)
                .build();
        all.itemProcessor(one);
        all.addCatch(failed, CatchProps.builder().resultPath("$.error").build());
        return all;
    }

    private FlowStates.Task task(String name, String step, String comment) {
        return states.task(name, Handler.READ_CONTENT)
                .comment(comment)
                .payload(who())
                .payload(Ordered.of("step", step));
    }

    private static java.util.Map<String, Object> who() {
        return Ordered.of(
                "recording", stringAt("$.recording"),
                "workload", stringAt("$.workload"),
                "resource", stringAt("$.resource"));
    }
}
