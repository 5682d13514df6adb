package lifeboat.local.reconcile;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.sql.StoreFailed;
import software.amazon.awssdk.core.exception.SdkException;

/// Exit codes, and how failures are told.
final class Outcome {
    /// Equal, or repaired.
    static final int EQUAL = 0;

    /// Differences were found, or rows were skipped.
    static final int DIFFERENT = 1;

    /// Not everything could be compared, or nothing was done at all.
    static final int INCOMPLETE = 2;

    private Outcome() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case EQUAL -> EQUAL;
            case DIFFERENT -> DIFFERENT;
            case INCOMPLETE -> INCOMPLETE;
        };
    }

    /// Runs a command; what refuses or fails is told in words.
    static int told(PrintWriter err, Callable<Integer> command) throws Exception {
        try {
            return command.call();
        } catch (Refused | Invalid refused) {
            err.println("refused: " + refused.getMessage());
        } catch (StoreFailed | UncheckedIOException failed) {
            err.println("failed: " + failed.getMessage());
            err.println("hint: what was begun is rolled back; the same command can be given again");
        } catch (SdkException failed) {
            err.println("failed: " + failed.getMessage());
            err.println("hint: each item is written or not, none by half; the same command can be given again");
        }
        err.flush();
        return INCOMPLETE;
    }
}
