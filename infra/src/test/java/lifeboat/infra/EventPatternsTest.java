package lifeboat.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.Ruler;

/// Recorded events against the patterns of the rules, judged by AWS's own matcher. The name of a file says which rule
/// takes it: `BackupFailed.*.json`, or `none.*.json`.
class EventPatternsTest {
    private static final Path EVENTS = Path.of("infra/src/test/resources/events");
    private static final List<JsonNode> RULES = new ArrayList<>();

    @BeforeAll
    static void synthesize() {
        for (var stack : List.of("recovery-us-east-1", "vault-us-east-1")) {
            Templates.properties(Templates.of(Templates.PROD).stack(stack), "AWS::Events::Rule")
                    .forEach(RULES::add);
        }
    }

    static List<Path> events() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventIsTakenByTheRuleThatItsNameSays(Path event) throws Exception {
        var wanted = event.getFileName().toString().replaceFirst("\\..*", "");
        var json = Files.readString(event);

        var taking = new ArrayList<String>();
        for (var rule : RULES) {
            if (Ruler.matchesRule(json, pattern(rule))) {
                taking.add(rule.path("Targets")
                        .path(0)
                        .at("/InputTransformer/InputTemplate")
                        .asText());
            }
        }

        assertThat(taking).hasSize(wanted.equals("none") ? 0 : 1);
        assertThat(taking).allSatisfy(text -> assertThat(text).contains(says(wanted)));
    }

    @Test
    void everyRuleTakesARecordedEvent() throws Exception {
        assertThat(RULES).hasSize(9);
        for (var rule : RULES) {
            var taken = 0;
            for (var event : events()) {
                taken += Ruler.matchesRule(Files.readString(event), pattern(rule)) ? 1 : 0;
            }
            assertThat(taken).as(rule.path("EventPattern").toString()).isPositive();
        }
    }

    /// With what CloudFormation fills in for the vault's key.
    private static String pattern(JsonNode rule) {
        return rule.path("EventPattern")
                .toString()
                .replaceAll("\\{\"Ref\":\"Key[0-9A-F]+\"}", "\"0a1b2c3d-0000-0000-0000-000000000000\"")
                .replaceAll(
                        "\\{\"Fn::GetAtt\":\\[\"Key[0-9A-F]+\",\"Arn\"]}",
                        "\"arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-0000-0000-000000000000\"");
    }

    private static String says(String rule) {
        return switch (rule) {
            case "VaultTampering" -> "or its recovery points";
            case "KeyTampering" -> "on the key of vault";
            case "BackupFailed" -> "Backup <";
            case "CopyFailed" -> "Off-site copy";
            case "RestoreTestFailed" -> "Restore test";
            case "RecoveryBroke" -> "Recovery <";
            case "RecordBroke" -> "Recording <";
            case "ReconcileBroke" -> "Reconcile <";
            case "RegionSettingChanged" -> "services that AWS Backup protects";
            default -> throw new IllegalArgumentException("no rule is called " + rule);
        };
    }
}
