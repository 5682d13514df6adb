package lifeboat.reconcile.items;

import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does the same for many things, a bounded number at a time; the first failure ends it and flies on.
final class Workers {
    private Workers() {}

    static <T> void each(Collection<T> things, int atOnce, Consumer<T> work) {
        try (var executor =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            var running = new ArrayList<Future<?>>();
            for (var thing : things) {
                running.add(executor.submit(() -> work.accept(thing)));
            }
            try {
                for (var future : running) {
                    future.get();
                }
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while working on " + things.size() + " pieces", e);
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
