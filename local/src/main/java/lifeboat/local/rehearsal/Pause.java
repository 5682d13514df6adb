package lifeboat.local.rehearsal;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import lifeboat.local.orchestration.CouldNotRun;

/// Lets time pass.
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CouldNotRun("interrupted", interrupted);
        }
    }

    /// Waits for something that must happen soon.
    ///
    /// @throws CouldNotRun where it does not
    static void until(String what, Duration patience, BooleanSupplier happened) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new CouldNotRun("%s did not happen within %d s".formatted(what, patience.toSeconds()));
            }
            of(Duration.ofMillis(50));
        }
    }
}
