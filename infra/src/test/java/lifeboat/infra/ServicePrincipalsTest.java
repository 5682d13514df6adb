package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Which AWS services the resources of an environment let in: under a condition, or with a written reason.
class ServicePrincipalsTest {
    private static final Path PAGE = Path.of("docs/reference/service-principals.md");
    private static final List<String> DOCUMENTS =
            List.of("PolicyDocument", "KeyPolicy", "AccessPolicy", "AssumeRolePolicyDocument", "Policy");

    @Test
    void everyServiceIsLetInUnderAConditionOrWithAWrittenReason() throws IOException {
        var page = Files.readString(PAGE);
        for (var file : List.of(Templates.EVERYTHING, Templates.PROD, Templates.PRACTICE)) {
            var letIn = new TreeSet<String>();
            Templates.of(file).stacks().values().forEach(stack -> collect(stack, letIn));

            assertThat(letIn).isNotEmpty().allSatisfy(row -> assertThat(page).contains("| " + row + " |"));
        }
    }

    @Test
    void everyReasonIsForAStatementThatExists() throws IOException {
        var letIn = new TreeSet<String>();
        for (var file : List.of(Templates.EVERYTHING, Templates.PROD, Templates.PRACTICE)) {
            Templates.of(file).stacks().values().forEach(stack -> collect(stack, letIn));
        }
        var rows = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^\\| (.*?\\|.*?) \\|.*$", "$1"))
                .toList();

        assertThat(letIn).containsAll(rows);
    }

    @Test
    void alarmsOfThisAccountAloneReachTheTopicAndItsKey() {
        for (var type : List.of("AWS::SNS::TopicPolicy", "AWS::KMS::Key")) {
            var alarms = statements(Templates.of(Templates.EVERYTHING).stack("messages-us-east-1"), type)
                    .filter(statement -> services(statement).anyMatch("cloudwatch.amazonaws.com"::equals))
                    .toList();

            assertThat(alarms).hasSize(1).allSatisfy(statement -> {
                assertThat(statement
                                .at("/Condition/StringEquals/aws:SourceAccount")
                                .asText())
                        .isEqualTo("111122223333");
                assertThat(statement.at("/Condition/ArnLike/aws:SourceArn").asText())
                        .isEqualTo("arn:aws:cloudwatch:us-east-1:111122223333:alarm:*");
            });
        }
    }

    @Test
    void whatIsDeliveredToTheTopicMayUseItsKeyToo() {
        var stack = Templates.of(Templates.EVERYTHING).stack("messages-us-east-1");
        var publishing = statements(stack, "AWS::SNS::TopicPolicy")
                .flatMap(ServicePrincipalsTest::services)
                .toList();

        assertThat(statements(stack, "AWS::KMS::Key").flatMap(ServicePrincipalsTest::services))
                .containsAll(publishing);
        assertThat(publishing)
                .containsExactlyInAnyOrder("cloudwatch.amazonaws.com", "events.amazonaws.com", "backup.amazonaws.com");
    }

    @Test
    void schedulesThatFailMayUseTheKeyOfTheQueueThroughSqs() {
        var through = statements(Templates.of(Templates.EVERYTHING).stack("messages-us-east-1"), "AWS::KMS::Key")
                .filter(statement -> statement.path("Sid").asText().equals("OurAccountThroughSnsAndSqs"))
                .findFirst()
                .orElseThrow();

        assertThat(through.at("/Condition/StringEquals/kms:CallerAccount").asText())
                .isEqualTo("111122223333");
        assertThat(through.at("/Condition/StringEquals/kms:ViaService").toString())
                .contains("sqs.us-east-1.amazonaws.com");
    }

    private static void collect(JsonNode stack, TreeSet<String> letIn) {
        stack.path("Resources").forEach(resource -> {
            var type = resource.path("Type").asText();
            statements(resource)
                    .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                    .filter(statement -> statement.path("Condition").isEmpty())
                    .forEach(statement ->
                            services(statement).forEach(service -> letIn.add("`%s` | `%s`".formatted(service, type))));
            if (type.equals("AWS::Lambda::Permission")
                    && !resource.at("/Properties").has("SourceArn")
                    && !resource.at("/Properties").has("SourceAccount")) {
                letIn.add("`%s` | `%s`"
                        .formatted(resource.at("/Properties/Principal").asText(), type));
            }
        });
    }

    private static Stream<JsonNode> statements(JsonNode stack, String type) {
        return Templates.resources(
                        stack, (_, resource) -> resource.path("Type").asText().equals(type))
                .flatMap(ServicePrincipalsTest::statements);
    }

    private static Stream<JsonNode> statements(JsonNode resource) {
        return DOCUMENTS.stream()
                .map(document -> resource.path("Properties").path(document).path("Statement"))
                .flatMap(statements -> StreamSupport.stream(statements.spliterator(), false));
    }

    private static Stream<String> services(JsonNode statement) {
        var services = statement.at("/Principal/Service");
        return services.isTextual()
                ? Stream.of(services.asText())
                : StreamSupport.stream(services.spliterator(), false).map(JsonNode::asText);
    }
}
