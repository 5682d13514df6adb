package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import lifeboat.recovery.Example;
import lifeboat.report.Letter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

class StateMachineTest {
    private static final String ARN = "arn:aws:states:us-east-1:111122223333:stateMachine:lifeboat-prod-recovery";
    private final SfnClient stepFunctions = SdkMock.of(SfnClient.class);
    private final StateMachine machine = new StateMachine(stepFunctions, ARN);

    @Test
    void anExecutionIsNamedByItsRecovery() {
        machine.start(Example.ID, "{\"workload\":\"catalog\"}");

        verify(stepFunctions)
                .startExecution(StartExecutionRequest.builder()
                        .stateMachineArn(ARN)
                        .name("20261120-k3v9x2")
                        .input("{\"workload\":\"catalog\"}")
                        .build());
    }

    @Test
    void startingAgainWhatHasEndedSinceChangesNothing() {
        when(stepFunctions.startExecution(any(StartExecutionRequest.class)))
                .thenThrow(ExecutionAlreadyExistsException.builder().build());

        assertThatCode(() -> machine.start(Example.ID, "{}")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, true",
        "PENDING_REDRIVE, true",
        "SUCCEEDED, false",
        "FAILED, false",
        "TIMED_OUT, false",
        "ABORTED, false"
    })
    void whatRunsOrWaitsToIsAtWork(ExecutionStatus status, boolean atWork) {
        when(stepFunctions.describeExecution(any(DescribeExecutionRequest.class)))
                .thenReturn(DescribeExecutionResponse.builder().status(status).build());

        assertThat(machine.running("4d0f7dd8")).isEqualTo(atWork);
        verify(stepFunctions)
                .describeExecution(DescribeExecutionRequest.builder()
                        .executionArn("arn:aws:states:us-east-1:111122223333:execution:lifeboat-prod-recovery:4d0f7dd8")
                        .build());
    }

    @Test
    void whatDoesNotExistIsNotAtWork() {
        when(stepFunctions.describeExecution(any(DescribeExecutionRequest.class)))
                .thenThrow(ExecutionDoesNotExistException.builder().build());

        assertThat(machine.running("4d0f7dd8")).isFalse();
    }

    @Test
    void aLetterIsPublishedToTheTopic() {
        SnsClient sns = SdkMock.of(SnsClient.class);

        new SnsAnnouncements(sns, "arn:aws:sns:us-east-1:111122223333:results").announce(new Letter("s", "b"));

        verify(sns)
                .publish(PublishRequest.builder()
                        .topicArn("arn:aws:sns:us-east-1:111122223333:results")
                        .subject("s")
                        .message("b")
                        .build());
    }
}
