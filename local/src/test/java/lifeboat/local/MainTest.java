package lifeboat.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What the command line answers, whatever its commands do.
@NullUnmarked
class MainTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Main.commands(new PrintWriter(new StringWriter()), new PrintWriter(err));

    @Test
    void aCommandThatBreaksGivesNoAnswer() {
        Exception broken = new IllegalStateException("the engine burst");

        assertThat(commands.getSubcommands().values())
                .hasSizeGreaterThan(5)
                .allSatisfy(command -> assertThat(command.getExitCodeExceptionMapper())
                        .isNotNull()
                        .satisfies(
                                mapper -> assertThat(mapper.getExitCode(broken)).isEqualTo(2)));
    }

    @Test
    void versionIsThatOfTheProject() throws IOException {
        var printed = new StringWriter();
        commands.setOut(new PrintWriter(printed, true));

        assertThat(commands.execute("--version")).isZero();
        assertThat(printed.toString()).startsWith("lifeboat ").contains("java 25");
        var version = printed.toString().lines().findFirst().orElseThrow().split(" ")[1];
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + version + "</version>");

        assertThat(commands.getSubcommands().get("check").execute("--version")).isZero();
    }

    @Test
    void withoutACommandNothingIsDone() {
        assertThat(commands.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand");
    }
}
