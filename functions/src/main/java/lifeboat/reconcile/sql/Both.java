package lifeboat.reconcile.sql;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Asks both databases at the same time.
public record Both<T>(T copy, T live) {
    /// Something to ask a database.
    public interface Question<T> {
        T ask() throws SQLException;
    }

    /// Asks both, and waits for both answers.
    public static <T> Both<T> ask(Question<T> copy, Question<T> live) throws SQLException {
        FutureTask<T> other = new FutureTask<>(copy::ask);
        Thread thread = Thread.ofVirtual().start(other);
        try {
            T answer = live.ask();
            return new Both<>(other.get(), answer);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing", e);
        } finally {
            awaitEnd(thread);
        }
    }

    /// Neither connection is used again while the other question still runs on it.
    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SQLException failed(@Nullable Throwable cause) {
        if (cause instanceof SQLException sql) {
            return sql;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
