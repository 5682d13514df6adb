package lifeboat.local.aws;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// Stands in for the service side of Step Functions: executions by name, each run by an interpreter of Amazon States
/// Language.
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">Start</a>
public final class SfnStandIn implements SfnClient {
    private final World world;
    private final Map<String, Runs> machines = new ConcurrentHashMap<>();
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();

    SfnStandIn(World world) {
        this.world = world;
    }

    /// Runs one execution of a state machine.
    public interface Runs {
        /// Starts it.
        ///
        /// @param executionArn also the id that `$$.Execution.Id` shows
        /// @return its output, or how it failed
        CompletableFuture<Ended> run(String executionArn, String name, Instant startedAt, String input);
    }

    /// How an execution ended.
    public sealed interface Ended {
        /// With an output, as JSON.
        record Succeeded(String output) implements Ended {}

        /// With an error name and its cause.
        record Failed(String error, String cause) implements Ended {}
    }

    private record Execution(StartExecutionRequest request, Instant startedAt, CompletableFuture<Stopped> end) {}

    private record Stopped(Ended how, Instant at) {}

    /// Deploys a state machine.
    ///
    /// @return its ARN
    public String deploy(String name, Runs runs) {
        String arn = world.account().arn("states", "stateMachine:" + name);
        machines.put(arn, runs);
        return arn;
    }

    /// How an execution ends, once it does.
    public CompletableFuture<Ended> ended(String executionArn) {
        return existing(executionArn).end().thenApply(Stopped::how);
    }

    /// The executions that have not ended, by their ARNs.
    public List<String> runningExecutions() {
        return executions.entrySet().stream()
                .filter(entry -> !entry.getValue().end().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public synchronized StartExecutionResponse startExecution(StartExecutionRequest request) {
        @Nullable Runs machine = machines.get(request.stateMachineArn());
        if (machine == null) {
            throw noMachine(request.stateMachineArn());
        }
        String name = Optional.ofNullable(request.name()).orElseGet(() -> new UUID(0, executions.size()).toString());
        String arn = request.stateMachineArn().replace(":stateMachine:", ":execution:") + ":" + name;
        String input = Optional.ofNullable(request.input()).orElse("{}");
        @Nullable Execution before = executions.get(arn);
        if (before != null) {
            return again(before, input, arn);
        }
        Instant startedAt = world.now();
        CompletableFuture<Stopped> end =
                machine.run(arn, name, startedAt, input).thenApply(how -> new Stopped(how, world.now()));
        executions.put(arn, new Execution(request, startedAt, end));
        return StartExecutionResponse.builder()
                .executionArn(arn)
                .startDate(startedAt)
                .build();
    }

    // Same name and input while it runs: the same answer. Otherwise the name is taken, for 90 days.
    private static StartExecutionResponse again(Execution before, String input, String arn) {
        if (before.end().isDone() || !input.equals(before.request().input())) {
            throw Refusals.of(
                            ExecutionAlreadyExistsException.builder(),
                            "ExecutionAlreadyExists",
                            "Execution Already Exists: '%s'".formatted(arn))
                    .build();
        }
        return StartExecutionResponse.builder()
                .executionArn(arn)
                .startDate(before.startedAt())
                .build();
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        Execution execution = existing(request.executionArn());
        DescribeExecutionResponse.Builder described = DescribeExecutionResponse.builder()
                .executionArn(request.executionArn())
                .stateMachineArn(execution.request().stateMachineArn())
                .name(request.executionArn().substring(request.executionArn().lastIndexOf(':') + 1))
                .input(execution.request().input())
                .startDate(execution.startedAt())
                .status(status(execution));
        if (execution.end().isDone()) {
            Stopped stopped = execution.end().join();
            described.stopDate(stopped.at());
            switch (stopped.how()) {
                case Ended.Succeeded(var output) -> described.output(output);
                case Ended.Failed(var error, var cause) ->
                    described.error(error).cause(cause);
            }
        }
        return described.build();
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        if (!machines.containsKey(request.stateMachineArn())) {
            throw noMachine(request.stateMachineArn());
        }
        List<ExecutionListItem> found = executions.entrySet().stream()
                .filter(entry -> entry.getValue().request().stateMachineArn().equals(request.stateMachineArn()))
                .map(entry -> item(entry.getKey(), entry.getValue()))
                .filter(item -> request.statusFilter() == null || item.status() == request.statusFilter())
                .sorted(Comparator.comparing(ExecutionListItem::startDate).reversed())
                .toList();
        int size = request.maxResults() == null || request.maxResults() == 0 ? 100 : request.maxResults();
        Page<ExecutionListItem> page = Page.of(found, request.nextToken(), size);
        return ListExecutionsResponse.builder()
                .executions(page.items())
                .nextToken(page.next())
                .build();
    }

    private static ExecutionListItem item(String arn, Execution execution) {
        ExecutionListItem.Builder item = ExecutionListItem.builder()
                .executionArn(arn)
                .name(arn.substring(arn.lastIndexOf(':') + 1))
                .stateMachineArn(execution.request().stateMachineArn())
                .startDate(execution.startedAt())
                .status(status(execution));
        return execution.end().isDone()
                ? item.stopDate(execution.end().join().at()).build()
                : item.build();
    }

    private static ExecutionStatus status(Execution execution) {
        if (!execution.end().isDone()) {
            return ExecutionStatus.RUNNING;
        }
        return switch (execution.end().join().how()) {
            case Ended.Succeeded _ -> ExecutionStatus.SUCCEEDED;
            case Ended.Failed _ -> ExecutionStatus.FAILED;
        };
    }

    private Execution existing(String arn) {
        @Nullable Execution found = executions.get(arn);
        if (found == null) {
            throw Refusals.of(
                            ExecutionDoesNotExistException.builder(),
                            "ExecutionDoesNotExist",
                            "Execution Does Not Exist: '%s'".formatted(arn))
                    .build();
        }
        return found;
    }

    private static RuntimeException noMachine(String arn) {
        return Refusals.of(
                        StateMachineDoesNotExistException.builder(),
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '%s'".formatted(arn))
                .build();
    }
}
