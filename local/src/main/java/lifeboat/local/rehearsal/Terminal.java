package lifeboat.local.rehearsal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Where a person watches: colour and moving bars only where it is a terminal, and nothing at all where it is quiet.
///
/// @param out where lines go
/// @param interactive whether it is a terminal
/// @param quiet whether only what was asked for is printed
record Terminal(PrintStream out, boolean interactive, boolean quiet) {
    /// The terminal of this process, where it has one.
    static Terminal here(boolean quiet) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean interactive = terminal && System.getenv("NO_COLOR") == null;
        return new Terminal(System.out, interactive, quiet);
    }

    void say(String line) {
        if (!quiet) {
            out.println(line);
            out.flush();
        }
    }

    /// The name of what happens next.
    void step(String name) {
        say("");
        say(bold(name));
    }

    /// Shows how work with a known size goes on.
    Bar bar(String task, int size) {
        return interactive && !quiet ? Bar.moving(task, size) : new Bar(_ -> {}, () -> say("  " + task + ": done"));
    }

    String bold(String text) {
        return coloured("1", text);
    }

    String good(String text) {
        return coloured("32", text);
    }

    String bad(String text) {
        return coloured("31", text);
    }

    private String coloured(String code, String text) {
        return interactive ? "\033[%sm%s\033[0m".formatted(code, text) : text;
    }

    /// A bar that is told how far the work is.
    record Bar(IntConsumer at, Runnable end) implements AutoCloseable {
        static Bar moving(String task, int size) {
            ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName("  " + task)
                    .setInitialMax(size)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, 80))
                    .build();
            return new Bar(bar::stepTo, bar::close);
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
