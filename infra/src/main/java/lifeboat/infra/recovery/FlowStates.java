package lifeboat.infra.recovery;

import static software.amazon.awscdk.services.stepfunctions.JsonPath.stringAt;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.Condition;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.JitterType;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.RetryProps;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.Wait;
import software.amazon.awscdk.services.stepfunctions.WaitTime;
import software.amazon.awscdk.services.stepfunctions.tasks.LambdaInvoke;
import software.constructs.Construct;

/// The bricks of the flow: tasks that are retried and caught, and waiting that a handler paces.
record FlowStates(Construct scope, Function<Handler, IFunction> functions) {
    /// What a handler throws when asking again cannot help.
    static final List<String> PERMANENT = List.of("lifeboat.catalog.Invalid", "lifeboat.aws.Refused");

    /// What Lambda throws when it, and not the handler, failed.
    private static final List<String> LAMBDA_HICCUPS = List.of(
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException");

    /// In place of the whole state: that is what a path means which is left out.
    static final String WHOLE = "";

    /// A task, still without what it says, gives and does on failure.
    Task task(String name, Handler handler) {
        return new Task(this, name, handler, "", Map.of(), WHOLE, "$.error");
    }

    /// Who is meant: the recovery and the resource.
    Map<String, Object> ids() {
        return Ordered.of("recovery", stringAt("$.recovery"), "resource", stringAt("$.resource"));
    }

    /// An answer that the flow does not know is a failure, never a success.
    IChainable notUnderstood(String step, Map<String, ?> ids, IChainable record) {
        var error = Ordered.of(
                "Error",
                "UnknownState",
                "Cause",
                "the answer of %s has a state that the flow does not know".formatted(step));
        return Pass.Builder.create(scope, "Not understood: " + step)
                .parameters(Ordered.both(ids, Ordered.of("step", step, "error", error)))
                .build()
                .next(record);
    }

    /// Asks `again` after as many seconds as the last answer says, while its state is `pending`.
    ///
    /// @param answer what is next by the state of the answer
    /// @param otherwise what is next on any other answer
    Choice untilDone(
            String question,
            String pending,
            String waiting,
            IChainable again,
            Map<String, ?> answer,
            IChainable otherwise) {
        var wait = Wait.Builder.create(scope, waiting)
                .comment("As long as the last answer says, so that a long restore does not fill the history.")
                .time(WaitTime.secondsPath("$.answer.waitSeconds"))
                .build();
        wait.next(again);
        var choice = new Choice(scope, question)
                .when(Condition.isNotPresent("$.answer.state"), otherwise)
                .when(Condition.and(is(pending), Condition.isPresent("$.answer.waitSeconds")), wait);
        answer.forEach((state, next) -> choice.when(is(state), (IChainable) next));
        return choice.otherwise(otherwise);
    }

    private static Condition is(String state) {
        return Condition.stringEquals("$.answer.state", state);
    }

    /// A task in the making.
    ///
    /// @param result where the answer goes in the state
    /// @param error where the error goes in the state, when it failed for good
    record Task(
            FlowStates states,
            String name,
            Handler handler,
            String comment,
            Map<String, ?> payload,
            String result,
            String error) {
        Task comment(String text) {
            return new Task(states, name, handler, text, payload, result, error);
        }

        Task payload(Map<String, ?> some) {
            return new Task(states, name, handler, comment, Ordered.both(payload, some), result, error);
        }

        Task answerTo(String path) {
            return new Task(states, name, handler, comment, payload, path, error);
        }

        Task errorTo(String path) {
            return new Task(states, name, handler, comment, payload, result, path);
        }

        /// Builds the task: tried again as long as that can help, then handed over with its error.
        LambdaInvoke orElse(IChainable onFailure) {
            // Without a payload of its own, a task is given the whole state.
            var input = payload.isEmpty() ? null : TaskInput.fromObject(payload);
            var task = LambdaInvoke.Builder.create(states.scope, name)
                    .lambdaFunction(states.functions.apply(handler))
                    .comment(comment)
                    .payloadResponseOnly(true)
                    .payload(input)
                    .resultPath(path(result))
                    .retryOnServiceExceptions(false)
                    .taskTimeout(Timeout.duration(
                            Duration.seconds(handler.size().timeout().toSeconds() + 60)))
                    .build();
            task.addRetry(retry(PERMANENT, 0));
            task.addRetry(retry(LAMBDA_HICCUPS, 6));
            task.addRetry(retry(List.of("States.ALL"), 3));
            task.addCatch(
                    onFailure, CatchProps.builder().resultPath(path(error)).build());
            return task;
        }
    }

    private static @Nullable String path(String path) {
        return path.equals(WHOLE) ? null : path;
    }

    private static RetryProps retry(List<String> errors, int attempts) {
        return RetryProps.builder()
                .errors(errors)
                .maxAttempts(attempts)
                .interval(Duration.seconds(2))
                .backoffRate(2)
                .maxDelay(Duration.minutes(1))
                .jitterStrategy(JitterType.FULL)
                .build();
    }
}
