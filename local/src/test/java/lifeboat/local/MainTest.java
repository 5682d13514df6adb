package lifeboat.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the command line answers, whatever its commands do.
@NullUnmarked
class MainTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Main.commands(new PrintWriter(new StringWriter()), new PrintWriter(err));

    @Test
    void aCommandThatBreaksGivesNoAnswer() {
        commands.addSubcommand(new Broken());

        assertThat(commands.execute("broken")).isEqualTo(2);
        assertThat(err.toString()).contains("the engine burst");
    }

    @Test
    void withoutACommandNothingIsDone() {
        assertThat(commands.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand");
    }

    @Command(name = "broken")
    private static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("the engine burst");
        }
    }
}
