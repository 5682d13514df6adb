package lifeboat.aws;

import lifeboat.lab.Rehearsals;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Executions of the lab's own state machine, which rehearses and calls back.
public final class LabRehearsals implements Rehearsals {
    private final SfnClient stepFunctions;
    private final String stateMachine;

    /// @param stateMachine ARN of a Standard state machine
    public LabRehearsals(SfnClient stepFunctions, String stateMachine) {
        this.stepFunctions = stepFunctions;
        this.stateMachine = stateMachine;
    }

    @Override
    public void start(String name, String input) {
        stepFunctions.startExecution(
                start -> start.stateMachineArn(stateMachine).name(name).input(input));
    }
}
