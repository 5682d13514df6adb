package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lifeboat.infra.site.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesTest {
    static Stream<Path> environments() {
        return Stream.of(Templates.PROD, Templates.EVERYTHING, Templates.PRACTICE);
    }

    @ParameterizedTest
    @MethodSource("environments")
    void awsOwnValidatorFindsNoError(Path environment) throws Exception {
        var judged = Tool.run(
                "node",
                "infra/src/test/node/validate.mjs",
                Templates.of(environment).directory().toString());

        assertThat(judged.exit()).as(judged.output()).isZero();
        assertThat(judged.output()).endsWith("templates, 0 errors\n");
    }

    @Test
    void awsOwnValidatorSeesAnError(@org.junit.jupiter.api.io.TempDir Path broken) throws Exception {
        Files.writeString(
                broken.resolve("broken.template.json"),
                "{\"Resources\":{\"Topic\":{\"Type\":\"AWS::SNS::Topic\",\"Properties\":{\"Nmae\":\"results\"}}}}");

        assertThat(Tool.run("node", "infra/src/test/node/validate.mjs", broken.toString())
                        .exit())
                .isEqualTo(1);
    }

    /// What CDK would ask an account for it cannot ask without one: it would fail, or look different elsewhere.
    @ParameterizedTest
    @MethodSource("environments")
    void synthesizingAsksNoAccountAnything(Path environment) throws Exception {
        var manifest = new ObjectMapper()
                .readTree(Templates.of(environment)
                        .directory()
                        .resolve("manifest.json")
                        .toFile());

        assertThat(manifest.path("artifacts").size()).isPositive();
        assertThat(manifest.path("missing").toString()).isIn("", "[]");
    }

    @Test
    void sameEnvironmentGivesTheSameTemplates() {
        var first = Templates.of(Templates.PROD);

        var second = Templates.of(first.environment(), "prod-again");

        assertThat(second.stacks()).isEqualTo(first.stacks());
        assertThat(second.stacks().toString()).isEqualTo(first.stacks().toString());
    }

    @ParameterizedTest
    @MethodSource("environments")
    void everyStackIsProtectedAgainstDeletionAsTheFileSays(Path environment) throws Exception {
        var templates = Templates.of(environment);
        var manifest = new ObjectMapper()
                .readTree(templates.directory().resolve("manifest.json").toFile());

        assertThat(templates.stacks().keySet())
                .isNotEmpty()
                .allSatisfy(stack -> assertThat(manifest.at("/artifacts/" + stack + "/properties/terminationProtection")
                                .asBoolean())
                        .isEqualTo(templates.environment().deployment().deletionProtection()));
    }

    @Test
    void bothRegionsCanRecoverOnTheirOwn() {
        var templates = Templates.of(Templates.PROD);

        assertThat(templates.stacks().keySet())
                .contains(
                        Site.primary(templates.environment()).stack("recovery"),
                        Site.recovery(templates.environment()).stack("recovery"),
                        Site.primary(templates.environment()).stack("vault"),
                        Site.recovery(templates.environment()).stack("vault"),
                        Site.primary(templates.environment()).stack("messages"),
                        Site.recovery(templates.environment()).stack("messages"));
        assertThat(templates
                        .stack("recovery-" + templates.environment().recoveryRegion())
                        .toString())
                .doesNotContain(templates.environment().region() + ":111122223333:function")
                .doesNotContain("Fn::ImportValue\":{\"Fn::Sub\":\""
                        + templates.environment().region());
    }
}
