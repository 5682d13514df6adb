package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.protection.ProtectionReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/reference/guarantees/NAME.md` of the environments that come with Lifeboat are current; synthesizing them, or
/// `-Dlifeboat.write=true`, writes them.
class GuaranteePageTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @ValueSource(strings = {"lab", "prod"})
    void pageIsCurrent(String environment) {
        var report = report(environment);
        if (Boolean.getBoolean("lifeboat.write")) {
            GuaranteePage.write(Path.of(""), environment, report);
        }

        assertThat(GuaranteePage.of(Path.of(""), environment))
                .as("run npx cdk synth -c env=" + environment)
                .hasContent(GuaranteePage.text(environment, report));
    }

    @Test
    void pageNamesEveryResourceWithWhatIsGuaranteedInEachDomain(@TempDir Path root) throws IOException {
        GuaranteePage.write(root, "prod", report("prod"));

        assertThat(Files.readString(GuaranteePage.of(root, "prod")))
                .containsPattern(
                        "warehouse-files +efs +standard +7 h \\(4 h\\) of 4 h +9 h \\(4 h\\) +all data +backup only +accepted");
    }

    /// What this version cannot restore is never met, and the page says so beside each such resource.
    @Test
    void pageNeverCallsAResourceMetThatCannotBeRecovered() {
        var text = GuaranteePage.text("prod", report("prod"));

        assertThat(text.lines()
                        .filter(line -> line.matches(".* (aurora|s3|efs|ebs) .*(critical|important|standard).*")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(line -> assertThat(line)
                        .contains("backup only")
                        .endsWith("cannot be recovered yet")
                        .doesNotContainPattern("\\bmet\\b"));
    }

    private static ProtectionReport report(String environment) {
        return ProtectionReport.of(EnvironmentFile.read(Path.of("infra/environments", environment + ".yaml")), TODAY);
    }
}
