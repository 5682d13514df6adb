package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NIST80053R5Checks;
import io.github.cdklabs.cdknag.NagReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.infra.site.Ordered;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/// What cdk-nag finds in everything that can be deployed, against `nag.txt`: rule, path and why it is so.
///
/// A finding that is not listed fails, and so does a line that is no longer found. Stacks that stand in both regions
/// are listed once, without their region; so are those that two environments share.
class NagTest {
    private static final Path LISTED = Path.of("infra/src/test/resources/nag.txt");

    @TempDir
    private static Path directory;

    private static final TreeSet<String> FOUND = new TreeSet<>();
    private static int judged;

    @BeforeAll
    static void judge() throws IOException {
        for (var file : List.of(Templates.EVERYTHING, Templates.PRACTICE)) {
            judge(file, directory.resolve(file.getFileName().toString()));
        }
    }

    private static void judge(Path file, Path to) throws IOException {
        var app = new App(AppProps.builder()
                .outdir(to.toString())
                .analyticsReporting(false)
                .context(Ordered.of("aws:cdk:disable-asset-staging", true))
                .build());
        LifeboatApp.add(app, EnvironmentFile.read(file), Environments.assets());
        Aspects.of(app)
                .add(AwsSolutionsChecks.Builder.create()
                        .reports(true)
                        .reportFormats(List.of(NagReportFormat.JSON))
                        .build());
        Aspects.of(app)
                .add(NIST80053R5Checks.Builder.create()
                        .reports(true)
                        .reportFormats(List.of(NagReportFormat.JSON))
                        .build());
        app.synth();
        collect(to);
    }

    @Test
    void everyFindingIsListedWithItsReasonAndEveryLineIsFound() throws IOException {
        var listed = listed();

        assertThat(judged).isGreaterThan(500);
        assertThat(listed.keySet()).containsExactlyElementsOf(FOUND);
    }

    @Test
    void everyReasonIsASentence() throws IOException {
        assertThat(listed())
                .isNotEmpty()
                .allSatisfy((_, reason) -> assertThat(reason).matches("[A-Z].{15,}\\."));
    }

    private static void collect(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var report : files.filter(file -> file.toString().endsWith("NagReport.json"))
                    .toList()) {
                new ObjectMapper().readTree(report.toFile()).path("lines").forEach(line -> {
                    judged++;
                    if (!line.path("compliance").asText().equals("Compliant")
                            && !line.path("compliance").asText().equals("N/A")) {
                        FOUND.add(line.path("ruleId").asText() + " "
                                + place(line.path("resourceId").asText()));
                    }
                });
            }
        }
    }

    /// `recovery/Functions/check-role` for `lifeboat-everything-recovery-us-east-1/Functions/check-role/Resource`.
    private static String place(String path) {
        return path.replaceFirst("^lifeboat-(?:everything|practice)-([a-z-]+?)(-isolated)?-us-(east|west)-[12]", "$1")
                .replaceFirst("/Resource$", "");
    }

    private static Map<String, String> listed() throws IOException {
        if (Boolean.getBoolean("lifeboat.write")) {
            var known = read();
            Files.write(
                    LISTED,
                    FOUND.stream()
                            .map(found -> found + " | " + reason(found, known))
                            .toList());
        }
        return read();
    }

    /// The reason that stands there, or, for something new, that of the same rule in a place of the same kind.
    private static String reason(String found, Map<String, String> known) {
        var kind = found.replaceFirst("/[^/]*?(-role)?(/DefaultPolicy)?$", "$1$2");
        return known.getOrDefault(
                found,
                known.entrySet().stream()
                        .filter(one -> one.getKey()
                                .replaceFirst("/[^/]*?(-role)?(/DefaultPolicy)?$", "$1$2")
                                .equals(kind))
                        .map(Map.Entry::getValue)
                        .filter(reason -> !reason.isBlank())
                        .findFirst()
                        .orElse(""));
    }

    private static Map<String, String> read() throws IOException {
        return Files.exists(LISTED)
                ? Files.readAllLines(LISTED).stream()
                        .map(line -> line.split(" \\| ", -1))
                        .collect(Collectors.toMap(line -> line[0], line -> line[1], (one, _) -> one, TreeMap::new))
                : new TreeMap<>();
    }
}
