package lifeboat.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that AWS was asked to do and that takes its time: real work, and at least as long as AWS takes for it.
final class Undertaking<T> {
    private final Instant startedAt;
    private final Instant notBefore;
    private final InstantSource clock;
    private final CompletableFuture<Finished<T>> work;

    private record Finished<T>(@Nullable T result, @Nullable RuntimeException failure, Instant at) {}

    /// Where it stands.
    sealed interface Standing<T> {
        /// Still under way.
        record UnderWay<T>() implements Standing<T> {}

        /// Done.
        record Done<T>(T result, Instant at) implements Standing<T> {}

        /// It failed.
        record Broken<T>(String why, Instant at) implements Standing<T> {}
    }

    private Undertaking(Instant startedAt, Duration atLeast, InstantSource clock, CompletableFuture<Finished<T>> work) {
        this.startedAt = startedAt;
        this.notBefore = startedAt.plus(atLeast);
        this.clock = clock;
        this.work = work;
    }

    /// Starts the work.
    static <T> Undertaking<T> start(InstantSource clock, Duration atLeast, Executor workers, Supplier<T> work) {
        Instant now = clock.instant();
        return new Undertaking<>(
                now, atLeast, clock, CompletableFuture.supplyAsync(() -> finish(clock, work), workers));
    }

    /// One that was done before anyone asked.
    static <T> Undertaking<T> done(InstantSource clock, T result) {
        return start(clock, Duration.ZERO, Runnable::run, () -> result);
    }

    private static <T> Finished<T> finish(InstantSource clock, Supplier<T> work) {
        try {
            T result = work.get();
            return new Finished<>(result, null, clock.instant());
        } catch (RuntimeException failure) { // the edge: AWS too answers later that it failed, to whoever asks then
            return new Finished<>(null, failure, clock.instant());
        }
    }

    private static String why(Finished<?> finished) {
        return finished.failure() == null
                ? "nothing came of it"
                : String.valueOf(finished.failure().getMessage());
    }

    Instant startedAt() {
        return startedAt;
    }

    Standing<T> standing() {
        if (!work.isDone() || clock.instant().isBefore(notBefore)) {
            return new Standing.UnderWay<>();
        }
        Finished<T> finished = work.join();
        Instant at = finished.at().isBefore(notBefore) ? notBefore : finished.at();
        if (finished.result() == null) {
            return new Standing.Broken<>(why(finished), at);
        }
        return new Standing.Done<>(finished.result(), at);
    }

    boolean underWay() {
        return standing() instanceof Standing.UnderWay<T>;
    }

    /// The result, waiting for the real work where need be, whatever the clock says.
    T await() {
        Finished<T> finished = work.join();
        if (finished.result() == null) {
            throw new IllegalStateException(why(finished), finished.failure());
        }
        return finished.result();
    }
}
