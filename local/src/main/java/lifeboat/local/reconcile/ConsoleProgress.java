package lifeboat.local.reconcile;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import lifeboat.reconcile.Progress;

/// Progress as one line that is written over, on a terminal; nothing where nobody watches.
final class ConsoleProgress implements Progress, AutoCloseable {
    private static final long EVERY_NANOS = 200_000_000;
    private static final String BLANK = "\r\033[K";
    private final PrintWriter err;
    private final boolean watched;
    private boolean shown;
    private long shownAt;

    ConsoleProgress(PrintWriter err, boolean watched) {
        this.err = err;
        this.watched = watched;
        this.shownAt = System.nanoTime() - 2 * EVERY_NANOS;
    }

    /// A console can still be absent, in a JDK without its module, and is then null.
    @SuppressWarnings("SystemConsoleNull")
    static ConsoleProgress on(PrintWriter err) {
        return new ConsoleProgress(
                err,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    @Override
    public void at(String step, long done, long of) {
        long now = System.nanoTime();
        if (watched && now - shownAt > EVERY_NANOS) {
            shownAt = now;
            shown = true;
            err.print("%s%s  %,d%s".formatted(BLANK, step, done, of > 0 ? " of %,d".formatted(of) : ""));
            err.flush();
        }
    }

    /// Leaves a blank line for what is said next.
    void end() {
        if (shown) {
            shown = false;
            err.print(BLANK);
            err.flush();
        }
    }

    @Override
    public void close() {
        end();
    }
}
