package lifeboat.local.rehearsal;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;

/// A shop that keeps writing to one resource until it is closed.
final class Writer implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Shop shop;
    private final SplittableRandom dice;
    private final Duration patience;
    private final FutureTask<Long> writing = new FutureTask<>(this::write);
    private final Thread thread;
    private volatile boolean closing;

    Writer(Shop shop, long seed) {
        this(shop, seed, PATIENCE);
    }

    /// @param patience how long one that is closed may take for its last write
    Writer(Shop shop, long seed, Duration patience) {
        this.shop = shop;
        this.dice = new SplittableRandom(seed);
        this.patience = patience;
        this.thread =
                Thread.ofPlatform().daemon().name("writer of " + shop.things()).start(writing);
    }

    /// @return how many rows it wrote
    private long write() {
        long written = 0;
        while (!closing) {
            shop.write(dice);
            written++;
            Pause.of(BETWEEN);
        }
        return written;
    }

    /// Why it did not write until it was closed, or not only until then; empty: it did.
    Optional<String> failure() {
        return switch (writing.state()) {
            case FAILED -> Optional.of("the shop broke: " + writing.exceptionNow());
            case RUNNING -> closing ? Optional.of("the shop still writes after it was closed") : Optional.empty();
            case SUCCESS, CANCELLED -> Optional.empty();
        };
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
