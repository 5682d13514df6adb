package lifeboat.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
    void withoutACommandNothingIsDone() {
        assertThat(commands.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand");
    }
}
