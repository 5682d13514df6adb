package lifeboat.infra;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The first deployment, as CDK orders it: what a stack names is made by the same stack, or by one that CDK
/// deploys before it. Names that are texts are all that a template says of them, so CDK cannot see these
/// dependencies itself.
class DeploymentOrderTest {
    private static final Path LAB = Path.of("infra/environments/lab.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What gives a resource a name of its own, by type.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("AWS::Backup::BackupVault", "BackupVaultName"),
            Map.entry("AWS::DynamoDB::GlobalTable", "TableName"),
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::IAM::Role", "RoleName"),
            Map.entry("AWS::Lambda::Function", "FunctionName"),
            Map.entry("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
            Map.entry("AWS::S3::Bucket", "BucketName"),
            Map.entry("AWS::Scheduler::ScheduleGroup", "Name"),
            Map.entry("AWS::SecretsManager::Secret", "Name"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::StepFunctions::StateMachine", "StateMachineName"));

    /// Texts for people, and names that a resource gives itself.
    private static final Set<String> NO_REFERENCES = Set.of(
            "Description",
            "AlarmDescription",
            "DashboardBody",
            "DisplayName",
            "Tags",
            "HealthCheckTags",
            "GroupDescription",
            "BackupPlanName",
            "DashboardName",
            "Fn::ImportValue");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_/-]*[*]?");
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:([^:]*):[^:]*:.*");

    /// @param name what it is called
    /// @param region where it is
    /// @param stack which makes it
    private record Made(String name, String region, String stack) {}

    @Test
    void whatAStackNamesIsMadeByItOrByOneThatIsDeployedBefore() throws IOException {
        for (var file : List.of(Templates.EVERYTHING, Templates.PRACTICE, Templates.PROD, LAB)) {
            var templates = Templates.of(file);

            assertThat(tooEarly(templates)).as(file.toString()).isEmpty();
        }
    }

    @Test
    void nothingOfTheEnvironmentIsNamedThatNoStackMakes() throws IOException {
        for (var file : List.of(Templates.EVERYTHING, Templates.PRACTICE)) {
            var templates = Templates.of(file);
            var ours = "lifeboat-" + templates.environment().name() + "-";
            var made = new HashSet<String>();
            made(templates).forEach(one -> made.add(one.name()));
            var unknown = new TreeSet<String>();
            templates
                    .stacks()
                    .values()
                    .forEach(template -> texts(template)
                            .forEach(text -> tokens(text)
                                    .filter(token ->
                                            token.startsWith(ours) && !token.endsWith("*") && !made.contains(token))
                                    .forEach(unknown::add)));

            assertThat(unknown).isEmpty();
        }
    }

    /// CDK's command line deletes a stack whose first deployment failed before it tries again: protected, it
    /// cannot.
    @Test
    void firstDeploymentThatFailedCanBeTriedAgain() throws IOException {
        for (var file : List.of(Templates.PROD, Templates.PRACTICE)) {
            var templates = Templates.of(file);

            assertThat(stacks(templates))
                    .allSatisfy((stack, artifact) -> assertThat(artifact.at("/properties/terminationProtection")
                                    .asBoolean())
                            .as(stack)
                            .isFalse());
            assertThat(Templates.properties(templates.stack("ledger"), "AWS::DynamoDB::GlobalTable")
                            .flatMap(table ->
                                    StreamSupport.stream(table.path("Replicas").spliterator(), false)))
                    .as("a rollback could not delete a table that is protected")
                    .isNotEmpty()
                    .allMatch(replica ->
                            !replica.path("DeletionProtectionEnabled").asBoolean());
            templates
                    .stacks()
                    .forEach((stack, template) -> assertThat(Templates.resources(
                                    template,
                                    (_, resource) -> resource.path("DeletionPolicy")
                                            .asText()
                                            .equals("Retain")))
                            .as("a rollback would leave it behind, and its name would be taken: " + stack)
                            .isEmpty());
        }
    }

    @Test
    void whatStandsIsProtectedWhereTheFileSaysSo() throws IOException {
        var protectedOnes = Templates.of(Templates.EVERYTHING);

        assertThat(stacks(protectedOnes))
                .hasSizeGreaterThan(10)
                .allSatisfy((stack, artifact) -> assertThat(
                                artifact.at("/properties/terminationProtection").asBoolean())
                        .as(stack)
                        .isTrue());
    }

    /// What would be asked for before it is there: `stack: name, which OTHER makes`.
    private static Set<String> tooEarly(Templates templates) throws IOException {
        var before = before(templates);
        var made = made(templates);
        var early = new TreeSet<String>();
        templates
                .stacks()
                .forEach((stack, template) -> texts(template)
                        .forEach(text -> makers(text, made, region(stack))
                                .filter(maker -> !maker.stack().equals(stack)
                                        && !before.getOrDefault(stack, Set.of()).contains(maker.stack()))
                                .forEach(maker -> early.add(
                                        "%s: %s, which %s makes".formatted(stack, maker.name(), maker.stack())))));
        return early;
    }

    /// Who makes what a text names: in the region of its ARN, else in that of the stack, else wherever it is made.
    private static Stream<Made> makers(String text, List<Made> made, String here) {
        var arn = ARN.matcher(text);
        var region = arn.matches() && !arn.group(1).isEmpty() ? arn.group(1) : here;
        var explicit = arn.matches() && !arn.group(1).isEmpty();
        return tokens(text).flatMap(token -> {
            var named = made.stream()
                    .filter(one -> one.name().equals(token) || token.endsWith("/" + one.name()))
                    .toList();
            var there =
                    named.stream().filter(one -> one.region().equals(region)).toList();
            return there.isEmpty() && !explicit ? named.stream() : there.stream();
        });
    }

    private static List<Made> made(Templates templates) {
        var made = new ArrayList<Made>();
        templates
                .stacks()
                .forEach((stack, template) -> template.path("Resources").forEach(resource -> {
                    var property = NAMES.get(resource.path("Type").asText());
                    var properties = resource.path("Properties");
                    if (property != null && properties.path(property).isTextual()) {
                        var name = properties.path(property).asText();
                        made.add(new Made(name, region(stack), stack));
                        properties
                                .path("Replicas")
                                .forEach(replica -> made.add(
                                        new Made(name, replica.path("Region").asText(), stack)));
                    }
                }));
        assertThat(made).hasSizeGreaterThan(20);
        return made;
    }

    private static String region(String stack) {
        return stack.replaceFirst("^.*-(us-(?:east|west)-\\d)$", "$1");
    }

    /// Everything that must stand before a stack is deployed, directly or not.
    private static Map<String, Set<String>> before(Templates templates) throws IOException {
        var direct = new TreeMap<String, Set<String>>();
        var stacks = stacks(templates);
        stacks.forEach((stack, artifact) -> {
            var names = new TreeSet<String>();
            artifact.path("dependencies").forEach(one -> names.add(one.asText()));
            names.retainAll(stacks.keySet());
            direct.put(stack, names);
        });
        var all = new TreeMap<String, Set<String>>();
        direct.keySet().forEach(stack -> collect(stack, direct, all.computeIfAbsent(stack, _ -> new TreeSet<>())));
        return all;
    }

    private static void collect(String stack, Map<String, Set<String>> direct, Set<String> found) {
        for (var one : direct.get(stack)) {
            if (found.add(one)) {
                collect(one, direct, found);
            }
        }
    }

    private static Map<String, JsonNode> stacks(Templates templates) throws IOException {
        var stacks = new TreeMap<String, JsonNode>();
        JSON.readTree(templates.directory().resolve("manifest.json").toFile())
                .path("artifacts")
                .properties()
                .forEach(artifact -> {
                    if (artifact.getValue().path("type").asText().equals("aws:cloudformation:stack")) {
                        stacks.put(artifact.getKey(), artifact.getValue());
                    }
                });
        return stacks;
    }

    private static Stream<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(found -> found.group());
    }

    private static List<String> texts(JsonNode template) {
        var texts = new ArrayList<String>();
        template.path("Resources").forEach(resource -> collect(resource.path("Properties"), texts));
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.asText());
        } else if (node.has("Fn::Join")) {
            texts.add(StreamSupport.stream(node.at("/Fn::Join/1").spliterator(), false)
                    .map(part -> part.isTextual() ? part.asText() : "")
                    .collect(joining()));
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                if (!NO_REFERENCES.contains(field.getKey())) {
                    collect(field.getValue(), texts);
                }
            });
        } else {
            node.forEach(one -> collect(one, texts));
        }
    }
}
