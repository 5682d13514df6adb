package lifeboat.local.reconcile;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import lifeboat.reconcile.Progress;

/// Progress as one line that is written over, on a terminal; nothing where nobody watches.
final class ConsoleProgress implements Progress {
    private static final long EVERY_NANOS = 200_000_000;
    private final PrintWriter err;
    private long shownAt;

    private ConsoleProgress(PrintWriter err) {
        this.err = err;
    }

    /// A console can still be absent, in a JDK without its module, and is then null.
    @SuppressWarnings("SystemConsoleNull")
    static Progress on(PrintWriter err) {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new ConsoleProgress(err)
                : Progress.SILENT;
    }

    @Override
    public void at(String step, long done, long of) {
        long now = System.nanoTime();
        if (now - shownAt > EVERY_NANOS) {
            shownAt = now;
            err.print("\r\033[K%s  %,d%s".formatted(step, done, of > 0 ? " of %,d".formatted(of) : ""));
            err.flush();
        }
    }
}
