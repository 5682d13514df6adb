package lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lifeboat.aws.CloudFormationDeployments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RehearsalOnDeployTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<String> started = new ArrayList<>();
    private final List<JsonNode> answers = new ArrayList<>();
    private HttpServer cloudFormation;
    private int status = 200;

    @BeforeEach
    void listen() throws IOException {
        cloudFormation = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloudFormation.createContext("/", exchange -> {
            answers.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        cloudFormation.start();
    }

    @AfterEach
    void stop() {
        cloudFormation.stop(0);
    }

    @Test
    void creationStartsTheRehearsalAndKeepsCloudFormationWaiting() throws IOException {
        call(handler(), request("Create"));

        assertThat(started).containsExactly("5f1c9a2e-0000-4000-8000-000000000001");
        assertThat(answers).isEmpty();
    }

    @Test
    void deletionIsAnsweredAtOnce() throws IOException {
        call(handler(), request("Delete"));

        assertThat(started).isEmpty();
        assertThat(answers).extracting(answer -> answer.path("Status").asText()).containsExactly("SUCCESS");
    }

    @Test
    void rehearsalThatCannotStartFailsTheDeploymentAtOnce() throws IOException {
        var refusing = new RehearsalOnDeploy(
                (_, _) -> {
                    throw new IllegalStateException("access denied");
                },
                new CloudFormationDeployments(address -> true));

        call(new RehearsalHandler(refusing), request("Create"));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().path("Status").asText()).isEqualTo("FAILED");
        assertThat(answers.getFirst().path("Reason").asText()).contains("access denied");
    }

    @Test
    void onlyARecoveryThatMetItsObjectivesIsASuccess() throws IOException {
        for (var standing : List.of("MET", "MISSED", "UNMEASURED", "SOMETHING")) {
            call(
                    handler(),
                    ended("\"recovery\":{\"Output\":{\"recovery\":\"20261120-k3v9x2\",\"standing\":\"%s\"}}"
                            .formatted(standing)));
        }

        assertThat(answers)
                .extracting(answer -> answer.path("Status").asText())
                .containsExactly("SUCCESS", "FAILED", "FAILED", "FAILED");
    }

    @Test
    void brokenRecoveryIsToldWithItsError() throws IOException {
        call(
                handler(),
                ended("\"error\":{\"Error\":\"States.TaskFailed\",\"Cause\":\"%s\"}".formatted("x".repeat(900))));

        var answer = answers.getFirst();
        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText()).contains("States.TaskFailed").hasSizeLessThan(500);
        assertThat(answer.path("RequestId").asText()).isEqualTo("5f1c9a2e-0000-4000-8000-000000000001");
        assertThat(answer.path("LogicalResourceId").asText()).isEqualTo("Rehearsal");
    }

    @Test
    void answerThatIsNotTakenIsAFailureSoThatItIsTriedAgain() {
        status = 403;

        assertThatThrownBy(() -> call(handler(), ended("\"error\":{}"))).hasMessageContaining("403");
    }

    /// Who may call the function could have it put anything anywhere.
    @Test
    void nobodyIsAnsweredButCloudFormation() {
        var handler = new RehearsalHandler(
                new RehearsalOnDeploy((name, _) -> started.add(name), new CloudFormationDeployments()));

        assertThatThrownBy(() -> call(handler, request("Delete"))).hasMessageContaining("no address of CloudFormation");
        assertThat(answers).isEmpty();
        assertThat(CloudFormationDeployments.isAnswered(
                        "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a?X-Amz-Signature=b"))
                .isTrue();
        assertThat(CloudFormationDeployments.isAnswered(
                        "https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/a?b"))
                .isTrue();
        for (var other : List.of(
                "http://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a",
                "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com.evil.example/a",
                "https://evil.example/cloudformation-custom-resource-response-useast1.s3.amazonaws.com",
                "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com@evil.example/a")) {
            assertThat(CloudFormationDeployments.isAnswered(other)).as(other).isFalse();
        }
    }

    private RehearsalHandler handler() {
        return new RehearsalHandler(
                new RehearsalOnDeploy((name, _) -> started.add(name), new CloudFormationDeployments(address -> true)));
    }

    private String request(String type) {
        return """
                {"RequestType": "%s", "ResponseURL": "http://localhost:%d/answer", "StackId": "stack",
                 "RequestId": "5f1c9a2e-0000-4000-8000-000000000001", "ResourceType": "Custom::Rehearsal",
                 "LogicalResourceId": "Rehearsal", "ResourceProperties": {"restore": "true"}}""".formatted(type, cloudFormation.getAddress().getPort());
    }

    private String ended(String rest) {
        return "{\"request\":%s,%s}".formatted(request("Create"), rest);
    }

    private static void call(RehearsalHandler handler, String event) throws IOException {
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    }
}
