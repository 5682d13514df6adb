package lifeboat.infra;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds data is kept, and neither deleted nor replaced from one version of the templates to the next.
///
/// `stateful.txt` is what was deployed: stack, logical id, type and what cannot change without replacing it. A line
/// that changes or goes is a replacement or a deletion; `-Dlifeboat.write=true` writes it anew, for whoever means
/// it.
class StatefulTest {
    private static final Path DEPLOYED = Path.of("infra/src/test/resources/stateful.txt");
    private static final Path COUNTS = Path.of("infra/src/test/resources/resource-counts.txt");

    /// Types that hold data, with the properties that replace them when they change.
    private static final Map<String, List<String>> STATEFUL = Map.of(
            "AWS::Backup::BackupVault", List.of("BackupVaultName", "EncryptionKeyArn"),
            "AWS::DynamoDB::GlobalTable", List.of("TableName", "KeySchema"),
            "AWS::KMS::Key", List.of("KeySpec", "MultiRegion"),
            "AWS::Logs::LogGroup", List.of("LogGroupName"),
            "AWS::S3::Bucket", List.of("BucketName", "ObjectLockEnabled"),
            "AWS::SNS::Topic", List.of("TopicName", "FifoTopic"));

    @Test
    void nothingStatefulIsDeletedOrReplaced() throws IOException {
        current(DEPLOYED, stateful(Templates.of(Templates.PROD)));
    }

    @Test
    void resourceCountsAreAsTheyWere() throws IOException {
        var counts = new TreeMap<String, Integer>();
        Templates.of(Templates.PROD)
                .stacks()
                .forEach((stack, template) -> template.path("Resources")
                        .forEach(resource ->
                                counts.merge(stack + " " + resource.path("Type").asText(), 1, Integer::sum)));

        current(
                COUNTS,
                counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(toCollection(TreeSet::new)));
    }

    @Test
    void everythingStatefulIsKeptWhenItsStackGoes() {
        var found = Stream.of(Templates.PROD, Templates.EVERYTHING)
                .map(Templates::of)
                .flatMap(templates -> templates.stacks().values().stream())
                .flatMap(template -> Templates.resources(
                        template,
                        (_, resource) ->
                                STATEFUL.containsKey(resource.path("Type").asText())))
                .filter(resource -> !resource.path("Type").asText().equals("AWS::SNS::Topic"))
                .toList();

        assertThat(found).hasSizeGreaterThan(15).allSatisfy(resource -> {
            assertThat(resource.path("DeletionPolicy").asText())
                    .as(resource.toString())
                    .isEqualTo("RetainExceptOnCreate");
            assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        });
    }

    /// AWS Backup deletes expired recovery points in the role that made them.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html">
    ///     Deleting backups</a>
    @Test
    void roleThatBacksUpIsKeptAsLongAsItsRecoveryPointsMustExpire() {
        for (var file : List.of(Templates.PROD, Templates.EVERYTHING)) {
            var protection = Templates.of(file).stack("protection");
            var role = Templates.resources(
                            protection,
                            (_, resource) -> resource.path("Type").asText().equals("AWS::IAM::Role"))
                    .toList();

            assertThat(role).singleElement().satisfies(kept -> {
                assertThat(kept.path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
                assertThat(kept.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
                assertThat(kept.at("/Properties").has("RoleName"))
                        .as("a name would be taken when the environment is made again")
                        .isFalse();
            });
            assertThat(Templates.properties(protection, "AWS::IAM::Policy"))
                    .as("a policy of its own would go with the stack, and leave the role without it")
                    .isEmpty();
        }
    }

    @Test
    void renamedWorkloadReplacesNothingStateful() throws IOException {
        var renamed = Files.readString(Templates.PROD).replaceFirst("(?m)^  ([a-z]+):$\\n(    tier)", "  renamed:\n$2");
        assertThat(renamed).contains("  renamed:");

        var after = Templates.of(lifeboat.catalog.EnvironmentFile.parse("prod.yaml", renamed), "renamed");

        assertThat(stateful(after)).isEqualTo(stateful(Templates.of(Templates.PROD)));
    }

    @Test
    void newKeySchemaWouldBeSeen() {
        var prod = Templates.of(Templates.PROD);
        var changed = new TreeMap<String, JsonNode>(prod.stacks());
        changed.replaceAll((stack, template) -> {
            var copy = template.deepCopy();
            copy.path("Resources").forEach(resource -> {
                if (resource.path("Properties") instanceof ObjectNode properties && properties.has("TableName")) {
                    properties.putArray("KeySchema");
                }
            });
            return copy;
        });

        assertThat(stateful(new Templates(prod.environment(), prod.directory(), changed)))
                .isNotEqualTo(stateful(prod));
    }

    private static Set<String> stateful(Templates templates) {
        var lines = new TreeSet<String>();
        templates
                .stacks()
                .forEach((stack, template) -> template.path("Resources")
                        .properties()
                        .forEach(resource -> {
                            var type = resource.getValue().path("Type").asText();
                            if (STATEFUL.containsKey(type)) {
                                var fixed = new ArrayList<String>();
                                for (var property : STATEFUL.get(type)) {
                                    fixed.add(
                                            property + "=" + resource.getValue().at("/Properties/" + property));
                                }
                                lines.add("%s %s %s %s"
                                        .formatted(stack, resource.getKey(), type, String.join(" ", fixed)));
                            }
                        }));
        return lines;
    }

    private static void current(Path file, Set<String> lines) throws IOException {
        if (Boolean.getBoolean("lifeboat.write")) {
            Files.write(file, lines);
        }
        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(file));
    }
}
