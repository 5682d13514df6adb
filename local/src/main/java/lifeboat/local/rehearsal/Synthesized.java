package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.infra.FlowDefinition;
import lifeboat.infra.LifeboatApp;
import lifeboat.infra.site.Assets;
import lifeboat.infra.site.Site;
import lifeboat.local.engine.Scratch;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/// What `cdk synth` makes of an environment, as far as a rehearsal deploys it.
///
/// @param environment as it was read
/// @param catalog the compiled environment, as the functions read it
/// @param recovery the state machine that recovers, its handlers and their variables
/// @param reconcile the state machine that compares and repairs, and its handlers
/// @param record the state machine that records what live holds, and its handlers
/// @param ledger the properties of the ledger's table in the template
record Synthesized(
        Environment environment,
        Path catalog,
        FlowDefinition recovery,
        FlowDefinition reconcile,
        FlowDefinition record,
        JsonNode ledger) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Synthesizes an environment; needs Node.
    ///
    /// @param around removes what synthesizing leaves behind
    static Synthesized of(Path environmentFile, Scratch around) {
        Path scratch = around.folder();
        Environment environment = EnvironmentFile.read(environmentFile);
        Path catalog = scratch.resolve("catalog/lifeboat/catalog.json");
        Path functions = scratch.resolve("functions");
        try {
            Files.createDirectories(functions);
            Files.createDirectories(catalog.resolveSibling(""));
            Files.writeString(catalog, EnvironmentFile.compile(environmentFile));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        App app = new App(AppProps.builder()
                .outdir(scratch.resolve("cdk.out").toString())
                .context(Map.of("aws:cdk:disable-asset-staging", true))
                .build());
        // The functions run from the class path here: what would be uploaded does not matter.
        LifeboatApp.add(app, environment, new Assets(functions, scratch.resolve("catalog")));
        Site site = Site.primary(environment);
        foldersOfJsii().forEach(around::alsoRemove);
        return new Synthesized(
                environment,
                catalog,
                FlowDefinition.of(app, site, "recovery"),
                FlowDefinition.of(app, site, "reconcile"),
                FlowDefinition.of(app, site, "record"),
                ledger(app, site));
    }

    // Its runtime for Java leaves the folders that it unpacked its program into. Those of this process are known by the
    // program that runs from there.
    private static Stream<Path> foldersOfJsii() {
        return ProcessHandle.current()
                .children()
                .flatMap(child -> child.info().arguments().stream().flatMap(Arrays::stream))
                .map(Path::of)
                .filter(argument -> argument.endsWith(Path.of("bin", "jsii-runtime.js")))
                .map(program ->
                        java.util.Objects.requireNonNull(program.getParent()).getParent())
                .filter(folder -> folder.getFileName().toString().startsWith("jsii-java-runtime"));
    }

    private static JsonNode ledger(App app, Site site) {
        JsonNode template = JSON.valueToTree(
                app.synth().getStackByName(site.stack("ledger")).getTemplate());
        return StreamSupport.stream(template.path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals("AWS::DynamoDB::GlobalTable"))
                .map(resource -> resource.path("Properties"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the template has no ledger"));
    }
}
