package lifeboat.local.rehearsal;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A shop that keeps writing to one resource until it is closed.
final class Writer implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Shop shop;
    private final SplittableRandom dice;
    private final Thread thread;
    private final AtomicLong written = new AtomicLong();
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    Writer(Shop shop, long seed) {
        this.shop = shop;
        this.dice = new SplittableRandom(seed);
        this.thread =
                Thread.ofPlatform().daemon().name("writer of " + shop.things()).start(this::write);
    }

    private void write() {
        try {
            while (!closing) {
                shop.write(dice);
                written.incrementAndGet();
                Pause.of(BETWEEN);
            }
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    long written() {
        return written.get();
    }

    /// Why it stopped writing before it was told to; empty: it did not.
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
