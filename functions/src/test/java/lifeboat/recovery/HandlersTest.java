package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import lifeboat.Wiring;
import lifeboat.aws.Clients;
import lifeboat.aws.SdkMock;
import lifeboat.aws.ledger.LedgerTable;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.engines.LocalDynamoDb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// The steps of the state machine as the Lambda runtime calls them: JSON in, JSON out, over a real ledger.
class HandlersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String PLAN = """
            {"execution": "20261120-k3v9x2", "startedAt": "2026-11-20T10:00:00Z", "request": %s}""";
    private static final String FILE = """
            environment: prod
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            contacts: {email: [oncall@techmoda.example]}
            schedules: techmoda
            workloads:
              catalog:
                tier: critical
                owner: Product team
                resources: {products: {dynamodb: techmoda-products}}
            """;

    private final DynamoDbClient dynamoDb = mock(DynamoDbClient.class, delegatesTo(LocalDynamoDb.client()));
    private final SfnClient stepFunctions = SdkMock.of(SfnClient.class);
    private final SnsClient sns = SdkMock.of(SnsClient.class);
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void deployed() throws IOException {
        Path catalog = folder.resolve("prod.yaml");
        Files.writeString(catalog, FILE);
        variables.putAll(Map.of(
                EnvironmentFile.VARIABLE,
                catalog.toString(),
                "AWS_REGION",
                "us-east-1",
                "LIFEBOAT_LEDGER",
                LedgerTable.create(),
                "LIFEBOAT_TOPIC",
                "topic",
                "LIFEBOAT_VAULT",
                "vault",
                "LIFEBOAT_RESTORE_ROLE",
                "role",
                "LIFEBOAT_STATE_MACHINE",
                "arn:aws:states:us-east-1:111122223333:stateMachine:recovery"));
        variables.put("LIFEBOAT_ENVIRONMENT", "prod");
        doReturn(DescribeContinuousBackupsResponse.builder()
                        .continuousBackupsDescription(backups -> backups.pointInTimeRecoveryDescription(
                                window -> window.pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.ENABLED)
                                        .earliestRestorableDateTime(NOW.minus(Duration.ofDays(35)))
                                        .latestRestorableDateTime(NOW.minusSeconds(300))))
                        .build())
                .when(dynamoDb)
                .describeContinuousBackups(any(Consumer.class));
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndStartsNothing() {
        JsonNode answer = asked(RecoverHandler::new, "{\"workload\": \"catalog\", \"dryRun\": true}");

        assertThat(answer.path("message").textValue())
                .isEqualTo("dry run, would start: a drill of workload catalog: 1 copy, nothing live is touched");
        assertThat(answer.path("usuallyTakes").textValue()).startsWith("unknown");
        assertThat(answer.path("copies").get(0).toString())
                .contains(
                        "\"from\":\"techmoda-products\"",
                        "\"restoredTo\":\"2026-11-20T09:55:00Z\"",
                        "\"by\":\"point-in-time recovery\"",
                        "\"expectedLossUpTo\":\"5m\"");
        verify(stepFunctions, never()).startExecution(any(StartExecutionRequest.class));
    }

    @Test
    void aRequestStartsTheExecutionThatItsAnswerNames() {
        JsonNode answer = asked(RecoverHandler::new, "{\"workload\": \"catalog\"}");

        ArgumentCaptor<StartExecutionRequest> started = ArgumentCaptor.captor();
        verify(stepFunctions).startExecution(started.capture());
        assertThat(started.getValue().name())
                .isEqualTo(answer.path("recovery").textValue())
                .matches("20261120-[a-z0-9]{6}");
        assertThat(started.getValue().input()).isEqualTo("{\"workload\":\"catalog\"}");
        assertThat(answer.path("next").textValue()).contains("says where it stands");
    }

    @Test
    void theSameCallDeliveredTwiceNamesTheSameExecution() {
        String request = "{\"workload\": \"catalog\"}";

        assertThat(asked(RecoverHandler::new, request)).isEqualTo(asked(RecoverHandler::new, request));
    }

    @Test
    void whereARecoveryStandsCanBeAsked() {
        asked(PlanHandler::new, PLAN.formatted("{\"workload\": \"catalog\"}"));

        JsonNode answer = asked(RecoverHandler::new, "{\"recovery\": \"20261120-k3v9x2\"}");

        assertThat(answer.path("state").textValue()).isEqualTo("OPEN");
        assertThat(answer.path("copies").get(0).path("step").textValue()).isEqualTo("planned");
        assertThat(answer.has("standing")).isFalse();
    }

    @Test
    void aPersonWhoAsksTheFrontDoorWronglyIsToldWhatIsAllowed() {
        assertRefused(RecoverHandler::new, "{\"workload\": \"catalog\", \"dryRun\": \"yes\"}", "LB-101 dryRun \"yes\"");
        assertRefused(RecoverHandler::new, "{\"recovery\": \"20261120-k3v9x2\", \"mode\": \"DRILL\"}", "LB-101");
        assertRefused(RecoverHandler::new, "{\"recovery\": \"20261120-zzzzzz\"}", "LB-102");
        assertRefused(RecoverHandler::new, "{\"recovery\": 5}", "LB-102 recovery 5 is not allowed");
        assertRefused(RecoverHandler::new, "[]", "LB-101 the request is not a JSON object");
        assertRefused(RecoverHandler::new, "", "LB-101");
    }

    @Test
    void thePlanNamesTheResourcesForTheWalkAndPlanningAgainAnswersTheSame() {
        String event = PLAN.formatted("{\"workload\": \"catalog\"}");

        JsonNode answer = asked(PlanHandler::new, event);

        assertThat(answer.toString())
                .isEqualTo(
                        "{\"recovery\":\"20261120-k3v9x2\",\"mode\":\"DRILL\",\"resources\":[{\"recovery\":\"20261120-k3v9x2\",\"resource\":\"products\"}]}");
        assertThat(asked(PlanHandler::new, event)).isEqualTo(answer);
        verify(dynamoDb, never()).restoreTableToPointInTime(any(Consumer.class));
    }

    @Test
    void aRefusedRequestIsTold() {
        asked(RecordFailureHandler::new, """
                {"execution": "4d0f7dd8", "startedAt": "2026-11-20T10:00:00Z", "request": {"workload": "shop"},
                 "error": {"Error": "lifeboat.catalog.Invalid",
                           "Cause": "{\\"errorMessage\\": \\"LB-103 workload\\", \\"errorType\\": \\"x\\"}"}}""");

        ArgumentCaptor<PublishRequest> told = ArgumentCaptor.captor();
        verify(sns).publish(told.capture());
        assertThat(told.getValue().subject()).isEqualTo("[prod] recovery REFUSED: nothing was restored");
        assertThat(told.getValue().message())
                .contains("{\"workload\":\"shop\"}", "4d0f7dd8", "because     LB-103 workload");
    }

    @Test
    void aFailureIsWrittenDownWithItsStepWhateverItsCauseLooksLike() {
        asked(PlanHandler::new, PLAN.formatted("{\"workload\": \"catalog\"}"));

        JsonNode answer = asked(RecordFailureHandler::new, """
                {"recovery": "20261120-k3v9x2", "resource": "products", "step": "restore",
                 "error": {"Error": "States.Timeout", "Cause": "no answer within 60 s"}}""");

        assertThat(answer.path("state").textValue()).isEqualTo("RECORDED");
        assertThat(asked(RecoverHandler::new, "{\"recovery\": \"20261120-k3v9x2\"}")
                        .path("copies")
                        .get(0)
                        .path("failure")
                        .textValue())
                .isEqualTo("restore: States.Timeout: no answer within 60 s");
    }

    @Test
    void aRecoveryOfWhichNothingIsKnownIsUnmeasuredToldClosedAndCanBeAskedFor() {
        asked(PlanHandler::new, PLAN.formatted("{\"workload\": \"catalog\"}"));
        String event = "{\"recovery\": \"20261120-k3v9x2\"}";

        assertThat(asked(AssessHandler::new, event).toString())
                .isEqualTo(
                        "{\"recovery\":\"20261120-k3v9x2\",\"standing\":\"UNMEASURED\",\"copies\":[{\"recovery\":\"20261120-k3v9x2\",\"resource\":\"products\"}]}");
        assertThat(asked(TeardownHandler::new, event).path("state").textValue()).isEqualTo("GONE");
        assertThat(asked(CloseHandler::new, event).toString())
                .isEqualTo("{\"recovery\":\"20261120-k3v9x2\",\"standing\":\"UNMEASURED\"}");
        assertThat(asked(CloseHandler::new, event).path("standing").textValue()).isEqualTo("UNMEASURED");

        verify(sns).publish(any(PublishRequest.class));
        verify(dynamoDb, never()).deleteTable(any(DeleteTableRequest.class));
        assertThat(asked(RecoverHandler::new, event).path("state").textValue()).isEqualTo("CLOSED");
    }

    @Test
    void aSweepOfNothingSaysSo() {
        assertThat(asked(SweepHandler::new, "{}").path("message").textValue()).isEqualTo("nothing was left behind");
    }

    @Test
    void whereNothingWasLeftOpenNothingIsClosed() {
        assertThat(asked(CloseHandler::new, "{\"leftOpen\": true, \"at\": \"2026-11-20T09:25:00Z\"}")
                        .toString())
                .isEqualTo("{\"closed\":[]}");
    }

    static List<Function<Wiring, RequestStreamHandler>> steps() {
        return List.of(
                RestoreHandler::new,
                StatusHandler::new,
                ConfigureHandler::new,
                PlanChecksHandler::new,
                CheckHandler::new,
                AssessHandler::new,
                TeardownHandler::new,
                CloseHandler::new);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyStepRefusesWhatIsNotItsEvent(Function<Wiring, RequestStreamHandler> step) {
        assertRefused(step, "not json", "LB-101 the event is not JSON");
        assertRefused(step, "{}", "LB-101 field \"recovery\" is missing");
        assertRefused(step, "{\"detail-type\": \"Restore Job State Change\", \"source\": \"aws.backup\"}", "LB-101");
        assertRefused(step, "{\"recovery\": \"prod\", \"resource\": \"products\"}", "LB-102");
        assertRefused(
                step,
                "{\"recovery\": \"20261120-aaaaaa\", \"resource\": \"products\", \"segment\": \"structure\"}",
                "LB-102 recovery \"20261120-aaaaaa\" is not in the ledger");
    }

    @Test
    void aFunctionWithoutItsVariablesSaysWhichIsMissing() {
        variables.remove("LIFEBOAT_STATE_MACHINE");
        assertThatThrownBy(() -> new RecoverHandler(wiring()))
                .hasMessage("LB-020 LIFEBOAT_STATE_MACHINE is not set: the function was not deployed by this app");
        variables.put("LIFEBOAT_LEDGER", " ");
        assertThatThrownBy(() -> new AssessHandler(wiring())).hasMessageStartingWith("LB-020 LIFEBOAT_LEDGER");
        variables.remove(EnvironmentFile.VARIABLE);
        assertThatThrownBy(this::wiring).hasMessageStartingWith("LB-020 LIFEBOAT_CATALOG");
    }

    private void assertRefused(Function<Wiring, RequestStreamHandler> handler, String event, String message) {
        assertThatThrownBy(() -> asked(handler, event)).hasMessageStartingWith(message);
    }

    private JsonNode asked(Function<Wiring, ? extends RequestStreamHandler> handler, String event) {
        var answer = new ByteArrayOutputStream();
        Context context = mock();
        when(context.getAwsRequestId()).thenReturn("8f2c7a52-0000-4000-8000-000000000001");
        when(context.getFunctionName()).thenReturn("function");
        try {
            handler.apply(wiring())
                    .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
            return new ObjectMapper().readTree(answer.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the answer is not JSON: " + answer, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Wiring wiring() {
        Clients clients = mock();
        when(clients.dynamoDb()).thenReturn(dynamoDb);
        when(clients.stepFunctions()).thenReturn(stepFunctions);
        when(clients.sns()).thenReturn(sns);
        return new Wiring(clients, variables, InstantSource.fixed(NOW));
    }
}
