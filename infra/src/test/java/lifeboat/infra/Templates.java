package lifeboat.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.infra.site.Assets;
import lifeboat.infra.site.Ordered;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/// The templates of an environment file, synthesized once for all tests and left under `infra/target/templates`.
///
/// @param environment as it was read
/// @param directory where the templates lie
/// @param stacks the templates by stack
public record Templates(Environment environment, Path directory, Map<String, JsonNode> stacks) {
    /// Everything that can be asked for, once.
    public static final Path EVERYTHING =
            Path.of("functions/src/test/resources/environments/right/everything-deployed.yaml");

    /// A lab that makes what it names.
    public static final Path PRACTICE = Path.of("functions/src/test/resources/environments/right/practice.yaml");

    public static final Path PROD = Path.of("infra/environments/prod.yaml");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, Templates> SYNTHESIZED = new ConcurrentHashMap<>();
    private static final Assets ASSETS = Environments.assets();

    public static Templates of(Path file) {
        return SYNTHESIZED.computeIfAbsent(
                file, _ -> of(EnvironmentFile.read(file), file.getFileName().toString()));
    }

    /// Synthesizes anew, under that name.
    public static Templates of(Environment environment, String name) {
        var directory = Path.of("infra/target/templates", name);
        clear(directory);
        var app = new App(AppProps.builder()
                .outdir(directory.toString())
                .analyticsReporting(false)
                .context(Ordered.of("aws:cdk:disable-asset-staging", true))
                .build());
        LifeboatApp.add(app, environment, ASSETS);
        app.synth();
        return new Templates(environment, directory, read(directory));
    }

    /// The template of the stack whose name holds that part.
    public JsonNode stack(String part) {
        var found = stacks.entrySet().stream()
                .filter(stack -> stack.getKey().contains(part))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("\"%s\" is in %d of %s".formatted(part, found.size(), stacks.keySet()));
        }
        return found.getFirst().getValue();
    }

    /// The properties of every resource of a type in a template.
    public static Stream<JsonNode> properties(JsonNode template, String type) {
        return resources(
                        template,
                        (_, resource) -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"));
    }

    public static Stream<JsonNode> resources(JsonNode template, BiPredicate<String, JsonNode> wanted) {
        return template.path("Resources").properties().stream()
                .filter(resource -> wanted.test(resource.getKey(), resource.getValue()))
                .map(Map.Entry::getValue);
    }

    /// How many CloudFormation resources there are in all.
    public int size() {
        return stacks.values().stream()
                .mapToInt(template -> template.path("Resources").size())
                .sum();
    }

    private static Map<String, JsonNode> read(Path directory) {
        var stacks = new TreeMap<String, JsonNode>();
        try (var files = Files.list(directory)) {
            for (var file : files.filter(file -> file.toString().endsWith(".template.json"))
                    .toList()) {
                stacks.put(file.getFileName().toString().replace(".template.json", ""), JSON.readTree(file.toFile()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return stacks;
    }

    private static void clear(Path directory) {
        if (Files.isDirectory(directory)) {
            new ScratchDirectory(directory).close();
        }
    }
}
