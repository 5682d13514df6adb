package lifeboat.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shippedFileIsMetAndItsTablePrinted() {
        assertThat(check("infra/environments/prod.yaml", "--on", "2026-11-20")).isZero();
        assertThat(out.toString()).contains("warehouse-files").contains("accepted until 2027-06-30");
        assertThat(out.toString())
                .contains("but 4 resources cannot be recovered yet")
                .contains("note: catalog/orders has no readCredentials")
                .doesNotContain("every objective is met");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void endedAcceptanceIsAShortfall() {
        assertThat(check("infra/environments/prod.yaml", "--on", "2027-07-01")).isEqualTo(1);
        assertThat(out.toString()).contains("MISSED");
        assertThat(err.toString()).contains("LB-041").contains("hint:");
    }

    @Test
    void wrongFileIsInvalid(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("wrong.yaml"), "environment: lab\n");

        assertThat(check(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("4 problems").contains("LB-010 line 1: account");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void illegalRulesAreInvalid(@TempDir Path folder) throws IOException {
        var text = Files.readString(Path.of("infra/environments/lab.yaml"))
                .replace(
                        "schedules: techmoda",
                        "schedules: {a: {cron: \"cron(0 1 * * ? *)\", startWindow: 10m, deleteAfter: 30d}}");
        var file = Files.writeString(folder.resolve("rules.yaml"), text);

        assertThat(check(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("LB-034 line 9: schedules.a.startWindow");
    }

    @Test
    void missingFileAndMissingArgumentAreInvalid() {
        assertThat(check("no-such-file.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("LB-003");
        assertThat(check()).isEqualTo(2);
    }

    @Test
    void environmentIsKnownByItsName() {
        assertThat(check("prod", "--on", "2026-11-20")).isZero();
        assertThat(out.toString()).contains("warehouse-files");

        assertThat(check("stage")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no environment \"stage\"", "there are lab, prod;");
    }

    @Test
    void keysThatAreNotInEffectAndCostsAreSaid() {
        check("prod", "--on", "2026-11-20");

        assertThat(out.toString())
                .containsPattern("line [0-9]+: contacts.slack is not in effect yet: messages go by e-mail only")
                .contains("workloads.media.resources.images.checks is not in effect yet")
                .contains("COST A MONTH, about (USD, list prices of us-east-1 of 2026-11-28;")
                .contains("not reckoned, since sizeGb is not given: catalog/products");
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsLine(@TempDir Path folder) throws IOException {
        var text = Files.readString(Path.of("infra/environments/prod.yaml"))
                .replace(
                        "schedules: runbook",
                        "schedules: {a: {cron: \"cron(0 1 * * ? *)\", startWindow: 10m, deleteAfter: 30d}}")
                .replace("tier: standard", "tier: standrd");
        var file = Files.writeString(folder.resolve("wrong.yaml"), text);

        assertThat(check(file.toString(), "--on", "2026-11-20")).isEqualTo(2);
        assertThat(err.toString())
                .containsPattern("LB-001 line [0-9]+: workloads.analytics.tier")
                .containsPattern("LB-034 line 10: schedules.a.startWindow")
                .containsPattern("LB-040 line [0-9]+: workloads.back-office.resources.reports");
    }

    @Test
    void recoveryOfEachStoreIsSaidAndWhatCannotBeRecoveredIsNeverMet() throws IOException {
        assertThat(check("prod", "--on", "2026-11-20", "--json")).isZero();
        var promises = new ObjectMapper().readTree(out.toString()).path("promises");

        var recoveries = new TreeMap<String, String>();
        promises.forEach(promise -> recoveries.put(
                promise.path("store").asText(), promise.path("recovery").asText()));
        assertThat(recoveries)
                .isEqualTo(Map.of(
                        "dynamodb", "yes",
                        "rds", "unproven",
                        "aurora", "backup only",
                        "s3", "backup only",
                        "efs", "backup only",
                        "ebs", "backup only"));
        assertThat(promises)
                .filteredOn(promise -> promise.path("recovery").asText().equals("backup only"))
                .hasSize(12)
                .allSatisfy(promise -> assertThat(promise.path("verdict").asText())
                        .contains("cannot be recovered yet")
                        .doesNotContainPattern("\\bmet\\b"));
    }

    @Test
    void problemsAreJsonTooWithTheirLines(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("wrong.yaml"), "environment: lab\n");

        assertThat(check(file.toString(), "--json")).isEqualTo(2);
        var answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("exitCode").asInt()).isEqualTo(2);
        assertThat(answer.path("mistakes"))
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem.path("line").asInt()).isEqualTo(1));
        assertThat(answer.has("promises")).isFalse();
        assertThat(err.toString()).isEmpty();
    }

    private int check(String... arguments) {
        var command = new CheckCommand(new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
