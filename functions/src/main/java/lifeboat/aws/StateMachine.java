package lifeboat.aws;

import java.util.Set;
import lifeboat.reconcile.flow.Machines;
import lifeboat.reconcile.flow.RunId;
import lifeboat.recording.Recording;
import lifeboat.recording.Recordings;
import lifeboat.recovery.Executions;
import lifeboat.recovery.RecoveryId;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Executions of a state machine, each named by the id of the recovery or the run that it carries out.
///
/// @see <a
/// href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution:
///     idempotent for the same name and input while it runs</a>
public final class StateMachine implements Executions, Machines, Recordings {
    private static final Set<ExecutionStatus> AT_WORK =
            Set.of(ExecutionStatus.RUNNING, ExecutionStatus.PENDING_REDRIVE);
    private final SfnClient stepFunctions;
    private final String arn;

    /// Starts executions of one state machine.
    ///
    /// @param arn of a Standard state machine
    public StateMachine(SfnClient stepFunctions, String arn) {
        this.stepFunctions = stepFunctions;
        this.arn = arn;
    }

    @Override
    public void start(RecoveryId id, String request) {
        begin(id.value(), request);
    }

    @Override
    public void start(RunId run, String action) {
        begin(run.value(), "{\"run\":\"%s\",\"action\":\"%s\"}".formatted(run, action));
    }

    @Override
    public void start(Recording recording) {
        begin(
                recording.id().value(),
                "{\"recording\":\"%s\",\"workload\":\"%s\",\"resource\":\"%s\"}"
                        .formatted(recording.id(), recording.workload(), recording.resource()));
    }

    @Override
    public boolean running(RunId run) {
        return running(run.value());
    }

    private void begin(String name, String input) {
        try {
            stepFunctions.startExecution(
                    start -> start.stateMachineArn(arn).name(name).input(input));
        } catch (ExecutionAlreadyExistsException e) {
            return; // it has ended since: a name is its recovery's for good
        }
    }

    @Override
    public boolean running(String execution) {
        String name = arn.replace(":stateMachine:", ":execution:") + ":" + execution;
        try {
            return AT_WORK.contains(stepFunctions
                    .describeExecution(describe -> describe.executionArn(name))
                    .status());
        } catch (ExecutionDoesNotExistException e) {
            return false;
        }
    }
}
