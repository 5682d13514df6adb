package lifeboat.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the script that takes a point in time back into the original, over an AWS command line that answers as told and
/// writes down what it is asked.
class PitrToOriginalTest {
    private static final String RECOVERY = "20261120-k3v9x2";
    private static final String COPY = "lifeboat-restored-20261120-k3v9x2-orders";

    @TempDir
    private Path folder;

    @BeforeEach
    void jqIsThere() {
        boolean found = List.of("/usr/bin/jq", "/usr/local/bin/jq", "/opt/homebrew/bin/jq").stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
        assertThat(found || System.getenv("CI") == null)
                .as("on CI jq is installed by .ci/packages")
                .isTrue();
        assumeTrue(found, "needs jq: apt-get install jq");
    }

    @Test
    void aSoundCopyIsComparedRepairedAndRetiredAfterItsNameWasTyped() throws Exception {
        Ran ran = run("SOUND by 3 checks", RECOVERY, "yes", COPY);

        assertThat(ran.exit()).isZero();
        assertThat(ran.said()).contains("the copy " + COPY + " is SOUND by 3 checks", "is being deleted");
        assertThat(ran.calls())
                .contains("\"action\": \"apply\"", "delete-db-instance --db-instance-identifier " + COPY);
        assertThat(ran.calls()).doesNotContain("acceptCopy");
    }

    @Test
    void aDamagedCopyIsUsedOnlyWhereItsStandingIsTyped() throws Exception {
        Ran refused = run("DAMAGED: rows of orders: 10", RECOVERY, "yes", "");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.said()).contains("DAMAGED: rows of orders: 10", "Nothing was written");
        assertThat(refused.calls()).doesNotContain("\"action\": \"diff\"");

        Ran accepted = run("DAMAGED: rows of orders: 10", RECOVERY, "damaged", "yes", "");
        assertThat(accepted.exit()).isZero();
        assertThat(accepted.calls()).contains("\"acceptCopy\": \"damaged\"");
    }

    @Test
    void theCopyStaysUnlessItsNameIsTyped() throws Exception {
        Ran ran = run("SOUND by 3 checks", RECOVERY, "yes", "yes");

        assertThat(ran.exit()).isZero();
        assertThat(ran.said()).contains("stays, and costs");
        assertThat(ran.calls()).doesNotContain("delete-db-instance");
    }

    @Test
    void whatCarriesTheTagOfAnotherRecoveryIsNotDeleted() throws Exception {
        Ran ran = run("SOUND by 3 checks", "20261120-aaaaaa", "yes", COPY);

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.said()).contains("not proven to be what recovery " + RECOVERY + " made");
        assertThat(ran.calls()).doesNotContain("delete-db-instance");
    }

    @Test
    void withoutAYesNothingIsRepaired() throws Exception {
        Ran ran = run("SOUND by 3 checks", RECOVERY, "no");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.calls()).doesNotContain("\"action\": \"apply\"");
    }

    private record Ran(int exit, String said, String calls) {}

    private Ran run(String integrity, String tag, String... typed) throws Exception {
        Path calls = folder.resolve("calls-" + System.nanoTime());
        stub(calls, integrity, tag);
        Path input = Files.write(folder.resolve("typed"), List.of(typed));
        Path said = folder.resolve("said");
        var builder = new ProcessBuilder(
                        "bash", "docs/how-to/pitr-to-original.sh", "prod", "catalog", "orders", "2026-11-20T14:29:00Z")
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .redirectOutput(said.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("LIFEBOAT_POLL_SECONDS", "0");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(said), Files.readString(calls));
    }

    private void stub(Path calls, String integrity, String tag) throws IOException {
        Path aws = folder.resolve("aws");
        Files.writeString(aws, """
                #!/usr/bin/env bash
                echo "$*" >> '%1$s'
                answer="${@: -1}"
                case "$*" in
                  *describe-db-instances*) echo '%3$s'; exit ;;
                  *delete-db-instance*) echo '{}'; exit ;;
                  *'"workload"'*) echo '{"recovery": "%4$s"}' > "$answer" ;;
                  *'"recovery": "%4$s"}'*)
                    echo '{"state": "CLOSED", "copies": [{"resource": "orders", "store": "rds", "copy": "%5$s", "integrity": "%2$s"}]}' > "$answer" ;;
                  *'"action": "diff"'*) echo '{"run": "run-1"}' > "$answer" ;;
                  *'"run": "run-1"'*) echo '{"state": "DIFFERENT", "message": "differs", "plan": "p1", "text": []}' > "$answer" ;;
                  *'"action": "apply"'*) echo '{"run": "run-2"}' > "$answer" ;;
                  *'"run": "run-2"'*) echo '{"state": "REPAIRED", "message": "repaired", "text": []}' > "$answer" ;;
                esac
                """.formatted(calls, integrity, tag, RECOVERY, COPY));
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
