package lifeboat.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(err.toString()).contains("LB-034 schedules.a.startWindow");
    }

    @Test
    void missingFileAndMissingArgumentAreInvalid() {
        assertThat(check("no-such-file.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("LB-003");
        assertThat(check()).isEqualTo(2);
    }

    private int check(String... arguments) {
        var command = new CheckCommand(new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
